#include "tests/support/golden_pair.hpp"

#include <filesystem>

#include "imaging/io.hpp"

namespace mbench::testing {
namespace {

Plane<std::uint8_t> read_plane(const std::string& folder, const std::string& name) {
  // Not source_path(): its file draws in Catch2, whose main() a benchmark program cannot have.
  const std::filesystem::path root{MBENCH_SOURCE_DIR};
  return to_u8(imaging::read_matte(root / "tests" / "golden" / folder / (name + ".png")));
}

}  // namespace

GoldenPair golden_pair(const std::string& name) {
  return {.predicted = read_plane("pred", name),
          .truth = read_plane("alpha", name),
          .trimap = read_plane("trimap", name)};
}

}  // namespace mbench::testing

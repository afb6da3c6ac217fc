#include <cstdlib>

#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"

// By itself, so that benchmarks may use the rest of files.hpp without linking Catch2's main().

namespace mbench::testing {
namespace fs = std::filesystem;

std::optional<fs::path> shared_path(std::string_view relative) {
  const char* root = std::getenv("MBENCH_SHARED");
  const fs::path shared = root != nullptr ? fs::path{root} : source_path("../shared");
  const fs::path path = shared / relative;
  if (fs::exists(path)) return path;
  WARN("skipped: " << relative << " is not in " << shared << " (set MBENCH_SHARED)");
  return std::nullopt;
}

}  // namespace mbench::testing

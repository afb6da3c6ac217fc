#include "tests/support/files.hpp"

#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "tests/support/catch.hpp"

namespace mbench::testing {
namespace fs = std::filesystem;

TemporaryFolder::TemporaryFolder() {
  std::string pattern = (fs::temp_directory_path() / "mbench-test-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error{"cannot make " + pattern};
  path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::optional<fs::path> shared_path(std::string_view relative) {
  const char* root = std::getenv("MBENCH_SHARED");
  const fs::path shared = root != nullptr ? fs::path{root} : source_path("../shared");
  const fs::path path = shared / relative;
  if (fs::exists(path)) return path;
  WARN("skipped: " << relative << " is not in " << shared << " (set MBENCH_SHARED)");
  return std::nullopt;
}

std::string read_text(const fs::path& file) {
  std::ifstream stream{file, std::ios::binary};
  if (!stream) throw std::runtime_error{"cannot read " + file.string()};
  return {std::istreambuf_iterator<char>{stream}, {}};
}

void write_text(const fs::path& file, std::string_view text) {
  fs::create_directories(file.parent_path());
  std::ofstream stream{file, std::ios::binary};
  stream << text;
  if (!stream) throw std::runtime_error{"cannot write " + file.string()};
}

}  // namespace mbench::testing

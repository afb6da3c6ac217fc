#include "tests/support/files.hpp"

namespace mbench::testing {

// Apart from files.cpp, which needs the test framework: benchmarks have another main().
std::filesystem::path source_path(std::string_view relative) {
  return std::filesystem::path{MBENCH_SOURCE_DIR} / relative;
}

}  // namespace mbench::testing

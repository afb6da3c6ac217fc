#include "core/version.hpp"

#include "mbench_commit.hpp"  // made by cmake/write_commit.cmake at every build

namespace mbench {
namespace {

#if defined(__clang__)
constexpr std::string_view kCompiler = "clang++ " __clang_version__;
#else
constexpr std::string_view kCompiler = "g++ " __VERSION__;
#endif

}  // namespace

Version version() {
  return {.version = MBENCH_VERSION,
          .commit = MBENCH_COMMIT,
          .compiler = kCompiler,
          .build_type = MBENCH_BUILD_TYPE};
}

}  // namespace mbench

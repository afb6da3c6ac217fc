#include "core/version.hpp"

#include <fmt/core.h>
#include <nettle/version.h>
#ifndef MBENCH_PARALLEL_STD_THREAD
#include <tbb/version.h>
#endif

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

std::vector<std::pair<std::string, std::string>> library_versions() {
  std::vector<std::pair<std::string, std::string>> libraries{
      {"fmt",
       fmt::format("{}.{}.{}", FMT_VERSION / 10000, FMT_VERSION / 100 % 100, FMT_VERSION % 100)},
      {"nettle", fmt::format("{}.{}", nettle_version_major(), nettle_version_minor())}};
#ifndef MBENCH_PARALLEL_STD_THREAD
  libraries.emplace_back("oneTBB", TBB_runtime_version());
#endif
  return libraries;
}

}  // namespace mbench

#include "baselines/library_versions.hpp"

#include <fmt/core.h>
#include <Eigen/Core>
#ifdef MBENCH_HAVE_CHOLMOD
#include <cholmod.h>
#endif

namespace mbench::baselines {

std::vector<std::pair<std::string, std::string>> library_versions() {
  std::vector<std::pair<std::string, std::string>> libraries{
      {"Eigen",
       fmt::format("{}.{}.{}", EIGEN_WORLD_VERSION, EIGEN_MAJOR_VERSION, EIGEN_MINOR_VERSION)}};
#ifdef MBENCH_HAVE_CHOLMOD
  libraries.emplace_back("CHOLMOD", fmt::format("{}.{}.{}", CHOLMOD_MAIN_VERSION,
                                                CHOLMOD_SUB_VERSION, CHOLMOD_SUBSUB_VERSION));
#endif
  return libraries;
}

}  // namespace mbench::baselines

#include <array>

#include <torch/version.h>

#include "baselines/deep/device.hpp"
#include "baselines/deep/module.hpp"

extern "C" void openblas_set_num_threads(int threads) __attribute__((weak));

namespace mbench::baselines {

#define MBENCH_DEEP_METHOD(name) extern const DeepMethod name##_deep;
#include "baselines/deep/methods.inc"
#undef MBENCH_DEEP_METHOD

namespace {

/// LibTorch's matrix products call BLAS. OpenBLAS would split them over all cores although images
/// already run in parallel, and how a product is split decides its last digits.
void keep_blas_on_one_thread() {
  if (openblas_set_num_threads != nullptr) openblas_set_num_threads(1);
}

std::span<const DeepMethod* const> methods() {
  static constexpr std::array kMethods{
#define MBENCH_DEEP_METHOD(name) &name##_deep,
#include "baselines/deep/methods.inc"
#undef MBENCH_DEEP_METHOD
  };
  return kMethods;
}

std::vector<std::pair<std::string, std::string>> module_library_versions() {
  return {{"LibTorch", TORCH_VERSION}};
}

}  // namespace
}  // namespace mbench::baselines

extern "C" __attribute__((visibility("default"))) const mbench::baselines::DeepModule*
mbench_deep_module() {
  mbench::baselines::keep_blas_on_one_thread();
  static const std::string build = mbench::baselines::deep_module_build();
  static const mbench::baselines::DeepModule module{
      .build = build.c_str(),
      .methods = mbench::baselines::methods,
      .library_versions = mbench::baselines::module_library_versions,
      .device = mbench::deep::device_tools()};
  return &module;
}

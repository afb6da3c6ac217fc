#include <array>

#include <torch/version.h>

#include "baselines/deep/device.hpp"
#include "baselines/deep/module.hpp"
#include "baselines/deep/torchscript.hpp"
#include "baselines/single_threaded_blas.hpp"

namespace mbench::baselines {

#define MBENCH_DEEP_METHOD(name) extern const DeepMethod name##_deep;
#include "baselines/deep/methods.inc"
#undef MBENCH_DEEP_METHOD

namespace {

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
  mbench::baselines::keep_blas_on_one_thread();  // for LibTorch's matrix products
  static const std::string build = mbench::baselines::deep_module_build();
  static const mbench::baselines::DeepModule module{
      .build = build.c_str(),
      .methods = mbench::baselines::methods,
      .library_versions = mbench::baselines::module_library_versions,
      .open_torchscript = mbench::deep::open_torchscript,
      .device = mbench::deep::device_tools()};
  return &module;
}

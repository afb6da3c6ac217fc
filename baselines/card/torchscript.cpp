#include "baselines/card/runtime.hpp"
#include "baselines/deep/module.hpp"

namespace mbench::baselines {

std::unique_ptr<CardRuntime> open_torchscript(const std::filesystem::path& file,
                                              const Device& device, Precision precision) {
  return deep_module().open_torchscript(file, device, precision);
}

}  // namespace mbench::baselines

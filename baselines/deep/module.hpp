#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "baselines/card/runtime.hpp"
#include "baselines/deep/network.hpp"
#include "baselines/method.hpp"

// The border between mbench and its module for networks. LibTorch brings 287 libraries and half a
// second of start-up: the module alone is linked with it and is opened at the first use of a
// network. C++ goes across the border, so both sides must come from one build.

namespace mbench::baselines {

/// What the module has behind one entry of methods.inc.
struct DeepMethod {
  std::string_view id;  ///< that of the MethodEntry
  std::unique_ptr<Method> (*make)(const MethodSettings& settings);
  std::span<const NetworkEntry> networks{};
};

/// What only LibTorch can tell about a device. All but the first need one that is there.
struct DeviceTools {
  /// What it is called: "NVIDIA H100"; "" for the CPU and where the driver does not tell.
  std::string (*name)(const Device& device);
  void (*reset_peak_memory)(const Device& device);
  /// Most bytes that tensors on a GPU took at one time since the last reset. Nothing on the CPU,
  /// and where mbench was built without the headers of CUDA.
  std::optional<std::int64_t> (*peak_memory_bytes)(const Device& device);
  /// Floating-point operations per second of the fastest of a large matrix product and a large
  /// convolution: of the calling thread on the CPU, of the whole GPU. Nothing in a precision that
  /// is not computed there. Takes about a second.
  std::optional<double> (*peak_flops)(const Device& device, Precision precision);
  /// Multiply-accumulates that `work` gives to LibTorch on the calling thread.
  std::int64_t (*count_macs)(const std::function<void()>& work);
};

/// The module's only symbol is the function `mbench_deep_module`, which returns one of these.
struct DeepModule {
  const char* build;  ///< deep_module_build() of the module
  std::span<const DeepMethod* const> (*methods)();
  std::vector<std::pair<std::string, std::string>> (*library_versions)();
  /// See open_torchscript() in baselines/card/runtime.hpp.
  std::unique_ptr<CardRuntime> (*open_torchscript)(const std::filesystem::path& file,
                                                   const Device& device, Precision precision);
  DeviceTools device;
};

/// Tells builds apart that may not be mixed: version, commit, compiler.
[[nodiscard]] std::string deep_module_build();

/// Opens the module at the first call. Throws unavailable as make_deep_method does.
[[nodiscard]] const DeepModule& deep_module();

/// Whether deep_module() has been called with success: what runs in this process uses LibTorch.
[[nodiscard]] bool deep_module_is_open();

/// Networks differ in the operations that a device lacks in half precision: asks the method about a
/// small image, before the first one of a run. Throws unavailable if that is why it fails.
void require_precision(const Method& method);

}  // namespace mbench::baselines

#pragma once
#include <filesystem>
#include <memory>
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

/// The module's only symbol is the function `mbench_deep_module`, which returns one of these.
struct DeepModule {
  const char* build;  ///< deep_module_build() of the module
  std::span<const DeepMethod* const> (*methods)();
  std::vector<std::pair<std::string, std::string>> (*library_versions)();
  /// See open_torchscript() in baselines/card/runtime.hpp.
  std::unique_ptr<CardRuntime> (*open_torchscript)(const std::filesystem::path& file,
                                                   const Device& device, Precision precision);
};

/// Tells builds apart that may not be mixed: version, commit, compiler.
[[nodiscard]] std::string deep_module_build();

/// Opens the module at the first call. Throws unavailable as make_deep_method does.
[[nodiscard]] const DeepModule& deep_module();

/// Whether deep_module() has been called with success: what runs in this process uses LibTorch.
[[nodiscard]] bool deep_module_is_open();

}  // namespace mbench::baselines

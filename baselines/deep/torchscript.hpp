#pragma once
#include <filesystem>
#include <memory>

#include "baselines/card/runtime.hpp"

namespace mbench::deep {

/// See baselines/card/runtime.hpp: this is the module's side of it.
[[nodiscard]] std::unique_ptr<baselines::CardRuntime> open_torchscript(
    const std::filesystem::path& file, const Device& device, Precision precision);

}  // namespace mbench::deep

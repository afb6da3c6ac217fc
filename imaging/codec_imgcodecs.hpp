#pragma once
#include <filesystem>
#include <span>
#include <vector>

#include "imaging/decoder.hpp"
#include "imaging/imgcodecs_module.hpp"

namespace mbench::imaging {

/// TIFF, EXR and WebP, decoded by the module of imgcodecs_module.hpp. Besides bad_input they throw
/// unavailable where the module is not there.
[[nodiscard]] std::unique_ptr<Decoder> open_tiff(FileBytes file);
[[nodiscard]] std::unique_ptr<Decoder> open_exr(FileBytes file);
[[nodiscard]] std::unique_ptr<Decoder> open_webp(FileBytes file);

/// Is there a module in any of the folders? Nothing is opened.
[[nodiscard]] bool has_imgcodecs_module(std::span<const std::filesystem::path> folders);

/// Opens the module in the first of the folders (core/module.hpp) that has it. Throws unavailable,
/// naming the package to install.
[[nodiscard]] const MbenchImgcodecsFunctions& open_imgcodecs_module(
    std::span<const std::filesystem::path> folders);

}  // namespace mbench::imaging

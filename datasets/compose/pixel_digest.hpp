#pragma once
#include <cstdint>
#include <string>

#include "core/image.hpp"
#include "core/plane.hpp"

namespace mbench::datasets::compose {

/// SHA-256 of the pixels of an image, whatever file holds them: of "800x563x3" and a line feed,
/// then of its rows from the top, each pixel as red, green and blue byte.
[[nodiscard]] std::string pixel_digest(PixelView<Rgb<std::uint8_t>> image);
/// The same of one channel: "800x563x1".
[[nodiscard]] std::string pixel_digest(PixelView<std::uint8_t> plane);

}  // namespace mbench::datasets::compose

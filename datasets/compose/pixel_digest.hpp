#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "core/image.hpp"
#include "core/plane.hpp"

namespace mbench::datasets::compose {

/// SHA-256 of the pixels of an image, whatever file holds them: of "800x563x3" and a line feed,
/// then of its rows from the top, each pixel as red, green and blue byte.
[[nodiscard]] std::string pixel_digest(PixelView<Rgb<std::uint8_t>> image);
/// The same of one channel: "800x563x1".
[[nodiscard]] std::string pixel_digest(PixelView<std::uint8_t> plane);

/// The digest that a receipt has of a file of its set, read as colours: those of alpha/ and
/// trimaps/ are one channel, if they are grey. `path` is relative to the set.
[[nodiscard]] std::string set_file_digest(std::string_view path,
                                          PixelView<Rgb<std::uint8_t>> image);

}  // namespace mbench::datasets::compose

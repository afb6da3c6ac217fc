#pragma once
#include <cstdint>

#include "core/image.hpp"

namespace mbench::imaging {

/// The image with 8 bits per channel, for methods whose programs read such images: 16 bits as
/// round(v / 257), floats as round(255 v) within 0 ... 255, NaN as 0. An 8-bit image is returned
/// unchanged.
[[nodiscard]] Plane<Rgb<std::uint8_t>> eight_bit(const Image& image);

}  // namespace mbench::imaging

#include "datasets/compose/pixel_digest.hpp"

#include <span>

#include <fmt/core.h>

#include "core/sha256.hpp"

namespace mbench::datasets::compose {
namespace {

template <typename T>
std::string digest(PixelView<T> pixels) {
  static_assert(sizeof(T) == 1 || sizeof(T) == 3);
  Sha256 sha256;
  sha256.update(fmt::format("{}x{}x{}\n", pixels.size().width, pixels.size().height, sizeof(T)));
  for (int y = 0; y < pixels.size().height; ++y) sha256.update(std::as_bytes(pixels.row(y)));
  return sha256.hex_digest();
}

}  // namespace

std::string pixel_digest(PixelView<Rgb<std::uint8_t>> image) { return digest(image); }
std::string pixel_digest(PixelView<std::uint8_t> plane) { return digest(plane); }

}  // namespace mbench::datasets::compose

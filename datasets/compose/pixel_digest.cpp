#include "datasets/compose/pixel_digest.hpp"

#include <algorithm>
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

bool is_grey(PixelView<Rgb<std::uint8_t>> image) {
  for (int y = 0; y < image.size().height; ++y) {
    if (!std::ranges::all_of(image.row(y),
                             [](const Rgb<std::uint8_t>& p) { return p.r == p.g && p.g == p.b; })) {
      return false;
    }
  }
  return true;
}

}  // namespace

std::string pixel_digest(PixelView<Rgb<std::uint8_t>> image) { return digest(image); }
std::string pixel_digest(PixelView<std::uint8_t> plane) { return digest(plane); }

std::string set_file_digest(std::string_view path, PixelView<Rgb<std::uint8_t>> image) {
  const bool one_channel = path.starts_with("alpha/") || path.starts_with("trimaps/");
  if (!one_channel || !is_grey(image)) return pixel_digest(image);
  Plane<std::uint8_t> plane{image.size()};
  for (int y = 0; y < image.size().height; ++y) {
    std::ranges::transform(image.row(y), plane.row(y).begin(), &Rgb<std::uint8_t>::r);
  }
  return pixel_digest(plane);
}

}  // namespace mbench::datasets::compose

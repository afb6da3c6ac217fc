#include "core/matte.hpp"

#include <cmath>
#include <type_traits>

#include <fmt/core.h>

#include "core/error.hpp"

namespace mbench {
namespace {

constexpr double kFull8 = 255.0;
constexpr double kFull16 = 65535.0;

double checked_alpha(float alpha, int y, int x) {
  if (alpha >= 0.0F && alpha <= 1.0F) return alpha;
  throw Error{ErrorKind::bad_input,
              {.what = "an alpha value lies outside [0, 1]",
               .expected = "0 <= alpha <= 1 at every pixel",
               .found = fmt::format("{} at row {}, column {}", alpha, y, x),
               .fix = "bring the matte into [0, 1] before saving it (mbench never clamps)"}};
}

template <typename To, typename Convert>
Plane<To> map_pixels(AlphaView matte, Convert convert) {
  return matte.visit([&](const auto& source) {
    const Size size = source.size();
    Plane<To> result{size};
    for (int y = 0; y < size.height; ++y) {
      const auto from = source.row(y);
      const auto to = result.row(y);
      for (std::size_t x = 0; x < from.size(); ++x) {
        to[x] = convert(from[x], y, static_cast<int>(x));
      }
    }
    return result;
  });
}

}  // namespace

std::string_view to_string(Depth depth) {
  switch (depth) {
    case Depth::u8: return "8 bit";
    case Depth::u16: return "16 bit";
    case Depth::f32: break;
  }
  return "float";
}

double AlphaView::alpha(int y, int x) const {
  return visit([&](const auto& pixels) {
    const auto value = pixels(y, x);
    using Pixel = std::remove_const_t<decltype(value)>;
    if constexpr (std::is_same_v<Pixel, std::uint8_t>) return value / kFull8;
    if constexpr (std::is_same_v<Pixel, std::uint16_t>) return value / kFull16;
    return static_cast<double>(value);
  });
}

Plane<std::uint8_t> to_u8(AlphaView matte) {
  return map_pixels<std::uint8_t>(matte, [](auto value, int y, int x) -> std::uint8_t {
    using Pixel = decltype(value);
    if constexpr (std::is_same_v<Pixel, std::uint8_t>) return value;
    if constexpr (std::is_same_v<Pixel, std::uint16_t>) {
      return static_cast<std::uint8_t>((value + 128U) / 257U);  // 257 is odd: no halves occur
    }
    return static_cast<std::uint8_t>(
        std::lround(checked_alpha(static_cast<float>(value), y, x) * kFull8));
  });
}

Plane<std::uint16_t> to_u16(AlphaView matte) {
  return map_pixels<std::uint16_t>(matte, [](auto value, int y, int x) -> std::uint16_t {
    using Pixel = decltype(value);
    if constexpr (std::is_same_v<Pixel, std::uint8_t>) {
      return static_cast<std::uint16_t>(value * 257U);
    }
    if constexpr (std::is_same_v<Pixel, std::uint16_t>) return value;
    return static_cast<std::uint16_t>(
        std::lround(checked_alpha(static_cast<float>(value), y, x) * kFull16));
  });
}

Plane<float> to_f32(AlphaView matte) {
  return map_pixels<float>(matte, [](auto value, int, int) -> float {
    using Pixel = decltype(value);
    if constexpr (std::is_same_v<Pixel, std::uint8_t>) return static_cast<float>(value / kFull8);
    if constexpr (std::is_same_v<Pixel, std::uint16_t>) return static_cast<float>(value / kFull16);
    return static_cast<float>(value);
  });
}

}  // namespace mbench

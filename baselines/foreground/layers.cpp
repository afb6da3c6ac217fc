#include "baselines/foreground/layers.hpp"

#include <vector>

#include <fmt/core.h>

#include "core/error.hpp"

namespace mbench::baselines {

Plane<Rgb<double>> unit_colours(PixelView<Rgb<std::uint8_t>> picture) {
  Plane<Rgb<double>> colours{picture.size()};
  for (int y = 0; y < picture.size().height; ++y) {
    std::ranges::transform(picture.row(y), colours.row(y).begin(),
                           [](const Rgb<std::uint8_t>& pixel) {
                             return Rgb<double>{pixel.r / 255.0, pixel.g / 255.0, pixel.b / 255.0};
                           });
  }
  return colours;
}

Plane<double> unit_alpha(AlphaView alpha) {
  Plane<double> result{alpha.size()};
  for (int y = 0; y < alpha.size().height; ++y) {
    for (int x = 0; x < alpha.size().width; ++x) {
      const double value = alpha.alpha(y, x);
      if (!(value >= 0.0 && value <= 1.0)) {
        throw Error{ErrorKind::bad_input,
                    {.what = "an alpha value lies outside [0, 1]",
                     .expected = "0 <= alpha <= 1 at every pixel",
                     .found = fmt::format("{} at row {}, column {}", value, y, x),
                     .fix = "bring the matte into [0, 1] before its foreground is estimated"}};
      }
      result(y, x) = value;
    }
  }
  return result;
}

Plane<Rgb<float>> to_single(const Plane<Rgb<double>>& colours) {
  Plane<Rgb<float>> result{colours.size()};
  std::ranges::transform(colours.values(), result.values().begin(), [](const Rgb<double>& colour) {
    return Rgb<float>{static_cast<float>(colour.r), static_cast<float>(colour.g),
                      static_cast<float>(colour.b)};
  });
  return result;
}

Plane<float> to_single(const Plane<double>& alpha) {
  return Plane<float>{alpha.size(),
                      std::vector<float>(alpha.values().begin(), alpha.values().end())};
}

void require_picture_and_matte(Size picture, Size matte, int smallest) {
  if (picture != matte) {
    throw Error{ErrorKind::bad_input,
                {.what = "picture and matte must have one size",
                 .expected = fmt::format("{} (picture)", to_string(picture)),
                 .found = fmt::format("{} (matte)", to_string(matte)),
                 .fix = "take the matte that belongs to the picture"}};
  }
  if (picture.width < smallest || picture.height < smallest) {
    throw Error{ErrorKind::bad_input,
                {.what = "the picture is too small for this way of estimating its foreground",
                 .expected = fmt::format("at least {}x{} pixels", smallest, smallest),
                 .found = to_string(picture),
                 .fix = smallest > 1 ? "take a larger picture, or fewer scales"
                                     : "take a picture that has pixels"}};
  }
}

bool is_constant(const Plane<double>& alpha) {
  const auto values = alpha.values();
  return std::ranges::all_of(values, [&](double value) { return value == values.front(); });
}

}  // namespace mbench::baselines

#include "datasets/compose/foreground_changes.hpp"

#include <algorithm>
#include <utility>

#include "core/exact_math.hpp"
#include "core/plane_copy.hpp"
#include "datasets/compose/ingredients.hpp"

namespace mbench::datasets::compose {
namespace {

template <typename Change>
Colours changed(ColourView foreground, Change change) {
  Colours result{foreground.size()};
  for (int y = 0; y < foreground.size().height; ++y) {
    std::ranges::transform(foreground.row(y), result.row(y).begin(), change);
  }
  return result;
}

}  // namespace

Merged merge_foregrounds(ColourView foreground, const Plane<float>& alpha,
                         ColourView second_foreground, const Plane<float>& second_alpha,
                         const MergeInterpolation& interpolation) {
  const Size size = foreground.size();
  require_matte_size(size, alpha.size(), "foreground");
  require_matte_size(second_foreground.size(), second_alpha.size(), "second foreground");
  const Colours f2 = imaging::resize_opencv(second_foreground, size, interpolation.foreground);
  const Plane<float> a2 = imaging::resize_opencv(second_alpha.view(), size, interpolation.alpha);

  Plane<float> both{size};
  std::ranges::transform(alpha.values(), a2.values(), both.values().begin(),
                         [](float a, float b) { return 1.0F - (1.0F - a) * (1.0F - b); });
  if (std::ranges::none_of(both.values(), [](float a) { return a < 1.0F; })) {
    return {.matted = {.foreground = copy_of(foreground), .alpha = alpha}};
  }
  return {.matted = {.foreground = blend_float_truncated(foreground, alpha, f2),
                     .alpha = std::move(both)},
          .is_merged = true};
}

Colours shift_colours(ColourView foreground, const ColourShift& shift) {
  std::array<std::array<std::uint8_t, 256>, 3> table{};
  for (std::size_t c = 0; c < 3; ++c) {
    for (std::size_t v = 0; v < 256; ++v) {
      table[c][v] = static_cast<std::uint8_t>(static_cast<double>(v) * shift.weight[c] +
                                              shift.colour[c] * (1.0 - shift.weight[c]));
    }
  }
  return changed(foreground, [&](const Rgb<std::uint8_t>& pixel) {
    return Rgb<std::uint8_t>{table[0][pixel.r], table[1][pixel.g], table[2][pixel.b]};
  });
}

Colours inverted(ColourView foreground) {
  return changed(foreground, [](const Rgb<std::uint8_t>& pixel) {
    const auto invert = [](std::uint8_t value) { return static_cast<std::uint8_t>(255 - value); };
    return Rgb<std::uint8_t>{invert(pixel.r), invert(pixel.g), invert(pixel.b)};
  });
}

Colours permuted(ColourView foreground, const std::array<int, 3>& order) {
  return changed(foreground, [&](const Rgb<std::uint8_t>& pixel) {
    const std::array<std::uint8_t, 3> from{pixel.r, pixel.g, pixel.b};
    const auto channel = [&](std::size_t i) { return from[static_cast<std::size_t>(order[i])]; };
    return Rgb<std::uint8_t>{channel(0), channel(1), channel(2)};
  });
}

std::array<std::uint8_t, 256> gamma_table(double gamma, GammaEnd end) {
  std::array<std::uint8_t, 256> table{};
  for (std::size_t v = 0; v < table.size(); ++v) {
    const double alpha = static_cast<double>(v) / 255.0;
    const double bent =
        end == GammaEnd::clear ? pow_exact(alpha, gamma) : 1.0 - pow_exact(1.0 - alpha, gamma);
    table[v] = static_cast<std::uint8_t>(std::clamp(255.0 * bent, 0.0, 255.0));
  }
  table.front() = 0;
  table.back() = 255;
  return table;
}

}  // namespace mbench::datasets::compose

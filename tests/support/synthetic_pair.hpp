#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>

#include "core/matte.hpp"
#include "core/trimap.hpp"

namespace mbench::testing {

/// A pair of mattes with a trimap, for timing.
struct SyntheticPair {
  Plane<std::uint8_t> predicted;
  Plane<std::uint8_t> truth;
  Trimap trimap;  ///< 128 where the truth is within a few pixels of being soft
};

/// The same pixels on every machine, not a likeness of any photograph: a solid blob with a soft
/// rim, a fringe of some hundreds of hairs around it and a haze in one corner; the prediction is
/// the truth blurred along rows, with noise in the soft parts, on 64 levels.
[[nodiscard]] inline SyntheticPair synthetic_pair(Size size) {
  const auto coordinate = [](int value) { return static_cast<double>(value); };
  const double height = coordinate(size.height);
  const double width = coordinate(size.width);
  const double radius = 0.3 * std::min(height, width);
  Plane<double> alpha{size};
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const double dy = coordinate(y) - 0.5 * height;
      const double dx = coordinate(x) - 0.5 * width;
      const double rim = radius * (1.0 + 0.05 * std::sin(5.0 * std::atan2(dy, dx)));
      const double blob = std::clamp((rim - std::hypot(dx, dy)) / 12.0 + 0.5, 0.0, 1.0);
      const double haze = std::clamp(
          0.35 - std::hypot(coordinate(x) - width, coordinate(y)) / (2.0 * radius), 0.0, 1.0);
      alpha(y, x) = std::max(blob, haze);
    }
  }
  std::mt19937 random{7};
  // Not std::uniform_real_distribution: libraries differ in it.
  const auto uniform = [&] { return static_cast<double>(random() >> 8) / 16777216.0; };
  for (int hair = 0; hair < 700; ++hair) {
    double angle = 6.283185307179586 * uniform();
    double y = 0.5 * height + radius * std::sin(angle);
    double x = 0.5 * width + radius * std::cos(angle);
    const double length = radius * (0.2 + 0.3 * uniform());
    const double bend = 0.006 * (uniform() - 0.5);
    const double opacity = 0.3 + 0.7 * uniform();
    for (double step = 0.0; step < length; step += 0.5) {
      const auto row = static_cast<int>(std::floor(y));
      const auto column = static_cast<int>(std::floor(x));
      for (int dx = 0; dx < 2; ++dx) {
        if (row < 0 || row >= size.height || column + dx < 0 || column + dx >= size.width) continue;
        const double share = dx == 0 ? 1.0 - (x - column) : x - column;
        double& value = alpha(row, column + dx);
        value = std::max(value, opacity * share * (1.0 - 0.5 * step / length));
      }
      y += 0.5 * std::sin(angle);
      x += 0.5 * std::cos(angle);
      angle += bend;
    }
  }
  SyntheticPair pair{.predicted = Plane<std::uint8_t>{size},
                     .truth = Plane<std::uint8_t>{size},
                     .trimap = Trimap{size}};
  constexpr int kMargin = 8;
  for (int y = 0; y < size.height; ++y) {
    int unknown_until = -1;
    for (int x = 0; x < size.width; ++x) {
      const double value = alpha(y, x);
      pair.truth(y, x) = static_cast<std::uint8_t>(std::lround(255.0 * value));
      const int left = std::max(0, x - 1);
      const int right = std::min(size.width - 1, x + 1);
      double blurred = 0.25 * alpha(y, left) + 0.5 * value + 0.25 * alpha(y, right);
      if (blurred > 0.0 && blurred < 1.0) blurred += 0.08 * (uniform() - 0.5);
      const auto level = std::lround(63.0 * std::clamp(blurred, 0.0, 1.0));
      pair.predicted(y, x) = static_cast<std::uint8_t>(level * 255 / 63);
      const int ahead = std::min(size.width - 1, x + kMargin);
      if (alpha(y, ahead) > 0.0 && alpha(y, ahead) < 1.0) unknown_until = ahead + kMargin;
      const std::uint8_t known = value >= 1.0 ? kForeground : kBackground;
      pair.trimap(y, x) = x <= unknown_until || (value > 0.0 && value < 1.0) ? kUnknown : known;
    }
  }
  return pair;
}

}  // namespace mbench::testing

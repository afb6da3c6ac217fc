#include "baselines/nearness.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>

#include "imaging/distance.hpp"

namespace mbench::baselines {
namespace {

/// Standard deviations in pixels: 0.02, 0.08 and 0.16 of the 320 pixels of a training crop.
constexpr std::array kSigmas{0.02 * 320, 0.08 * 320, 0.16 * 320};

/// 0 where a pixel counts as certain.
Plane<std::uint8_t> uncertain(const Plane<double>& certain) {
  Plane<std::uint8_t> mask{certain.size()};
  std::ranges::transform(certain.values(), mask.values().begin(), [](double value) {
    // By way of an integer: what C leaves open for negative numbers wraps on the processors that
    // the program ran on.
    return static_cast<std::uint8_t>(static_cast<int>((1.0 - value) * 255.0));
  });
  return mask;
}

/// The three maps of one region, in single precision as the program computes them.
void append_nearness(const Plane<double>& certain, std::span<Plane<float>, 3> maps) {
  const Plane<std::int64_t> squared = imaging::squared_distances(uncertain(certain));
  for (std::size_t k = 0; k < maps.size(); ++k) {
    const auto spread = static_cast<float>(2.0 * (kSigmas[k] * kSigmas[k]));
    maps[k] = Plane<float>{squared.size()};
    std::ranges::transform(squared.values(), maps[k].values().begin(),
                           [spread](std::int64_t distance) {
                             if (distance == imaging::kNoDistance) return 0.0F;
                             const float root = std::sqrt(static_cast<float>(distance));
                             return std::exp(-(root * root) / spread);
                           });
  }
}

}  // namespace

std::array<Plane<float>, 6> nearness_maps(const Plane<double>& background,
                                          const Plane<double>& foreground) {
  std::array<Plane<float>, 6> maps;
  const std::span<Plane<float>, 6> all{maps};
  append_nearness(background, all.first<3>());
  append_nearness(foreground, all.last<3>());
  return maps;
}

}  // namespace mbench::baselines

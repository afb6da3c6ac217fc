#include "datasets/demo/noise.hpp"

#include <cmath>

namespace mbench::datasets::demo {
namespace {

double lattice(std::uint32_t x, std::uint32_t y, std::uint32_t seed) {
  std::uint32_t h = x * 0x8da6b343U + y * 0xd8163841U + seed * 0xcb1ab31fU;
  h = (h ^ (h >> 15)) * 0x2c1b3c6dU;
  h = (h ^ (h >> 12)) * 0x297a2d39U;
  h ^= h >> 15;
  return static_cast<double>(h) * (2.0 / 4294967295.0) - 1.0;
}

double quintic(double t) { return t * t * t * (t * (t * 6.0 - 15.0) + 10.0); }

}  // namespace

double value_noise(Vec2 at, std::uint32_t seed) {
  const double floor_x = std::floor(at.x);
  const double floor_y = std::floor(at.y);
  const auto x = static_cast<std::uint32_t>(static_cast<std::int64_t>(floor_x));
  const auto y = static_cast<std::uint32_t>(static_cast<std::int64_t>(floor_y));
  const double u = quintic(at.x - floor_x);
  const double v = quintic(at.y - floor_y);
  const double top = mix(lattice(x, y, seed), lattice(x + 1, y, seed), u);
  const double bottom = mix(lattice(x, y + 1, seed), lattice(x + 1, y + 1, seed), u);
  return mix(top, bottom, v);
}

double fractal_noise(Vec2 at, int octaves, double gain, std::uint32_t seed) {
  double sum = 0.0;
  double weight = 1.0;
  double weights = 0.0;
  for (int octave = 0; octave < octaves; ++octave) {
    sum += weight * value_noise(at, seed + static_cast<std::uint32_t>(octave) * 7919U);
    weights += weight;
    weight *= gain;
    // 2.03 and the shift keep the lattices of the octaves from lining up.
    at = {at.x * 2.03 + 17.1, at.y * 2.03 - 9.7};
  }
  return sum / weights;
}

}  // namespace mbench::datasets::demo

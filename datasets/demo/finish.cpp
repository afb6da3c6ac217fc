#include "datasets/demo/finish.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/random.hpp"

namespace mbench::datasets::demo {
namespace {

/// A colour and how much is known about it.
struct Known {
  Vec3 colour{};
  double weight{};
};

/// Half the size: weighted means of 2 x 2 pixels (fewer at an odd border).
Plane<Known> pull(const Plane<Known>& fine) {
  const Size size = fine.size();
  Plane<Known> coarse{Size{(size.width + 1) / 2, (size.height + 1) / 2}};
  for (int y = 0; y < coarse.size().height; ++y) {
    for (int x = 0; x < coarse.size().width; ++x) {
      Vec3 sum{};
      double weight = 0.0;
      for (int v = 2 * y; v < std::min(2 * y + 2, size.height); ++v) {
        for (int u = 2 * x; u < std::min(2 * x + 2, size.width); ++u) {
          sum = sum + fine(v, u).weight * fine(v, u).colour;
          weight += fine(v, u).weight;
        }
      }
      if (weight > 0.0) coarse(y, x) = {(1.0 / weight) * sum, std::min(1.0, weight)};
    }
  }
  return coarse;
}

Vec3 bilinear(const Plane<Known>& coarse, double u, double v) {
  u = std::clamp(u, 0.0, coarse.size().width - 1.0);
  v = std::clamp(v, 0.0, coarse.size().height - 1.0);
  const int x0 = static_cast<int>(u);
  const int y0 = static_cast<int>(v);
  const int x1 = std::min(x0 + 1, coarse.size().width - 1);
  const int y1 = std::min(y0 + 1, coarse.size().height - 1);
  return mix(mix(coarse(y0, x0).colour, coarse(y0, x1).colour, u - x0),
             mix(coarse(y1, x0).colour, coarse(y1, x1).colour, u - x0), v - y0);
}

/// Fills what is unknown from ever coarser means (pull and push), so that the colours run on
/// smoothly; what has weight 1 is kept.
void extend(Plane<Known>& colours) {
  std::vector<Plane<Known>> levels;
  for (const Plane<Known>* finest = &colours; finest->size().width > 1 || finest->size().height > 1;
       finest = &levels.back()) {
    levels.push_back(pull(*finest));
  }
  for (std::size_t i = levels.size(); i-- > 0;) {
    const Plane<Known>& coarse = levels[i];
    Plane<Known>& fine = i > 0 ? levels[i - 1] : colours;
    for (int y = 0; y < fine.size().height; ++y) {
      for (int x = 0; x < fine.size().width; ++x) {
        Known& here = fine(y, x);
        if (here.weight >= 1.0) continue;
        here.colour =
            mix(bilinear(coarse, 0.5 * x - 0.25, 0.5 * y - 0.25), here.colour, here.weight);
      }
    }
  }
}

std::uint8_t to_level(double value) {
  return static_cast<std::uint8_t>(std::floor(std::clamp(value, 0.0, 255.0) + 0.5));
}

/// Grain of standard deviation 1.6 levels, mostly common to the three channels.
Vec3 grain(std::uint64_t key, int y, int x) {
  std::uint64_t bits =
      mix_bits(key + (static_cast<std::uint64_t>(y) << 32U) + static_cast<std::uint64_t>(x));
  const auto next = [&] {  // sum of two bytes, variance 1
    const double sum = static_cast<double>((bits & 0xff) + ((bits >> 8U) & 0xff));
    bits >>= 16U;
    return (sum - 255.0) * (1.0 / 104.5);
  };
  const double common = 1.4 * next();
  return {common + 0.8 * next(), common + 0.8 * next(), common + 0.8 * next()};
}

Rgb<std::uint8_t> to_rgb(Vec3 colour, double exposed, std::uint64_t grain_key, int y, int x) {
  const Vec3 value = 255.0 * colour + exposed * grain(grain_key, y, x);
  return {to_level(value.x), to_level(value.y), to_level(value.z)};
}

}  // namespace

ForegroundPlanes finish_foreground(const Canvas& canvas, std::uint64_t grain_key) {
  const Size size = canvas.size();
  Plane<Known> colours{size};
  ForegroundPlanes planes{Plane<std::uint8_t>{size}, Plane<Rgb<std::uint8_t>>{size}};
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const CanvasPixel pixel = canvas.pixel(y, x);
      planes.alpha(y, x) = to_level(255.0 * pixel.alpha);
      if (pixel.alpha > 1e-4) colours(y, x) = {(1.0 / pixel.alpha) * pixel.premultiplied, 1.0};
    }
  }
  extend(colours);
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const Known& here = colours(y, x);
      // The extension carries no grain: nothing was exposed there.
      const double exposed = here.weight > 0.0 ? 1.0 : 0.0;
      planes.foreground(y, x) = to_rgb(here.colour, exposed, grain_key, y, x);
    }
  }
  return planes;
}

Plane<Rgb<std::uint8_t>> to_u8(const Plane<Vec3>& colours, std::uint64_t grain_key) {
  Plane<Rgb<std::uint8_t>> result{colours.size()};
  for (int y = 0; y < colours.size().height; ++y) {
    for (int x = 0; x < colours.size().width; ++x) {
      result(y, x) = to_rgb(colours(y, x), 1.0, grain_key, y, x);
    }
  }
  return result;
}

Plane<Rgb<std::uint8_t>> compose(const Plane<std::uint8_t>& alpha,
                                 const Plane<Rgb<std::uint8_t>>& foreground,
                                 const Plane<Rgb<std::uint8_t>>& background) {
  Plane<Rgb<std::uint8_t>> image{alpha.size()};
  for (int y = 0; y < alpha.size().height; ++y) {
    for (int x = 0; x < alpha.size().width; ++x) {
      const int a = alpha(y, x);
      const auto over = [a](int front, int back) {  // 127: half of 255, rounded to nearest
        return static_cast<std::uint8_t>((a * front + (255 - a) * back + 127) / 255);
      };
      const auto& f = foreground(y, x);
      const auto& b = background(y, x);
      image(y, x) = {over(f.r, b.r), over(f.g, b.g), over(f.b, b.b)};
    }
  }
  return image;
}

}  // namespace mbench::datasets::demo

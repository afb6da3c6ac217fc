#include "tests/baselines/scenes.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <stdexcept>

#include "baselines/classical/laplacian/matting_laplacian.hpp"

namespace mbench::testing {
using namespace mbench::baselines;

Scene random_scene(Size size, std::uint64_t seed) {
  std::mt19937_64 random{seed};
  const auto uniform = [&](double low, double high) {
    return low + (high - low) * static_cast<double>(random() >> 11) * 0x1.0p-53;
  };
  const Rgb<double> front{uniform(0.5, 1.0), uniform(0.0, 0.5), uniform(0.0, 1.0)};
  const Rgb<double> back{uniform(0.0, 0.5), uniform(0.5, 1.0), uniform(0.0, 1.0)};
  const double phase = uniform(0.0, 6.0);
  const double tilt = uniform(-0.2, 0.2);
  Scene scene{.image = Plane<Rgb<std::uint8_t>>{size},
              .trimap = banded_trimap(size, size.width / 3, size.width / 3)};
  for (int y = 0; y < size.height; ++y) {
    const double edge = size.width * (0.5 + 0.05 * std::sin(0.7 * y + phase));
    for (int x = 0; x < size.width; ++x) {
      const double alpha = std::clamp((x - edge) / (0.15 * size.width) + 0.5, 0.0, 1.0);
      const auto mixed = [&](double f, double b) {
        const double slope = tilt * (static_cast<double>(y) / size.height - 0.5);
        const double value = alpha * f + (1.0 - alpha) * b + slope + uniform(-0.04, 0.04);
        return static_cast<std::uint8_t>(std::lround(255.0 * std::clamp(value, 0.0, 1.0)));
      };
      scene.image(y, x) = {mixed(front.r, back.r), mixed(front.g, back.g), mixed(front.b, back.b)};
    }
  }
  return scene;
}

Trimap banded_trimap(Size size, int left, int right) {
  Trimap trimap{size, kUnknown};
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < left; ++x) trimap(y, x) = kBackground;
    for (int x = size.width - right; x < size.width; ++x) trimap(y, x) = kForeground;
  }
  return trimap;
}

std::unique_ptr<Method> make_method(std::string_view text) {
  const NameWithOptions parsed = parse_name_with_options(text);
  const MethodEntry& entry = find_method(parsed.name);
  return entry.make(
      {.options = Options{entry.options, parsed.values, "method '" + parsed.name + "'"}});
}

Estimate estimate(std::string_view method, const Image& image, const Trimap& trimap) {
  return make_method(method)->estimate({.sample_id = "sample", .image = image, .trimap = &trimap});
}

double largest_difference(AlphaView left, AlphaView right) {
  if (left.size() != right.size()) throw std::logic_error{"mattes of different sizes"};
  double largest = 0.0;
  for (int y = 0; y < left.size().height; ++y) {
    for (int x = 0; x < left.size().width; ++x) {
      largest = std::max(largest, std::abs(left.alpha(y, x) - right.alpha(y, x)));
    }
  }
  return largest;
}

double largest_difference(AlphaView matte, const Plane<double>& reference) {
  if (matte.size() != reference.size()) throw std::logic_error{"mattes of different sizes"};
  double largest = 0.0;
  for (int y = 0; y < matte.size().height; ++y) {
    for (int x = 0; x < matte.size().width; ++x) {
      largest = std::max(largest, std::abs(matte.alpha(y, x) - reference(y, x)));
    }
  }
  return largest;
}

LinearSystem hard_system(const Scene& scene) {
  return matting_laplacian(to_f64(Image{scene.image}), unknown_pixels_as_variables(scene.trimap),
                           {});
}

}  // namespace mbench::testing

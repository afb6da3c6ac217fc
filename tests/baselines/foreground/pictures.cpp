#include "tests/baselines/foreground/pictures.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "baselines/foreground/layers.hpp"
#include "imaging/eight_bit.hpp"
#include "imaging/io.hpp"
#include "tests/support/images.hpp"

namespace mbench::testing {

Picture make_picture(Plane<Rgb<std::uint8_t>> picture, Plane<std::uint8_t> matte) {
  Plane<Rgb<double>> colours = baselines::unit_colours(picture);
  Plane<double> alpha = baselines::unit_alpha(matte.view());
  return {std::move(picture), std::move(matte), std::move(colours), std::move(alpha)};
}

Picture noise_picture(Size size, std::uint64_t seed) {
  return make_picture(imaging::eight_bit(noise_image(size, seed)), noise_plane(size, seed + 1000));
}

Plane<std::uint8_t> soft_disc(Size size) {
  Plane<std::uint8_t> matte{size};
  const double shorter = std::min(size.width, size.height);
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const double distance =
          std::hypot(x + 0.5 - size.width / 2.0, y + 0.5 - size.height / 2.0) / shorter;
      const double alpha = std::clamp((0.33 - distance) / 0.25 + 0.5, 0.0, 1.0);
      matte(y, x) = static_cast<std::uint8_t>(std::lround(255.0 * alpha));
    }
  }
  return matte;
}

double colour_difference(const Plane<Rgb<double>>& left, const Plane<Rgb<double>>& right) {
  if (left.size() != right.size()) return INFINITY;
  double largest = 0.0;
  for (std::size_t i = 0; i < left.values().size(); ++i) {
    const Rgb<double>& a = left.values()[i];
    const Rgb<double>& b = right.values()[i];
    for (const double off : {a.r - b.r, a.g - b.g, a.b - b.b}) {
      if (!(std::abs(off) <= largest)) largest = std::isnan(off) ? INFINITY : std::abs(off);
    }
  }
  return largest;
}

Picture read_picture(const std::filesystem::path& picture, const std::filesystem::path& matte) {
  return make_picture(imaging::eight_bit(imaging::read_image(picture)),
                      to_u8(imaging::read_matte(matte)));
}

}  // namespace mbench::testing

#include "tests/baselines/foreground/pictures.hpp"

#include <utility>

#include "baselines/foreground/layers.hpp"
#include "imaging/eight_bit.hpp"
#include "imaging/io.hpp"

namespace mbench::testing {

Picture make_picture(Plane<Rgb<std::uint8_t>> picture, Plane<std::uint8_t> matte) {
  Plane<Rgb<double>> colours = baselines::unit_colours(picture);
  Plane<double> alpha = baselines::unit_alpha(matte.view());
  return {std::move(picture), std::move(matte), std::move(colours), std::move(alpha)};
}

Picture read_picture(const std::filesystem::path& picture, const std::filesystem::path& matte) {
  return make_picture(imaging::eight_bit(imaging::read_image(picture)),
                      to_u8(imaging::read_matte(matte)));
}

}  // namespace mbench::testing

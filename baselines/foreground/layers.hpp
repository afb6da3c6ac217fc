#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>

#include "core/image.hpp"
#include "core/matte.hpp"
#include "core/options.hpp"
#include "core/plane.hpp"

// What the estimators of foregrounds share.

namespace mbench::baselines {

/// The two layers of a picture I = alpha F + (1 - alpha) B, colours in units of 255.
template <typename T>
struct Layers {
  Plane<Rgb<T>> foreground{}, background{};
};

/// What estimators of both layers settle about foregrounds that a data set publishes.
inline constexpr std::string_view kPictureIsComposite =
    "The picture is taken as the composite I, as of a photograph; a published foreground is not "
    "multiplied by alpha first.";

/// What the estimators of both layers by smoothness take.
inline constexpr OptionSpec kRegularizationOption{
    .name = "regularization",
    .help = "epsilon: smoothness that does not depend on alpha",
    .type = OptionType::number,
    .default_value = "1e-5",
    .min = 1e-9,
    .max = 1e3};

/// value/255.
[[nodiscard]] Plane<Rgb<double>> unit_colours(PixelView<Rgb<std::uint8_t>> picture);
/// Alpha in [0, 1]. Throws bad_input for a float matte that leaves it or is not finite.
[[nodiscard]] Plane<double> unit_alpha(AlphaView alpha);

/// Rounded to single precision.
[[nodiscard]] Plane<Rgb<float>> to_single(const Plane<Rgb<double>>& colours);
[[nodiscard]] Plane<float> to_single(const Plane<double>& alpha);

/// Throws bad_input unless both have one size of at least `smallest` pixels in each direction.
void require_picture_and_matte(Size picture, Size matte, int smallest = 1);

/// Is alpha the same at every pixel?
[[nodiscard]] bool is_constant(const Plane<double>& alpha);

/// How a program turns a colour c in [0, 1] into 8 bits, after 255 c was cut to 0 ... 255.
enum class Rounding {
  down,     ///< as NumPy's astype(uint8)
  nearest,  ///< halves to even, as OpenCV's imwrite of floating point numbers
};

/// 255 c, in the type of c, as 8 bits.
template <typename T>
[[nodiscard]] Plane<Rgb<std::uint8_t>> to_u8(const Plane<Rgb<T>>& colours, Rounding rounding) {
  const auto convert = [rounding](T colour) {
    const T level = std::clamp(colour * T{255}, T{0}, T{255});
    return static_cast<std::uint8_t>(rounding == Rounding::nearest ? std::nearbyint(level) : level);
  };
  Plane<Rgb<std::uint8_t>> result{colours.size()};
  std::ranges::transform(colours.values(), result.values().begin(), [&](const Rgb<T>& colour) {
    return Rgb<std::uint8_t>{convert(colour.r), convert(colour.g), convert(colour.b)};
  });
  return result;
}

}  // namespace mbench::baselines

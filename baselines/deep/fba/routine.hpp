#pragma once
#include <array>

#include "core/image.hpp"
#include "core/plane.hpp"
#include "core/trimap.hpp"
#include "imaging/resample.hpp"

// What FBA's test program does before and after its network [forte2020]. Needs no LibTorch.

namespace mbench::deep {

/// What the network sees, at sides rounded up to multiples of 8.
struct FbaInput {
  Plane<Rgb<double>> image{};  ///< in [0, 1] but for the overshoot of the resize
  /// 1 where the trimap is background, foreground; 0 elsewhere; overshoots likewise.
  std::array<Plane<double>, 2> certain{};
  /// Of background, then of foreground: exp(-d^2 / (2 sigma^2)) for sigma = 6.4, 25.6 and 51.2
  /// pixels, d being the distance to that region. All 0 if there is no such region.
  std::array<Plane<float>, 6> nearness{};
};

/// Image and certain regions are resized by OpenCV's Lanczos filter where a side is no multiple
/// of 8. The program then takes a pixel for certain where (1 - certain) 255, brought to 8 bits as
/// C does it (truncated, modulo 256), is 0: also where the filter's overshoot wraps around.
[[nodiscard]] FbaInput fba_input(const Image& image, const Trimap& trimap);

[[nodiscard]] Plane<Rgb<float>> in_single_precision(const Plane<Rgb<double>>& colours);

/// Alpha and the colours it mixes, at the image's size.
struct FbaLayers {
  Plane<float> alpha{};
  Plane<Rgb<float>> foreground{}, background{};
};

/// From the network's seven channels (alpha, foreground, background) at any size: resized to the
/// image's; alpha 0 and 1 where the trimap is certain; the image itself as foreground where alpha
/// is 1 and as background where it is 0; all clipped to [0, 1].
[[nodiscard]] FbaLayers fba_layers(const std::array<Plane<float>, 7>& output, const Image& image,
                                   const Trimap& trimap, imaging::Interpolation interpolation);

}  // namespace mbench::deep

#include "baselines/deep/lsa/routine.hpp"

#include <algorithm>
#include <array>

#include "imaging/orientation.hpp"
#include "imaging/padding.hpp"
#include "imaging/resample.hpp"

namespace mbench::deep {
namespace {

using imaging::Interpolation;
using Colours = Plane<Rgb<std::uint8_t>>;

constexpr int kMultiple = 64;
constexpr int kFrame = 16;  ///< of mirrored pixels, then of zeros
constexpr int kLargestSide = 2176;
constexpr std::uint8_t kForegroundAbove = 200, kBackgroundBelow = 50;
constexpr std::array kScales{0.8, 1.0, 1.25};

constexpr imaging::Margins all_sides(int pixels) { return {pixels, pixels, pixels, pixels}; }

template <typename T>
Plane<T> padded(const Plane<T>& image) {
  const Plane<T> aligned =
      imaging::pad_reflect(image, imaging::margins_to_multiple(image.size(), kMultiple));
  return imaging::pad_constant(imaging::pad_reflect(aligned, all_sides(kFrame)), all_sides(kFrame));
}

/// What `work` makes of the image with no side beyond the limit, at the size of the image.
template <typename Work>
auto within_limit(const Colours& image, const Trimap& trimap, Work&& work) {
  const Size size = image.size();
  const Size limited{std::min(size.width, kLargestSide), std::min(size.height, kLargestSide)};
  if (limited == size) return work(image, trimap);
  return imaging::resize_opencv(
      work(imaging::resize_opencv(image, limited, Interpolation::linear),
           imaging::resize_opencv(trimap, limited, Interpolation::nearest)),
      size, Interpolation::linear);
}

template <typename T>
void add(Plane<double>& sum, const Plane<T>& alpha) {
  std::ranges::transform(sum.values(), alpha.values(), sum.values().begin(),
                         [](double total, T value) { return total + double{value}; });
}

Plane<double> divided(Plane<double> sum, double count) {
  for (double& value : sum.values()) value /= count;
  return sum;
}

Plane<double> mean_of_orientations(const Colours& image, const Trimap& trimap,
                                   const LsaPredict& predict) {
  Plane<double> sum{image.size()};
  for (const imaging::Orientation& orientation : imaging::kOrientations) {
    const Plane<float> alpha = lsa_single(imaging::oriented(image, orientation),
                                          imaging::oriented(trimap, orientation), predict);
    add(sum, imaging::upright(alpha, orientation));
  }
  return divided(std::move(sum), double{imaging::kOrientations.size()});
}

}  // namespace

Plane<float> lsa_single(const Colours& image, const Trimap& trimap, const LsaPredict& predict) {
  Plane<float> alpha = imaging::crop(predict(padded(image), padded(trimap)),
                                     imaging::inside(image.size(), all_sides(2 * kFrame)));
  std::ranges::transform(alpha.values(), trimap.values(), alpha.values().begin(),
                         [](float value, std::uint8_t level) {
                           if (level > kForegroundAbove) return 1.0F;
                           return level < kBackgroundBelow ? 0.0F : value;
                         });
  return alpha;
}

Plane<float> lsa_limited(const Colours& image, const Trimap& trimap, const LsaPredict& predict) {
  return within_limit(image, trimap, [&](const Colours& colours, const Trimap& levels) {
    return lsa_single(colours, levels, predict);
  });
}

Plane<double> lsa_rotation8(const Colours& image, const Trimap& trimap, const LsaPredict& predict) {
  return within_limit(image, trimap, [&](const Colours& colours, const Trimap& levels) {
    return mean_of_orientations(colours, levels, predict);
  });
}

Plane<double> lsa_tta24(const Colours& image, const Trimap& trimap, const LsaPredict& predict) {
  const Size size = image.size();
  Plane<double> sum{size};
  for (const double scale : kScales) {
    const auto scaled = [&](int side) { return std::max(1, static_cast<int>(scale * side)); };
    const Size other{scaled(size.width), scaled(size.height)};
    const Plane<double> alpha =
        lsa_rotation8(imaging::resize_opencv(image, other, Interpolation::cubic),
                      imaging::resize_opencv(trimap, other, Interpolation::nearest), predict);
    add(sum, imaging::resize_opencv(alpha, size, Interpolation::cubic));
  }
  return divided(std::move(sum), double{kScales.size()});
}

}  // namespace mbench::deep

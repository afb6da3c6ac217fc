#include "baselines/deep/fba/routine.hpp"

#include <algorithm>

#include "baselines/nearness.hpp"
#include "imaging/padding.hpp"

namespace mbench::deep {
namespace {

constexpr imaging::Interpolation kLanczos = imaging::Interpolation::lanczos4;

float clipped(float value) { return std::clamp(value, 0.0F, 1.0F); }

}  // namespace

Plane<Rgb<float>> in_single_precision(const Plane<Rgb<double>>& colours) {
  Plane<Rgb<float>> values{colours.size()};
  std::ranges::transform(colours.values(), values.values().begin(), [](const Rgb<double>& pixel) {
    return Rgb<float>{static_cast<float>(pixel.r), static_cast<float>(pixel.g),
                      static_cast<float>(pixel.b)};
  });
  return values;
}

FbaInput fba_input(const Image& image, const Trimap& trimap) {
  const Size size =
      imaging::padded_size(image.size(), imaging::margins_to_multiple(image.size(), 8));
  FbaInput input{.image = imaging::resize_opencv(to_f64(image), size, kLanczos)};
  constexpr std::array kLevels{kBackground, kForeground};
  for (std::size_t k = 0; k < kLevels.size(); ++k) {
    Plane<double> certain{trimap.size()};
    std::ranges::transform(
        trimap.values(), certain.values().begin(),
        [level = kLevels[k]](std::uint8_t value) { return value == level ? 1.0 : 0.0; });
    input.certain[k] = imaging::resize_opencv(certain, size, kLanczos);
  }
  input.nearness = baselines::nearness_maps(input.certain[0], input.certain[1]);
  return input;
}

FbaLayers fba_layers(const std::array<Plane<float>, 7>& output, const Image& image,
                     const Trimap& trimap, imaging::Interpolation interpolation) {
  const Size size = image.size();
  std::array<Plane<float>, 7> planes;
  std::ranges::transform(output, planes.begin(), [&](const Plane<float>& plane) {
    return imaging::resize_opencv(plane, size, interpolation);
  });
  const Plane<Rgb<float>> colours = in_single_precision(to_f64(image));
  FbaLayers layers{.alpha = Plane<float>{size},
                   .foreground = Plane<Rgb<float>>{size},
                   .background = Plane<Rgb<float>>{size}};
  for (std::size_t i = 0; i < trimap.values().size(); ++i) {
    const std::uint8_t level = trimap.values()[i];
    const auto value = [&](std::size_t plane) { return clipped(planes[plane].values()[i]); };
    const float alpha = level == kBackground ? 0.0F : level == kForeground ? 1.0F : value(0);
    const Rgb<float> pixel = colours.values()[i];
    layers.alpha.values()[i] = alpha;
    layers.foreground.values()[i] =
        alpha == 1.0F ? pixel : Rgb<float>{value(1), value(2), value(3)};
    layers.background.values()[i] =
        alpha == 0.0F ? pixel : Rgb<float>{value(4), value(5), value(6)};
  }
  return layers;
}

}  // namespace mbench::deep

#include "baselines/deep/two_scales.hpp"

#include <algorithm>
#include <array>
#include <type_traits>

#include "baselines/deep/tensors.hpp"

namespace mbench::deep {

Size scaled_size(Size image, int divisor) {
  const auto side = [divisor](int length) {
    const int scaled = length / divisor;
    return std::clamp(scaled - scaled % 32, 32, 1600);
  };
  return {.width = side(image.width), .height = side(image.height)};
}

Size within_shorter_side(Size image, int limit) {
  const int shorter = std::min(image.width, image.height);
  if (shorter <= limit) return image;
  const auto side = [&](int length) {
    return static_cast<int>(std::int64_t{limit} * length / shorter);
  };
  return {.width = side(image.width), .height = side(image.height)};
}

Plane<float> alpha_within(const Image& image, int limit,
                          const std::function<Plane<float>(const Image&)>& alpha_of) {
  const Size size = limit == 0 ? image.size() : within_shorter_side(image.size(), limit);
  if (size == image.size()) return alpha_of(image);
  constexpr auto kLinear = imaging::Interpolation::linear;
  const Image smaller = image.visit([&](const auto& pixels) -> Image {
    if constexpr (std::is_same_v<decltype(pixels), const Plane<Rgb<std::uint8_t>>&>) {
      return imaging::resize_opencv(pixels.view(), size, kLinear);
    } else {
      return imaging::resize_opencv(unit_colours(image).view(), size, kLinear);
    }
  });
  return imaging::resize_opencv(alpha_of(smaller).view(), image.size(), kLinear);
}

Plane<Rgb<double>> resized_colours(const Image& image, Size size, imaging::ResizeRule rule) {
  return image.visit([&](const auto& pixels) {
    if constexpr (std::is_same_v<decltype(pixels), const Plane<Rgb<std::uint8_t>>&>) {
      return imaging::resize_skimage(pixels.view(), size, rule);
    } else {
      return imaging::resize_skimage(to_f64(image).view(), size, rule);
    }
  });
}

Tensor rgb_255(const Image& image, Size size, imaging::ResizeRule rule) {
  const Plane<Rgb<double>> resized = resized_colours(image, size, rule);
  Plane<Rgb<float>> levels{size};
  std::ranges::transform(resized.values(), levels.values().begin(), [](const Rgb<double>& unit) {
    return Rgb<float>{static_cast<float>(unit.r * 255.0), static_cast<float>(unit.g * 255.0),
                      static_cast<float>(unit.b * 255.0)};
  });
  return to_tensor(levels);
}

Plane<double> class_levels(const Tensor& classes, int count, Size size, imaging::ResizeRule rule) {
  const Plane<float> indices = to_plane(classes);
  const std::array<std::uint8_t, 3> levels =
      count == 3 ? std::array<std::uint8_t, 3>{0, 128, 255} : std::array<std::uint8_t, 3>{0, 255};
  Plane<std::uint8_t> map{indices.size()};
  std::ranges::transform(indices.values(), map.values().begin(),
                         [&](float index) { return levels[static_cast<std::size_t>(index)]; });
  Plane<double> resized = imaging::resize_skimage(map.view(), size, rule);
  for (double& value : resized.values()) value *= 255.0;
  return resized;
}

Plane<float> fill_transition(const Plane<double>& levels, const Plane<float>& detail) {
  Plane<float> alpha{detail.size()};
  std::ranges::transform(levels.values(), detail.values(), alpha.values().begin(),
                         [](double level, float inner) {
                           if (level == 0.0) return 0.0F;
                           return level == 255.0 ? 1.0F : inner;
                         });
  return alpha;
}

void clamp_to_unit(Plane<float>& plane) {
  for (float& value : plane.values()) value = std::clamp(value, 0.0F, 1.0F);
}

}  // namespace mbench::deep

#include "baselines/card/card_planes.hpp"

#include <algorithm>
#include <cmath>

#include "imaging/eight_bit.hpp"

namespace mbench::baselines {
namespace {

using Program = CardResize::Program;

Plane<double> unit(const Plane<std::uint8_t>& levels) {
  Plane<double> numbers{levels.size()};
  std::ranges::transform(levels.values(), numbers.values().begin(),
                         [](std::uint8_t level) { return level / 255.0; });
  return numbers;
}

std::vector<Plane<double>> channels_of(const Plane<Rgb<double>>& image, double divisor) {
  std::vector<Plane<double>> channels(3, Plane<double>{image.size()});
  for (std::size_t i = 0; i < image.values().size(); ++i) {
    const Rgb<double>& pixel = image.values()[i];
    channels[0].values()[i] = pixel.r / divisor;
    channels[1].values()[i] = pixel.g / divisor;
    channels[2].values()[i] = pixel.b / divisor;
  }
  return channels;
}

template <typename To, typename From>
Plane<Rgb<To>> converted(const Plane<Rgb<From>>& image) {
  Plane<Rgb<To>> result{image.size()};
  std::ranges::transform(image.values(), result.values().begin(), [](const Rgb<From>& pixel) {
    return Rgb<To>{static_cast<To>(pixel.r), static_cast<To>(pixel.g), static_cast<To>(pixel.b)};
  });
  return result;
}

imaging::Margins margins(const CardPad& step, Size size) {
  if (step.frame > 0) return {step.frame, step.frame, step.frame, step.frame};
  const auto missing = [&](int side) {
    const int rest = side % step.multiple;
    return rest == 0 && !step.always ? 0 : step.multiple - rest;
  };
  const int rows = missing(size.height), columns = missing(size.width);
  if (step.where == CardPad::Where::end) return {.bottom = rows, .right = columns};
  return {rows / 2, rows - rows / 2, columns / 2, columns - columns / 2};
}

}  // namespace

Plane<double> resized_levels(const Plane<std::uint8_t>& levels, Size size, const CardResize& rule) {
  if (size == levels.size()) return unit(levels);
  switch (rule.program) {
    case Program::skimage: return imaging::resize_skimage(levels.view(), size, rule.skimage);
    case Program::pillow: return unit(imaging::resize_pillow(levels, size, rule.pillow));
    case Program::opencv: break;
  }
  if (!rule.floats) return unit(imaging::resize_opencv(levels, size, rule.interpolation));
  Plane<float> numbers{levels.size()};
  std::ranges::copy(levels.values(), numbers.values().begin());
  const Plane<float> resized = imaging::resize_opencv(numbers, size, rule.interpolation);
  Plane<double> result{size};
  std::ranges::transform(resized.values(), result.values().begin(),
                         [](float level) { return static_cast<double>(level) / 255.0; });
  return result;
}

std::vector<Plane<double>> resized_colours(const Image& image, Size size, const CardResize& rule) {
  if (size == image.size()) return channels_of(to_f64(image), 1.0);
  if (rule.program == Program::skimage) {
    if (image.depth() != Depth::u8) {
      return channels_of(imaging::resize_skimage(to_f64(image).view(), size, rule.skimage), 1.0);
    }
    return channels_of(
        imaging::resize_skimage(imaging::eight_bit(image).view(), size, rule.skimage), 1.0);
  }
  const Plane<Rgb<std::uint8_t>> levels = imaging::eight_bit(image);
  if (rule.program == Program::pillow) {
    return channels_of(converted<double>(imaging::resize_pillow(levels, size, rule.pillow)), 255.0);
  }
  if (rule.floats) {
    return channels_of(converted<double>(imaging::resize_opencv(converted<float>(levels), size,
                                                                rule.interpolation)),
                       255.0);
  }
  return channels_of(converted<double>(imaging::resize_opencv(levels, size, rule.interpolation)),
                     255.0);
}

Plane<float> resized_numbers(const Plane<float>& numbers, Size size, const CardResize& rule) {
  if (size == numbers.size()) return numbers;
  if (rule.program == Program::skimage) {
    return imaging::resize_skimage(numbers.view(), size, rule.skimage);
  }
  if (rule.floats) return imaging::resize_opencv(numbers, size, rule.interpolation);
  Plane<std::uint8_t> levels{numbers.size()};
  std::ranges::transform(numbers.values(), levels.values().begin(), [](float number) {
    return static_cast<std::uint8_t>(std::lround(std::clamp(number, 0.0F, 1.0F) * 255.0F));
  });
  const Plane<double> resized = resized_levels(levels, size, rule);
  Plane<float> result{size};
  std::ranges::transform(resized.values(), result.values().begin(),
                         [](double number) { return static_cast<float>(number); });
  return result;
}

Plane<double> padded(Plane<double> plane, std::span<const CardPad> steps) {
  for (const CardPad& step : steps) {
    const imaging::Margins added = margins(step, plane.size());
    switch (step.mode) {
      case CardPad::Mode::reflect: plane = imaging::pad_reflect(plane, added); break;
      case CardPad::Mode::edge: plane = imaging::pad_edge(plane, added); break;
      case CardPad::Mode::constant:
        plane = imaging::pad_constant(plane, added, step.value / 255.0);
        break;
    }
  }
  return plane;
}

PaddedPlace padded_place(Size size, std::span<const CardPad> steps) {
  PaddedPlace place{.image = {.size = size}, .size = size};
  for (const CardPad& step : steps) {
    const imaging::Margins added = margins(step, place.size);
    place.image.x += added.left;
    place.image.y += added.top;
    place.size = imaging::padded_size(place.size, added);
  }
  return place;
}

}  // namespace mbench::baselines

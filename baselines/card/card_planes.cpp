#include "baselines/card/card_planes.hpp"

#include <algorithm>
#include <cmath>

#include "imaging/eight_bit.hpp"
#include "imaging/resample_area.hpp"

namespace mbench::baselines {
namespace {

using Program = CardResize::Program;
using Precision = CardResize::Depth;

template <typename To, typename From>
Plane<To> converted(const Plane<From>& plane) {
  Plane<To> result{plane.size()};
  std::ranges::transform(plane.values(), result.values().begin(),
                         [](From value) { return static_cast<To>(value); });
  return result;
}

template <typename To, typename From>
Plane<Rgb<To>> converted(const Plane<Rgb<From>>& image) {
  Plane<Rgb<To>> result{image.size()};
  std::ranges::transform(image.values(), result.values().begin(), [](const Rgb<From>& pixel) {
    return Rgb<To>{static_cast<To>(pixel.r), static_cast<To>(pixel.g), static_cast<To>(pixel.b)};
  });
  return result;
}

/// [0, 255] -> [0, 1]
Plane<double> unit(Plane<double> levels) {
  for (double& level : levels.values()) level /= 255.0;
  return levels;
}

std::vector<Plane<double>> channels_of(const Plane<Rgb<double>>& image) {
  std::vector<Plane<double>> channels(3, Plane<double>{image.size()});
  for (std::size_t i = 0; i < image.values().size(); ++i) {
    const Rgb<double>& pixel = image.values()[i];
    channels[0].values()[i] = pixel.r;
    channels[1].values()[i] = pixel.g;
    channels[2].values()[i] = pixel.b;
  }
  return channels;
}

std::vector<Plane<double>> unit_channels_of(const Plane<Rgb<double>>& levels) {
  std::vector<Plane<double>> channels = channels_of(levels);
  for (Plane<double>& channel : channels) channel = unit(std::move(channel));
  return channels;
}

Plane<double> resized_channel(const Plane<double>& channel, Size size, const CardResize& rule) {
  if (rule.program == Program::skimage) {
    return imaging::resize_skimage(channel, size, rule.skimage);
  }
  if (rule.depth == Precision::double_precision) {
    return imaging::resize_opencv(channel, size, rule.interpolation);
  }
  const Plane<float> numbers = converted<float>(channel);
  return converted<double>(rule.program == Program::area
                               ? imaging::resize_area(numbers, size)
                               : imaging::resize_opencv(numbers, size, rule.interpolation));
}

std::uint8_t to_level(double number) {
  return static_cast<std::uint8_t>(std::lround(std::clamp(number, 0.0, 1.0) * 255.0));
}

imaging::Margins margins(const CardPad& step, Size size) {
  imaging::Margins added{step.frame, step.frame, step.frame, step.frame};
  if (step.multiple == 0) return added;
  const auto rest = [&](int side) { return side % step.multiple; };
  const bool any = rest(size.width) != 0 || rest(size.height) != 0;
  const bool whole_block =
      step.always == CardPad::Always::yes || (step.always == CardPad::Always::together && any);
  const auto missing = [&](int side) {
    return rest(side) == 0 && !whole_block ? 0 : step.multiple - rest(side);
  };
  const int rows = missing(size.height), columns = missing(size.width);
  const bool centred = step.where == CardPad::Where::centre;
  const int above = centred ? rows / 2 : 0, left = centred ? columns / 2 : 0;
  added.top += above;
  added.bottom += rows - above;
  added.left += left;
  added.right += columns - left;
  return added;
}

}  // namespace

Plane<double> resized_levels(const Plane<std::uint8_t>& levels, Size size, const CardResize& rule) {
  if (size == levels.size()) return unit(converted<double>(levels));
  switch (rule.program) {
    case Program::skimage: return imaging::resize_skimage(levels.view(), size, rule.skimage);
    case Program::pillow:
      return unit(converted<double>(imaging::resize_pillow(levels, size, rule.pillow)));
    case Program::area: return resized_channel(unit(converted<double>(levels)), size, rule);
    case Program::opencv: break;
  }
  if (rule.depth == Precision::bits8) {
    return unit(converted<double>(imaging::resize_opencv(levels, size, rule.interpolation)));
  }
  if (rule.depth == Precision::double_precision) {
    return resized_channel(unit(converted<double>(levels)), size, rule);
  }
  return unit(converted<double>(
      imaging::resize_opencv(converted<float>(levels), size, rule.interpolation)));
}

Plane<std::uint8_t> resized_bytes(const Plane<std::uint8_t>& levels, Size size,
                                  const CardResize& rule) {
  if (size == levels.size()) return levels;
  const Plane<double> resized = resized_levels(levels, size, rule);
  Plane<std::uint8_t> result{size};
  std::ranges::transform(resized.values(), result.values().begin(), to_level);
  return result;
}

std::vector<Plane<double>> resized_colours(const Image& image, Size size, const CardResize& rule) {
  if (size == image.size()) return channels_of(to_f64(image));
  const bool eight_bit = image.depth() == Depth::u8;
  if (rule.program == Program::skimage) {
    return channels_of(
        eight_bit ? imaging::resize_skimage(imaging::eight_bit(image).view(), size, rule.skimage)
                  : imaging::resize_skimage(to_f64(image).view(), size, rule.skimage));
  }
  if (rule.program == Program::pillow) {
    return unit_channels_of(
        converted<double>(imaging::resize_pillow(imaging::eight_bit(image), size, rule.pillow)));
  }
  const bool in_units = rule.program == Program::area ||
                        rule.depth == Precision::double_precision ||
                        (rule.depth == Precision::single_precision && !eight_bit);
  if (in_units) return resized_channels(channels_of(to_f64(image)), size, rule);
  const Plane<Rgb<std::uint8_t>> levels = imaging::eight_bit(image);
  return unit_channels_of(
      rule.depth == Precision::bits8
          ? converted<double>(imaging::resize_opencv(levels, size, rule.interpolation))
          : converted<double>(
                imaging::resize_opencv(converted<float>(levels), size, rule.interpolation)));
}

std::vector<Plane<double>> resized_channels(std::vector<Plane<double>> channels, Size size,
                                            const CardResize& rule) {
  if (channels.front().size() == size) return channels;
  // scikit-image clips to the range of all colours together.
  if (rule.program == Program::skimage && channels.size() == 3) {
    Plane<Rgb<double>> colours{channels.front().size()};
    for (std::size_t i = 0; i < colours.values().size(); ++i) {
      colours.values()[i] = {channels[0].values()[i], channels[1].values()[i],
                             channels[2].values()[i]};
    }
    return channels_of(imaging::resize_skimage(colours, size, rule.skimage));
  }
  for (Plane<double>& channel : channels) channel = resized_channel(channel, size, rule);
  return channels;
}

Plane<float> resized_numbers(const Plane<float>& numbers, Size size, const CardResize& rule) {
  if (size == numbers.size()) return numbers;
  if (rule.program == Program::skimage) {
    return imaging::resize_skimage(numbers.view(), size, rule.skimage);
  }
  if (rule.depth != Precision::bits8) {
    return converted<float>(resized_channel(converted<double>(numbers), size, rule));
  }
  Plane<std::uint8_t> levels{numbers.size()};
  std::ranges::transform(numbers.values(), levels.values().begin(), [](float number) {
    return static_cast<std::uint8_t>(std::lround(std::clamp(number, 0.0F, 1.0F) * 255.0F));
  });
  return converted<float>(resized_levels(levels, size, rule));
}

Image resized_picture(const Image& image, Size size, const CardResize& rule) {
  if (size == image.size()) return image;
  CardResize kept = rule;
  const bool loses_depth = rule.program == Program::opencv && rule.depth == Precision::bits8;
  if (loses_depth && image.depth() != Depth::u8) kept.depth = Precision::single_precision;
  const std::vector<Plane<double>> channels = resized_colours(image, size, kept);
  const auto joined = [&]<typename T>(const auto& value) {
    Plane<Rgb<T>> result{size};
    for (std::size_t i = 0; i < result.values().size(); ++i) {
      result.values()[i] = {value(channels[0].values()[i]), value(channels[1].values()[i]),
                            value(channels[2].values()[i])};
    }
    return Image{std::move(result)};
  };
  if (image.depth() == Depth::u8) {
    return joined.template operator()<std::uint8_t>(to_level);
  }
  return joined.template operator()<float>(
      [](double number) { return static_cast<float>(number); });
}

Plane<double> padded(Plane<double> plane, std::span<const CardPad> steps, PadValue value) {
  for (const CardPad& step : steps) {
    const imaging::Margins added = margins(step, plane.size());
    switch (step.mode) {
      case CardPad::Mode::reflect: plane = imaging::pad_reflect(plane, added); break;
      case CardPad::Mode::edge: plane = imaging::pad_edge(plane, added); break;
      case CardPad::Mode::constant:
        plane = imaging::pad_constant(plane, added,
                                      value == PadValue::level ? step.value / 255.0 : step.value);
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

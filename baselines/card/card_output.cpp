#include "baselines/card/card_output.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

#include <fmt/core.h>
#include <fmt/format.h>

#include "core/error.hpp"

namespace mbench::baselines {
namespace {

using Number = Plane<float>;

[[noreturn]] void refuse(std::string what, std::string expected, std::string found,
                         std::string fix = "check the card's [[output]] against the network") {
  throw Error{ErrorKind::method,
              {.what = std::move(what),
               .expected = std::move(expected),
               .found = std::move(found),
               .fix = std::move(fix)}};
}

const NamedArray& find_output(const CardOutput& output, std::span<const NamedArray> answer) {
  if (output.name.empty()) {
    if (static_cast<std::size_t>(output.index) < answer.size()) return answer[output.index];
    refuse("the network has no such output", fmt::format("an output of index {}", output.index),
           fmt::format("{} outputs", answer.size()));
  }
  std::vector<std::string> names;
  for (const NamedArray& array : answer) {
    if (array.name == output.name) return array;
    names.push_back(array.name);
  }
  refuse("the network has no such output", fmt::format("'{}'", output.name),
         fmt::format("outputs: {}", fmt::join(names, ", ")));
}

/// One image's channels of an array: [1, C, H, W], [C, H, W], [1, H, W] or [H, W], channels last
/// where the card says so.
class Channels {
 public:
  Channels(bool channels_last, const Array& array) : array_{array} {
    std::vector<std::int64_t> shape = array.shape;
    if (shape.size() == 4 && shape.front() == 1) shape.erase(shape.begin());
    if (shape.size() == 2) shape.insert(channels_last ? shape.end() : shape.begin(), 1);
    const auto sane = [](std::int64_t length) { return length >= 1 && length <= (1 << 20); };
    if (shape.size() != 3 || !std::ranges::all_of(shape, sane)) {
      refuse("the network's output is no image", "[1, C, H, W] or [H, W]",
             fmt::format("[{}]", fmt::join(array.shape, ", ")));
    }
    if (channels_last) std::rotate(shape.begin(), shape.end() - 1, shape.end());
    count_ = shape[0];
    size_ = {.width = static_cast<int>(shape[2]), .height = static_cast<int>(shape[1])};
    channel_step_ = channels_last ? 1 : size_.pixels();
    pixel_step_ = channels_last ? count_ : 1;
  }

  [[nodiscard]] std::int64_t count() const { return count_; }
  [[nodiscard]] Size size() const { return size_; }
  [[nodiscard]] float operator()(std::int64_t channel, std::int64_t pixel) const {
    return array_.values[static_cast<std::size_t>(channel * channel_step_ + pixel * pixel_step_)];
  }

 private:
  const Array& array_;
  std::int64_t count_{}, channel_step_{}, pixel_step_{};
  Size size_{};
};

/// Whether an answer of this size belongs to an input of that one: networks that shrink by their
/// stride round up or down.
bool fits(Size answer, Size input, double stride) {
  const auto side_fits = [&](int length, int whole) {
    const double exact = whole / stride;
    return length == std::max(1.0, std::floor(exact)) || length == std::ceil(exact);
  };
  return side_fits(answer.width, input.width) && side_fits(answer.height, input.height);
}

void require_fitting_size(const CardOutput& output, const Array& array, Size answer, Size input) {
  if (fits(answer, input, output.stride)) return;
  const bool other_layout_fits =
      fits(Channels{!output.channels_last, array}.size(), input, output.stride);
  refuse(
      "the network's answer has not the size of its input",
      output.stride == 1.0
          ? fmt::format("{}, as the card feeds it", to_string(input))
          : fmt::format("{} divided by stride = {}", to_string(input), output.stride),
      fmt::format("{}, of [{}]", to_string(answer), fmt::join(array.shape, ", ")),
      other_layout_fits
          ? fmt::format("say layout = \"{}\" in [[output]]", output.channels_last ? "nchw" : "nhwc")
          : std::string{"say stride = 4 in [[output]] of a network whose answer is 4 times "
                        "smaller, or take another output"});
}

/// exp(value) / sum over all channels, computed from the largest.
float softmax(const Channels& channels, std::int64_t channel, std::int64_t pixel) {
  float largest = channels(0, pixel);
  for (std::int64_t c = 1; c < channels.count(); ++c) {
    largest = std::max(largest, channels(c, pixel));
  }
  double sum = 0.0;
  for (std::int64_t c = 0; c < channels.count(); ++c) {
    sum += std::exp(static_cast<double>(channels(c, pixel) - largest));
  }
  return static_cast<float>(std::exp(static_cast<double>(channels(channel, pixel) - largest)) /
                            sum);
}

float activated(const CardOutput& output, const Channels& channels, std::int64_t channel,
                std::int64_t pixel) {
  const float value = channels(channel, pixel);
  switch (output.activation) {
    case CardOutput::Activation::sigmoid:
      return static_cast<float>(1.0 / (1.0 + std::exp(-static_cast<double>(value))));
    case CardOutput::Activation::softmax: return softmax(channels, channel, pixel);
    case CardOutput::Activation::none: break;
  }
  return value;
}

/// At every pixel the level of the most probable class, the first of equal ones.
Plane<std::uint8_t> class_levels(const std::vector<Number>& classes) {
  constexpr std::array<std::uint8_t, 3> kThree{0, 128, 255};
  constexpr std::array<std::uint8_t, 2> kTwo{0, 255};
  Plane<std::uint8_t> levels{classes.front().size()};
  for (std::size_t i = 0; i < levels.values().size(); ++i) {
    std::size_t best = 0;
    for (std::size_t c = 1; c < classes.size(); ++c) {
      if (classes[c].values()[i] > classes[best].values()[i]) best = c;
    }
    levels.values()[i] = classes.size() == 3 ? kThree[best] : kTwo[best];
  }
  return levels;
}

/// `level`: 0 where the class is background, 1 where it is foreground, between where it is unknown
/// or classes were blended by resizing.
float with_level(CardFusion fusion, double level, float alpha) {
  // GFM's program comes here by way of grey levels, which may cost a bit.
  const double by_grey = level * 255.0 / 255.0;
  switch (fusion) {
    case CardFusion::add: return static_cast<float>(by_grey + static_cast<double>(alpha));
    case CardFusion::subtract: return static_cast<float>(by_grey - static_cast<double>(alpha));
    default: break;
  }
  if (level == 0.0) return 0.0F;
  return level == 1.0 ? 1.0F : alpha;
}

/// `background`, `unknown`, `foreground`: probabilities of one pixel.
float with_probabilities(CardFusion fusion, float background, float unknown, float foreground,
                         float alpha) {
  if (fusion == CardFusion::soft) return foreground + unknown * alpha;
  const float known = foreground + background;
  return (known > 0.0F ? (1.0F - unknown) * (foreground / known) : 0.0F) + unknown * alpha;
}

/// AIM-Net's three scores as one number: 0 background, 1 foreground.
Number unified(const std::vector<Number>& scores) {
  Number result{scores.front().size()};
  for (std::size_t i = 0; i < result.values().size(); ++i) {
    const float background = scores[0].values()[i], unknown = scores[1].values()[i],
                foreground = scores[2].values()[i];
    result.values()[i] =
        (unknown * 0.5F + foreground) / std::max(background + unknown + foreground, 1e-12F);
  }
  return result;
}

/// Where the unified number is certain it is the answer.
float with_unified(float number, float alpha) {
  const float certainty = 2.0F * std::abs(number - 0.5F);
  return (1.0F - certainty) * alpha + certainty * number;
}

/// From its smallest and largest value to 0 and 1; all 0 if these are equal.
void stretch(Number& plane) {
  const auto [low, high] = std::ranges::minmax(plane.values());
  for (float& value : plane.values()) value = low == high ? 0.0F : (value - low) / (high - low);
}

/// As an image of 8 bits holds it.
float at_depth(CardOutput::Depth depth, float value) {
  const float level = std::clamp(value, 0.0F, 1.0F) * 255.0F;
  return static_cast<float>(
      (depth == CardOutput::Depth::down ? std::floor(level) : std::round(level)) / 255.0);
}

}  // namespace

std::vector<Number> card_planes(const CardOutput& output, std::span<const NamedArray> answer,
                                const PaddedPlace& place) {
  const NamedArray& array = find_output(output, answer);
  const Channels channels{output.channels_last, array.array};
  require_fitting_size(output, array.array, channels.size(), place.size);
  std::vector<Number> planes;
  for (const int channel : output.channels) {
    if (channel >= channels.count()) {
      refuse("the network's output has no such channel", fmt::format("channel {}", channel),
             fmt::format("{} channels, counted from 0", channels.count()));
    }
    Number plane{channels.size()};
    for (std::int64_t i = 0; i < channels.size().pixels(); ++i) {
      const double value = activated(output, channels, channel, i);
      plane.values()[static_cast<std::size_t>(i)] =
          static_cast<float>(value * output.scale + output.offset);
    }
    const auto finite = [](float value) { return std::isfinite(value); };
    if (!std::ranges::all_of(plane.values(), finite)) {
      refuse("the network gave numbers that are not finite", "finite numbers at every pixel",
             "NaN or infinity");
    }
    if (output.stretch) stretch(plane);
    if (output.depth != CardOutput::Depth::floats) {
      for (float& value : plane.values()) value = at_depth(output.depth, value);
    }
    planes.push_back(imaging::crop(resized_numbers(plane, place.size, output.resize), place.image));
  }
  return planes;
}

Number fused_alpha(const Card& card, const std::vector<std::vector<Number>>& outputs, Size image) {
  const auto find = [&](CardOutput::Role role) {
    return static_cast<std::size_t>(std::ranges::find(card.outputs, role, &CardOutput::role) -
                                    card.outputs.begin());
  };
  const std::size_t classes_index = find(CardOutput::Role::classes);
  if (card.fusion == CardFusion::trimap) {
    const Plane<double> levels = resized_levels(class_levels(outputs[classes_index]), image,
                                                card.outputs[classes_index].resize);
    Number alpha{image};
    std::ranges::transform(levels.values(), alpha.values().begin(), [](double level) {
      return with_level(CardFusion::classes, level, 0.5F);
    });
    return alpha;
  }
  const std::size_t alpha_index = find(CardOutput::Role::alpha);
  const CardResize& back = card.outputs[alpha_index].resize;
  const Number& answer = outputs[alpha_index].front();
  const Size size = card.fuse_at_network ? answer.size() : image;
  Number alpha = resized_numbers(answer, size, back);
  if (card.fusion == CardFusion::alpha) return resized_numbers(alpha, image, back);

  const CardResize& classes_back = card.outputs[classes_index].resize;
  const std::vector<Number>& classes = outputs[classes_index];
  switch (card.fusion) {
    case CardFusion::unified: {
      const Number numbers = resized_numbers(unified(classes), size, classes_back);
      std::ranges::transform(numbers.values(), alpha.values(), alpha.values().begin(),
                             with_unified);
      break;
    }
    case CardFusion::soft:
    case CardFusion::soft_share: {
      std::vector<Number> scores;
      for (const Number& plane : classes) {
        scores.push_back(resized_numbers(plane, size, classes_back));
      }
      for (std::size_t i = 0; i < alpha.values().size(); ++i) {
        alpha.values()[i] =
            with_probabilities(card.fusion, scores[0].values()[i], scores[1].values()[i],
                               scores[2].values()[i], alpha.values()[i]);
      }
      break;
    }
    default: {
      const Plane<double> levels = resized_levels(class_levels(classes), size, classes_back);
      std::ranges::transform(
          levels.values(), alpha.values(), alpha.values().begin(),
          [&](double level, float value) { return with_level(card.fusion, level, value); });
    }
  }
  return resized_numbers(alpha, image, back);
}

}  // namespace mbench::baselines

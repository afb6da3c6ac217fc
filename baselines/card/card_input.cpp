#include "baselines/card/card_input.hpp"

#include <algorithm>
#include <utility>

#include "baselines/card/card_planes.hpp"
#include "baselines/nearness.hpp"
#include "baselines/segmentation_input.hpp"
#include "baselines/trimap_input.hpp"
#include "imaging/eight_bit.hpp"

namespace mbench::baselines {
namespace {

using Channels = std::vector<Plane<double>>;
using Stage = CardInput::Normalise;

/// One channel for each row of the coding.
Channels coded(const Plane<double>& levels, const CardInput& rules) {
  Channels channels;
  for (const std::array<float, 3>& values : rules.coding) {
    Plane<double> channel{levels.size()};
    std::ranges::transform(levels.values(), channel.values().begin(), [&](double level) {
      if (level == 0.0) return values[0];
      return level == 1.0 ? values[2] : values[1];
    });
    channels.push_back(std::move(channel));
  }
  return channels;
}

/// Whether the coding comes before resizing: levels between the three have no code.
bool codes_first(const CardInput& rules) {
  const bool nearest = rules.resize.program == CardResize::Program::opencv &&
                       rules.resize.interpolation == imaging::Interpolation::nearest;
  return !rules.coding.empty() && (!nearest || rules.nearness);
}

Channels nearness(const Channels& certain) {
  Channels channels;
  for (const Plane<float>& map : nearness_maps(certain[0], certain[1])) {
    Plane<double> channel{map.size()};
    std::ranges::copy(map.values(), channel.values().begin());
    channels.push_back(std::move(channel));
  }
  return channels;
}

/// A black image stays black.
void divide_by_largest(Channels& channels) {
  double largest = 0.0;
  for (const Plane<double>& channel : channels) {
    largest = std::max(largest, *std::ranges::max_element(channel.values()));
  }
  if (largest == 0.0) return;
  for (Plane<double>& channel : channels) {
    for (double& value : channel.values()) value /= largest;
  }
}

/// Within [0, range] unless it is coded, then normalised. In single precision each step is rounded;
/// in double precision the last one is.
template <typename T>
void normalise(Plane<double>& channel, const CardInput& rules, std::size_t index, bool is_coded) {
  const auto of_channel = [&](const std::vector<double>& values, T fallback) {
    if (values.empty()) return fallback;
    return static_cast<T>(values.size() == 1 ? values.front() : values[index]);
  };
  const T mean = of_channel(rules.mean, T{0}), deviation = of_channel(rules.deviation, T{1});
  const auto range = static_cast<T>(rules.range), before = static_cast<T>(rules.divide_before),
             after = static_cast<T>(rules.divide);
  for (double& value : channel.values()) {
    auto number = static_cast<T>(is_coded ? value : value * rules.range);
    if (rules.invert) number = range - number;
    value = static_cast<float>((number / before - mean) / deviation / after);
  }
}

/// The channels of one input, padded.
Channels input_channels(const Card& card, const CardInput& rules, const MattingInput& input,
                        Size size, const Image* background) {
  Channels channels;
  bool is_coded = false;
  const auto code = [&] {
    if (is_coded || rules.coding.empty()) return;
    channels = coded(channels.front(), rules);
    is_coded = true;
  };
  const auto normalise_all = [&] {
    code();
    for (std::size_t i = 0; i < channels.size(); ++i) {
      rules.in_doubles ? normalise<double>(channels[i], rules, i, is_coded)
                       : normalise<float>(channels[i], rules, i, is_coded);
    }
  };
  const bool resized_last = rules.normalise == Stage::image || codes_first(rules);
  if (rules.source == CardSource::image || rules.source == CardSource::background) {
    const Image& given = rules.source == CardSource::image ? input.image : *background;
    const Image picture = rules.eight_bit ? Image{imaging::eight_bit(given)} : given;
    channels = resized_colours(picture, resized_last ? picture.size() : size, rules.resize);
    if (rules.blue_first) std::swap(channels.front(), channels.back());
    if (rules.own_maximum) divide_by_largest(channels);
  } else {
    const bool trimap = rules.source == CardSource::trimap;
    const Plane<std::uint8_t>& levels =
        trimap ? require_trimap(input, "card") : require_segmentation(input, "card");
    channels = {resized_levels(levels, resized_last ? levels.size() : size, rules.resize)};
    if (codes_first(rules)) code();
  }
  if (rules.normalise == Stage::image) normalise_all();
  if (resized_last) channels = resized_channels(std::move(channels), size, rules.resize);
  if (rules.nearness) channels = nearness(channels);
  if (rules.normalise == Stage::resized) normalise_all();
  const bool are_numbers = is_coded || rules.normalise != Stage::padded;
  for (Plane<double>& channel : channels) {
    channel =
        padded(std::move(channel), card.pads, are_numbers ? PadValue::number : PadValue::level);
  }
  if (rules.normalise == Stage::padded) normalise_all();
  return channels;
}

Array to_array(const Channels& channels, bool channels_last) {
  const Size size = channels.front().size();
  const auto count = static_cast<std::int64_t>(channels.size());
  Array array{.shape = {1, count, size.height, size.width}};
  array.values.reserve(channels.size() * static_cast<std::size_t>(size.pixels()));
  if (!channels_last) {
    for (const Plane<double>& channel : channels) {
      for (const double value : channel.values()) {
        array.values.push_back(static_cast<float>(value));
      }
    }
    return array;
  }
  array.shape = {1, size.height, size.width, count};
  for (std::size_t i = 0; i < channels.front().values().size(); ++i) {
    for (const Plane<double>& channel : channels) {
      array.values.push_back(static_cast<float>(channel.values()[i]));
    }
  }
  return array;
}

}  // namespace

std::vector<NamedArray> card_tensors(const Card& card, const MattingInput& input, Size size,
                                     const Image* background) {
  std::vector<NamedArray> tensors;
  Channels channels;
  for (std::size_t i = 0; i < card.inputs.size(); ++i) {
    const CardInput& rules = card.inputs[i];
    for (Plane<double>& channel : input_channels(card, rules, input, size, background)) {
      channels.push_back(std::move(channel));
    }
    if (!rules.joins) tensors.push_back({.name = rules.name});
    const bool complete = i + 1 == card.inputs.size() || !card.inputs[i + 1].joins;
    if (!complete) continue;
    tensors.back().array = to_array(channels, rules.channels_last);
    channels.clear();
  }
  return tensors;
}

}  // namespace mbench::baselines

#include "baselines/card/card_input.hpp"

#include <algorithm>
#include <utility>

#include "baselines/card/card_planes.hpp"
#include "baselines/segmentation_input.hpp"
#include "baselines/trimap_input.hpp"

namespace mbench::baselines {
namespace {

using Channel = Plane<float>;

/// One channel for each row of the coding.
std::vector<Channel> coded(const Plane<double>& levels, const CardInput& rules) {
  std::vector<Channel> channels;
  for (const std::array<float, 3>& values : rules.coding) {
    Channel channel{levels.size()};
    std::ranges::transform(levels.values(), channel.values().begin(), [&](double level) {
      if (level == 0.0) return values[0];
      return level == 1.0 ? values[2] : values[1];
    });
    channels.push_back(std::move(channel));
  }
  return channels;
}

/// Within [0, range].
Channel ranged(const Plane<double>& unit, const CardInput& rules) {
  Channel channel{unit.size()};
  const auto range = static_cast<float>(rules.range);
  std::ranges::transform(unit.values(), channel.values().begin(), [&](double value) {
    const auto number = static_cast<float>(value * rules.range);
    return rules.invert ? range - number : number;
  });
  return channel;
}

std::vector<Channel> source_channels(const Card& card, const CardInput& rules,
                                     const MattingInput& input, Size size) {
  if (rules.source == CardSource::image) {
    std::vector<Channel> channels;
    for (Plane<double>& plane : resized_colours(input.image, size, rules.resize)) {
      channels.push_back(ranged(padded(std::move(plane), card.pads), rules));
    }
    if (rules.blue_first) std::swap(channels.front(), channels.back());
    return channels;
  }
  const bool trimap = rules.source == CardSource::trimap;
  const Plane<std::uint8_t>& levels =
      trimap ? require_trimap(input, "card") : require_segmentation(input, "card");
  const Plane<double> unit = padded(resized_levels(levels, size, rules.resize), card.pads);
  if (!rules.coding.empty()) return coded(unit, rules);
  return {ranged(unit, rules)};
}

void normalise(Channel& channel, const CardInput& rules, std::size_t index) {
  const auto of_channel = [&](const std::vector<float>& values, float fallback) {
    if (values.empty()) return fallback;
    return values.size() == 1 ? values.front() : values[index];
  };
  const float mean = of_channel(rules.mean, 0.0F), deviation = of_channel(rules.deviation, 1.0F);
  const auto divisor = static_cast<float>(rules.divide);
  for (float& value : channel.values()) value = (value - mean) / deviation / divisor;
}

Array to_array(const std::vector<Channel>& channels, bool channels_last) {
  const Size size = channels.front().size();
  const auto count = static_cast<std::int64_t>(channels.size());
  Array array{.shape = {1, count, size.height, size.width}};
  array.values.reserve(channels.size() * static_cast<std::size_t>(size.pixels()));
  if (!channels_last) {
    for (const Channel& channel : channels) {
      array.values.insert(array.values.end(), channel.values().begin(), channel.values().end());
    }
    return array;
  }
  array.shape = {1, size.height, size.width, count};
  for (std::size_t i = 0; i < channels.front().values().size(); ++i) {
    for (const Channel& channel : channels) array.values.push_back(channel.values()[i]);
  }
  return array;
}

}  // namespace

std::vector<NamedArray> card_tensors(const Card& card, const MattingInput& input, Size size) {
  std::vector<NamedArray> tensors;
  std::vector<Channel> channels;
  for (std::size_t i = 0; i < card.inputs.size(); ++i) {
    const CardInput& rules = card.inputs[i];
    std::size_t index = 0;
    for (Channel& channel : source_channels(card, rules, input, size)) {
      normalise(channel, rules, index++);
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

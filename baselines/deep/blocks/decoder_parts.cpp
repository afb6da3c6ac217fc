#include "baselines/deep/blocks/decoder_parts.hpp"

namespace mbench::deep {

std::vector<UnitPointer> conv_chain(const std::vector<std::int64_t>& channels) {
  std::vector<UnitPointer> units;
  for (std::size_t i = 1; i < channels.size(); ++i) {
    append_conv_bn_relu(units, channels[i - 1], channels[i]);
  }
  return units;
}

std::shared_ptr<Sequence> pyramid_level(std::int64_t in, std::int64_t out, std::int64_t factor) {
  std::vector<UnitPointer> units = conv_chain({in, out});
  units.push_back(unit<Upsample>(factor));
  return sequence(std::move(units));
}

std::shared_ptr<Sequence> dilated_bridge(std::int64_t channels) {
  std::vector<UnitPointer> units;
  for (int i = 0; i < 3; ++i) {
    append_conv_bn_relu(units, channels, channels, ConvOptions{.padding = 2, .dilation = 2});
  }
  return sequence(std::move(units));
}

}  // namespace mbench::deep

#pragma once
#include <span>
#include <vector>

#include "baselines/card/card.hpp"
#include "baselines/card/card_planes.hpp"
#include "baselines/card/runtime.hpp"

namespace mbench::baselines {

/// The channels that the card takes of a network's answer, without padding. Throws method if the
/// answer has no such output or channel, or numbers that are not finite.
[[nodiscard]] std::vector<Plane<float>> card_planes(const CardOutput& output,
                                                    std::span<const NamedArray> answer,
                                                    const PaddedPlace& place);

/// Alpha at the size of the image, not yet clipped, from the channels of the card's outputs, in the
/// card's order.
[[nodiscard]] Plane<float> fused_alpha(const Card& card,
                                       const std::vector<std::vector<Plane<float>>>& outputs,
                                       Size image);

}  // namespace mbench::baselines

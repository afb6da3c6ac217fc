#pragma once
#include "baselines/card/card.hpp"
#include "baselines/card/runtime.hpp"
#include "baselines/method.hpp"

namespace mbench::baselines {

/// What the network answers for this sample, fed and fused as the card says. `background`: the
/// picture without the subject, for cards that ask for one; else null. Throws bad_input if the
/// sample lacks a source, method if the network fails or its answer is not what the card says.
[[nodiscard]] Estimate card_estimate(const Card& card, const CardRuntime& runtime,
                                     const MattingInput& input, const Image* background = nullptr);

}  // namespace mbench::baselines

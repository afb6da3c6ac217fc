#pragma once
#include <vector>

#include "baselines/card/card.hpp"
#include "baselines/card/runtime.hpp"
#include "baselines/method.hpp"

namespace mbench::baselines {

/// The tensors that the card's network is to see of this sample at `size`, padding to be added.
/// `background`: the picture without the subject, for cards that ask for one; else null. Throws
/// bad_input if the sample lacks one of the card's sources.
[[nodiscard]] std::vector<NamedArray> card_tensors(const Card& card, const MattingInput& input,
                                                   Size size, const Image* background = nullptr);

}  // namespace mbench::baselines

#pragma once
#include <string>

#include "runners/explanation.hpp"

namespace mbench::app {

/// The scores of a pair under all protocols, and the switches behind every difference.
[[nodiscard]] std::string text_of_pair(const runners::PairExplanation& pair);
[[nodiscard]] std::string json_of_pair(const runners::PairExplanation& pair);

}  // namespace mbench::app

#pragma once
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "core/matte.hpp"
#include "core/trimap.hpp"

namespace mbench::testing {

/// The frame before, of the same clip.
struct PlainFrame {
  AlphaView predicted{};
  AlphaView truth{};
};

/// All of one size, with at least one pixel.
struct PlainInput {
  AlphaView predicted{};
  AlphaView truth{};
  TrimapView trimap{};
  TrimapView predicted_trimap{};
  std::optional<PlainFrame> before{};
};

/// Column and value; none where the score is undefined.
using PlainScores = std::vector<std::pair<std::string_view, std::optional<long double>>>;

/// The scores of a protocol for a frame of a clip, the first one if nothing came before, written
/// once more from the description of the program that it follows: no switches, one formula per
/// column. Throws std::invalid_argument for a protocol that is not described here: add it when you
/// add a protocol; and std::domain_error where the program has no sensible score, for a prediction
/// that it brings to 8 bits and that lies outside [0, 1].
[[nodiscard]] PlainScores plain_scores(std::string_view protocol_id, const PlainInput& input);

}  // namespace mbench::testing

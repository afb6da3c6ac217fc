#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/image.hpp"
#include "core/options.hpp"
#include "core/plane.hpp"
#include "core/random.hpp"
#include "core/rule.hpp"
#include "imaging/trimap_rules.hpp"

namespace mbench::datasets::compose {

/// What one composite is made of. Colour channels alone: the programs that rules follow ignore an
/// alpha channel of foregrounds, mattes and backgrounds.
struct Ingredients {
  PixelView<Rgb<std::uint8_t>> foreground{};
  /// As the file has it: grey mattes have three equal channels; what a rule reads of unequal ones
  /// is part of the rule. Same size as the foreground.
  PixelView<Rgb<std::uint8_t>> alpha{};
  PixelView<Rgb<std::uint8_t>> background{};  ///< of any size
  /// What some rules take besides, each of them without pixels where there is none. A rule that
  /// wants one and has none leaves its step out and says so in the particulars.
  /// Foreground and background without noise, computed beforehand, in the sizes of the noisy ones.
  PixelView<Rgb<std::uint8_t>> denoised_foreground{}, denoised_background{};
  /// Another foreground with its matte, of any size, to be merged with the first.
  PixelView<Rgb<std::uint8_t>> second_foreground{}, second_alpha{};
  /// The kind of image that the foreground comes from, if it is known.
  std::optional<imaging::ImageType> type{};
};

/// What a rule drew or computed on the way, as a receipt stores it: {"ratio",
/// "1.5666666666666667"}.
using Particulars = std::vector<std::pair<std::string, std::string>>;

/// What a rule gives.
struct Composite {
  Plane<Rgb<std::uint8_t>> image{};
  /// The background as it lies in the image: resized, cropped, perhaps blurred.
  Plane<Rgb<std::uint8_t>> background{};
  /// Where the rule changes the foreground or the matte (noise, merging of two): what they became.
  std::optional<Plane<Rgb<std::uint8_t>>> foreground{};
  std::optional<Plane<std::uint8_t>> alpha{};
  Particulars particulars{};
};

/// Which backgrounds a foreground is laid on.
enum class Pairing {
  /// Copy k of foreground i takes line i n + k of the background list [xu2017].
  in_order,
  /// The same after the list was shuffled by the seed, as published code does without one.
  shuffled,
};

/// One published way of making composites.
struct ComposeRule {
  RuleFacts facts;
  Pairing pairing{Pairing::in_order};
  /// Backgrounds per foreground: of test sets, and of training sets; 0: the source has no such set.
  /// Where a rule has an option `copies`, its value takes the place of train_copies.
  int test_copies{}, train_copies{};
  /// What it reads besides foreground, matte and background.
  bool takes_denoised{}, takes_second{}, takes_types{};
  /// Throws bad_input for sizes that do not fit together. `random` is the stream of this composite
  /// alone; a rule without draws leaves it.
  Composite (*compose)(const Ingredients& ingredients, const Options& options, Random random);
};

/// All rules, in the order of `mbench list rules`.
[[nodiscard]] std::span<const ComposeRule* const> all_rules();

/// Throws usage for an unknown rule, with the nearest one.
[[nodiscard]] const ComposeRule& find_rule(std::string_view id);

}  // namespace mbench::datasets::compose

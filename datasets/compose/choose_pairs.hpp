#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/compose/pairs.hpp"
#include "datasets/compose/rule.hpp"
#include "datasets/compose/sources.hpp"

namespace mbench::datasets::compose {

/// What the user says about the pairs of a set. Nothing at all is a choice, too.
struct PairingChoice {
  /// A published pairing, a CSV file of pairs, or "folders": all files in byte order. Empty: the
  /// lists, if given; else what is found (see choose_pairs).
  std::string pairing{};
  std::filesystem::path foreground_list{}, background_list{};  ///< both or neither
  int copies{};                    ///< per foreground; 0: as the rule's source has it
  std::optional<Pairing> order{};  ///< nothing: the rule's own
  OutputNames names{OutputNames::stem_copy};
  bool coco_2017{false};  ///< backgrounds are listed by the names of COCO 2014
  std::uint64_t seed{};
};

/// Pairs, and how a receipt says where they come from.
struct PairList {
  /// "composition-1k-test", "pairs.csv", "test_fg_names.txt + test_bg_names.txt", "folders".
  std::string source{};
  Pairing order{Pairing::in_order};
  int copies{};  ///< 0 where a list of pairs says it all
  std::vector<Pair> pairs{};
};

/// The published pairing to which most of these foregrounds belong.
struct PublishedMatch {
  std::string_view id{};    ///< "" if there is none
  std::size_t published{};  ///< how many foregrounds it has
  std::size_t shared{};     ///< how many of them are among the given ones
};
[[nodiscard]] PublishedMatch published_like(const std::vector<std::string>& foregrounds);

/// Without a choice, in this order: a published pairing whose foregrounds are exactly those of the
/// folder; lists as Adobe and Distinctions-646 call them (test_fg_names.txt and test_bg_names.txt,
/// training_..., fg_test.txt and bg_test.txt, fg_train.txt and bg_train.txt) in the folder above
/// the first folder of foregrounds or the one above that; the folders, unless most
/// foregrounds are those of a published pairing. Throws usage for an unknown
/// pairing or a list without its partner, bad_input for what cannot be read or does not go round.
/// Without a number of copies, the rule's for test or training sets, whichever makes use of all
/// backgrounds that are listed; its option `copies`, where it has one, stands for the latter.
[[nodiscard]] PairList choose_pairs(const PairingChoice& choice, const ComposeRule& rule,
                                    const Options& rule_options, const SourceFiles& foregrounds,
                                    const SourceFiles& backgrounds, const SourceFolders& folders);

}  // namespace mbench::datasets::compose

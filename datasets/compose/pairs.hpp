#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/size.hpp"
#include "datasets/compose/rule.hpp"

namespace mbench::datasets::compose {

/// One composite of a set, by the names that lists give.
struct Pair {
  std::string foreground{};    ///< file of the foreground; that of its matte has the same stem
  std::string background{};    ///< file of the background
  std::string output{};        ///< file of the composite: "girl_0.png"
  std::optional<Size> size{};  ///< of the composite, where it is published
  friend bool operator==(const Pair&, const Pair&) = default;
};

/// How composites are called. `i`: number of the foreground, `k`: of its copy, both from 0.
enum class OutputNames {
  stem_copy,   ///< "girl_0.png": stem of the foreground and k, as Adobe's program does
  index_line,  ///< "0_17.png": i and the line of the background in its list, as foamliu's does
};

/// Whether backgrounds may be left over.
enum class Surplus {
  refused,  ///< lists name exactly those that are needed
  allowed,  ///< a folder may hold any number
};

/// Copy k of foreground i lies on background i n + k; a single walk through the backgrounds.
struct PairingRule {
  int copies{1};  ///< n
  Pairing order{Pairing::in_order};
  std::uint64_t seed{};  ///< of the shuffling
  OutputNames names{OutputNames::stem_copy};
  Surplus surplus{Surplus::refused};
};

/// All pairs, in the order of the foregrounds. Throws bad_input unless there are #foregrounds times
/// `copies` backgrounds, and for names that would give two composites one name.
[[nodiscard]] std::vector<Pair> make_pairs(std::span<const std::string> foregrounds,
                                           std::span<const std::string> backgrounds,
                                           const PairingRule& rule);

/// Reads a list of pairs: CSV whose first line names the columns fg and bg, and perhaps index (from
/// 0, in order), merged (the composite's name; else it is made as stem_copy) and width and height;
/// other columns are not read. Throws bad_input naming the row.
[[nodiscard]] std::vector<Pair> parse_pairs(std::string_view csv);

/// What all copies of one foreground share: "girl" of "girl_3.png"; "" if the name has not this
/// form.
[[nodiscard]] std::string shared_stem(std::string_view output);

/// SHA-256 of all names, in order: two sets of the same pairs have the same.
[[nodiscard]] std::string pairs_sha256(std::span<const Pair> pairs);

}  // namespace mbench::datasets::compose

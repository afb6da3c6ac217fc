#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "datasets/compose/pairs.hpp"

namespace mbench::datasets::compose {

/// The test sets whose pairs are published and lie in the program: "composition-1k-test",
/// "distinctions-646-test".
[[nodiscard]] std::vector<std::string_view> published_pairings();

/// Their pairs, in the published order. Throws usage for another name.
[[nodiscard]] std::vector<Pair> published_pairs(std::string_view id);

}  // namespace mbench::datasets::compose

#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/dataset.hpp"

namespace mbench::datasets {

/// The samples whose tag has one of the values.
struct TagFilter {
  std::string tag{};
  std::vector<std::string> values{};
};

/// The I-th of N parts, I from 1 to N: sample number k (from 0) belongs to shard k mod N + 1. The
/// frames of a clip count as one sample: a shard has all of them or none.
struct Shard {
  int index{1};
  int count{1};
};

/// Reads "type=SO" or "type=SO,STM". Throws usage for anything else.
[[nodiscard]] TagFilter parse_tag_filter(std::string_view text);

/// Reads "2/4". Throws usage unless 1 <= I <= N.
[[nodiscard]] Shard parse_shard(std::string_view text);

/// What part of a data set to use.
struct Selection {
  std::vector<TagFilter> filters{};  ///< all must hold; two for one tag add up their values
  std::optional<int> limit{};        ///< at most so many samples, at least 1
  Shard shard{};
};

/// Keeps the samples of the selection, in their order: first the filters, then the limit, then the
/// shard of what is left. Problems of samples that are left out go with them; those that concern no
/// sample stay. Throws usage if a filter names a tag or a value that no sample has, listing those
/// present, and if nothing is left before the shards are dealt. A shard may be empty.
[[nodiscard]] Dataset select(Dataset dataset, const Selection& selection);

}  // namespace mbench::datasets

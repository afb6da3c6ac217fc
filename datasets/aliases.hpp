#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "datasets/dataset.hpp"

namespace mbench::datasets {

/// A published set, as a name means it.
struct NamedSet {
  const DatasetEntry* entry{};
  /// Options that the name says beside the set: "p3m-500-np" is p3m with part=np.
  std::vector<std::pair<std::string, std::string>> options{};
};

/// Adds the options that the name says, but for those that are given: an option says it better.
void add_named_options(const NamedSet& set,
                       std::vector<std::pair<std::string, std::string>>& given);

/// Do capitals, '-', '_' and '.' alone tell the names apart: "AIM-500" and "aim500"?
[[nodiscard]] bool is_same_spelling(std::string_view name, std::string_view other);

/// The set that is called so: by the id of its adapter or by an alias, in any spelling. The id of
/// a set in records and messages stays that of its adapter.
[[nodiscard]] std::optional<NamedSet> set_called(std::string_view name);

/// Other names of the set, as its makers write them: "P3M-10k", "P3M-500-P".
[[nodiscard]] std::vector<std::string_view> aliases_of(const DatasetEntry& entry);

}  // namespace mbench::datasets

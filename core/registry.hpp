#pragma once
#include <ranges>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace mbench {

/// The candidate that is closest to `name` by edit distance, or "" when none is close enough to be
/// a likely misspelling (more than a third of its letters differ).
[[nodiscard]] std::string nearest_name(std::string_view name,
                                       const std::vector<std::string_view>& candidates);

/// Throws a usage error: unknown `noun` 'name', the valid ids, and the nearest one. The hint names
/// `mbench list <listed>`, "" for that of the noun: <noun>s.
[[noreturn]] void throw_unknown_id(std::string_view name, const std::vector<std::string_view>& ids,
                                   std::string_view noun, std::string_view listed = {});

/// The entry of an ordered catalogue (a range of pointers to entries with a member `id`) whose id
/// is `name`. Throws a usage error that lists all ids and suggests the nearest.
/// `noun` is singular ("metric"); the hint names `mbench list <noun>s`.
template <typename Catalog>
[[nodiscard]] auto& find_by_id(const Catalog& catalog, std::string_view name,
                               std::string_view noun) {
  for (const auto* entry : catalog) {
    if (entry->id == name) return *entry;
  }
  std::vector<std::string_view> ids;
  for (const auto* entry : catalog) ids.push_back(entry->id);
  throw_unknown_id(name, ids, noun);
}

}  // namespace mbench

#include "datasets/aliases.hpp"

#include <algorithm>
#include <array>

namespace mbench::datasets {
namespace {

struct Alias {
  std::string_view name;    ///< as papers write it
  std::string_view id;      ///< of the adapter
  std::string_view part{};  ///< value of its option `part`
};

// The only list of other names. Spellings that is_same_spelling() covers need no entry, but those
// that papers use are shown.
constexpr std::array kAliases{
    Alias{"Adobe-Composition-1k", "composition-1k"},
    Alias{"Comp1k", "composition-1k"},
    Alias{"AIM-500", "aim500"},
    Alias{"AM-2k", "am2k"},
    Alias{"P3M-10k", "p3m"},
    Alias{"P3M-500-P", "p3m", "p"},
    Alias{"P3M-500-NP", "p3m", "np"},
    Alias{"PPM-100", "ppm100"},
    Alias{"alphamatting.com", "alphamatting"},
    Alias{"DUTS-TE", "duts", "test"},
    Alias{"DUTS-TR", "duts", "train"},
    Alias{"BG-20k", "bg20k"},
    Alias{"VideoMatte240K", "clips"},
};

std::string plain(std::string_view name) {
  std::string letters;
  for (const char c : name) {
    if (c == '-' || c == '_' || c == '.') continue;
    letters += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return letters;
}

}  // namespace

bool is_same_spelling(std::string_view name, std::string_view other) {
  return plain(name) == plain(other);
}

std::optional<NamedSet> set_called(std::string_view name) {
  const auto alias = std::ranges::find_if(
      kAliases, [&](const Alias& known) { return is_same_spelling(known.name, name); });
  for (const DatasetEntry* entry : all_adapters()) {
    const bool is_alias = alias != kAliases.end() && alias->id == entry->id;
    if (!is_alias && !is_same_spelling(entry->id, name)) continue;
    NamedSet set{.entry = entry};
    if (is_alias && !alias->part.empty()) set.options.emplace_back("part", alias->part);
    return set;
  }
  return std::nullopt;
}

void add_named_options(const NamedSet& set,
                       std::vector<std::pair<std::string, std::string>>& given) {
  for (const auto& option : set.options) {
    const bool is_given =
        std::ranges::any_of(given, [&](const auto& other) { return other.first == option.first; });
    if (!is_given) given.push_back(option);
  }
}

std::vector<std::string_view> aliases_of(const DatasetEntry& entry) {
  std::vector<std::string_view> names;
  for (const Alias& alias : kAliases) {
    if (alias.id == entry.id) names.push_back(alias.name);
  }
  return names;
}

}  // namespace mbench::datasets

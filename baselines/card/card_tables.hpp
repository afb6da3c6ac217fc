#pragma once
#include <string>

#include <toml++/toml.h>

#include "baselines/card/card.hpp"
#include "baselines/card/toml_reader.hpp"

// The tables of a card, each for itself. All throw bad_input as parse_card() does; `where` is the
// card's file.

namespace mbench::baselines {

/// No number in a card is larger.
inline constexpr double kLargestCardNumber = 1e6;

/// The rule at `key`, else `fallback`, and what it works on at `depth_key` ("" for a table without
/// such a key).
[[nodiscard]] CardResize read_resize(const TomlReader& reader, std::string_view key,
                                     std::string_view depth_key, CardResize fallback);

[[nodiscard]] CardSize read_size(const toml::table& table, const std::string& where,
                                 const std::string& name);
[[nodiscard]] CardFirstSize read_first_size(const toml::table& table, const std::string& where);
[[nodiscard]] CardPad read_pad(const toml::table& table, const std::string& where);
/// `folder`: of the card.
[[nodiscard]] CardInput read_input(const toml::table& table, const std::string& where,
                                   const std::filesystem::path& folder);
[[nodiscard]] CardOutput read_output(const toml::table& table, const std::string& where);

}  // namespace mbench::baselines

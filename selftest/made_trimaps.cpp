#include "selftest/made_trimaps.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "datasets/trimaps/rule.hpp"
#include "imaging/memory_io.hpp"
#include "selftest/difference.hpp"

namespace mbench::selftest {
namespace {

using Json = nlohmann::ordered_json;
namespace trimaps = datasets::trimaps;

constexpr std::string_view kFile = "manifest.json";

/// Where the name of one of our options stands in an entry of the manifest.
struct Key {
  std::string_view option, key;
};

/// What a rule is called there.
struct KnownRule {
  std::string_view name;
  std::string_view id;
  std::array<Key, 2> keys;
};

constexpr std::array kKnownRules{
    KnownRule{"gfm", "gfm", {{{"k", "kernel"}}}},
    KnownRule{"aim-usr", "usr", {{{"type", "type"}, {"k", "kernel"}}}},
    KnownRule{"gca", "gca", {{{"fg", "fg_kernel"}, {"bg", "bg_kernel"}}}},
    KnownRule{"grey-erode-dilate", "dimtorch", {{{"k", "kernel"}, {"i", "iterations"}}}},
    KnownRule{"foamliu", "foamliu", {{{"i", "iterations"}}}},
    KnownRule{"distance", "dist", {{{"r", "radius"}}}},
    KnownRule{"lsa", "lsa", {{{"b", "bg_radius"}, {"f", "fg_radius"}}}}};

/// One trimap that a program made.
struct Made {
  std::string alpha{};  ///< of ALPHA_alpha.png
  std::string op{};     ///< of ALPHA__OP.png
  std::string rule{};   ///< as the manifest calls it
  /// As it is spelled here; nothing for a rule that is not known.
  std::optional<std::string> spelling{};
};

[[noreturn]] void refuse(const std::string& where, std::string expected, std::string found) {
  throw Error{ErrorKind::bad_input,
              {.what = "manifest.json is not that of a folder of made trimaps",
               .where = where,
               .expected = std::move(expected),
               .found = std::move(found),
               .fix = "copy the folder of references again"}};
}

std::string text_of(const Json& entry, const char* key, const std::string& where) {
  const auto value = entry.find(key);
  if (value != entry.end() && value->is_string()) return value->get<std::string>();
  refuse(where, fmt::format("a text called '{}'", key), entry.dump());
}

std::string value_of(const Json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

/// Of an entry that uses the names of `mbench list rules`.
std::optional<std::string> spell_by_our_names(const Json& entry, std::string_view id) {
  const auto rules = trimaps::all_rules();
  const auto rule = std::ranges::find_if(
      rules, [&](const trimaps::TrimapRule* one) { return one->facts.id == id; });
  if (rule == rules.end() || (*rule)->draws) return std::nullopt;
  std::string spelling{id};
  for (const OptionSpec& option : (*rule)->facts.options) {
    const auto value = entry.find(option.name);
    if (value == entry.end()) continue;
    spelling += fmt::format(":{}={}", option.name, value_of(*value));
  }
  return spelling;
}

std::optional<std::string> spell(const Json& entry, std::string_view name,
                                 const std::string& where) {
  const auto known = std::ranges::find(kKnownRules, name, &KnownRule::name);
  if (known == kKnownRules.end()) return spell_by_our_names(entry, name);
  std::string spelling{known->id};
  for (const Key& key : known->keys) {
    const auto value = entry.find(key.key);
    // The size of AIM's element stands in no entry: it has always been the rule's own.
    if (key.key.empty() || (value == entry.end() && known->id == "usr")) continue;
    if (value == entry.end()) refuse(where, fmt::format("'{}'", key.key), entry.dump());
    spelling += fmt::format(":{}={}", key.option, value_of(*value));
  }
  return spelling;
}

std::optional<Json> parse(const References& references, std::string_view prefix) {
  const std::string file = fmt::format("{}{}", prefix, kFile);
  if (!references.has(file)) return std::nullopt;
  const std::vector<std::byte> bytes = references.read(file);
  const auto* text = reinterpret_cast<const char*>(bytes.data());
  Json json = Json::parse(text, text + bytes.size(), nullptr, false);
  if (json.is_discarded()) return std::nullopt;
  return json;
}

/// "" or "trimap/", where such a manifest lies.
std::optional<std::string_view> find_manifest(const References& references) {
  for (const std::string_view prefix : {"", "trimap/"}) {
    const auto json = parse(references, prefix);
    const bool names_trimaps =
        json && json->is_array() && !json->empty() &&
        std::ranges::all_of(*json, [](const Json& entry) {
          return entry.is_object() && entry.contains("alpha") && entry.contains("op");
        });
    if (names_trimaps) return prefix;
  }
  return std::nullopt;
}

std::vector<Made> read_manifest(const References& references, std::string_view prefix) {
  const Json json = parse(references, prefix).value();
  std::vector<Made> all;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const std::string where =
        fmt::format("{}: entry {}", references.place(fmt::format("{}{}", prefix, kFile)), i);
    Made made{.alpha = text_of(json[i], "alpha", where),
              .op = text_of(json[i], "op", where),
              .rule = text_of(json[i], "rule", where)};
    made.spelling = spell(json[i], made.rule, where);
    all.push_back(std::move(made));
  }
  return all;
}

template <typename Decode>
auto read(const References& references, const std::string& file, Decode decode) {
  try {
    return decode(references.read(file));
  } catch (const Error& error) {
    throw error.parts().where.empty() ? error.at(references.place(file)) : error;
  }
}

Matte read_alpha(const References& references, const std::string& file) {
  return read(references, file, [](const auto& bytes) { return imaging::decode_matte(bytes); });
}

Trimap read_trimap(const References& references, const std::string& file) {
  return read(references, file, [](const auto& bytes) { return imaging::decode_trimap(bytes); });
}

}  // namespace

constinit const Form trimaps_form{
    .id = "trimaps",
    .marker = "trimap/manifest.json",
    .description = "trimaps that published programs made, or the folder trimap alone",
    .recognises =
        [](const References& references) { return find_manifest(references).has_value(); },
    .embedded = embedded_trimaps};

std::vector<Row> run_made_trimaps(const References& references, const Settings&) {
  const std::string_view prefix = find_manifest(references).value();
  std::vector<Comparison> rows;
  std::vector<Row> unknown;
  std::map<std::string, std::size_t> row_of_rule;
  std::map<std::string, Matte> mattes;
  for (const Made& made : read_manifest(references, prefix)) {
    if (!made.spelling) {
      if (std::ranges::find(unknown, made.rule, &Row::group) == unknown.end()) {
        unknown.push_back({.group = made.rule, .verdict = Verdict::not_known});
      }
      continue;
    }
    const trimaps::ChosenRule rule = trimaps::choose_rule(*made.spelling);
    const std::string id{rule.rule->facts.id};
    const auto [row, is_new] = row_of_rule.emplace(id, rows.size());
    if (is_new) rows.emplace_back(id, "pixels", Reference::program, Bound{});
    auto alpha = mattes.find(made.alpha);
    if (alpha == mattes.end()) {
      const std::string file = fmt::format("{}{}_alpha.png", prefix, made.alpha);
      alpha = mattes.emplace(made.alpha, read_alpha(references, file)).first;
    }
    const std::string name = fmt::format("{}__{}", made.alpha, made.op);
    const Trimap expected = read_trimap(references, fmt::format("{}{}.png", prefix, name));
    const Trimap found = trimaps::make_trimap(rule, {.alpha = alpha->second}, 0, made.alpha).trimap;
    add_largest(rows[row->second], name, difference(expected.view(), found.view()));
  }
  std::vector<Row> result;
  for (const Comparison& comparison : rows) result.push_back(comparison.row());
  result.insert(result.end(), unknown.begin(), unknown.end());
  return result;
}

}  // namespace mbench::selftest

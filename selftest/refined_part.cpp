#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <vector>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "baselines/foreground/layers.hpp"
#include "baselines/foreground/refined.hpp"
#include "core/error.hpp"
#include "imaging/memory_io.hpp"
#include "selftest/compose_parts.hpp"
#include "selftest/difference.hpp"

// Refined foregrounds [wang2022] in two forms. Of a case NAME, NAME_fg.png and NAME_alpha.png are
// what they were made from, and
//     NAME_refined.png, NAME_final.png    Algorithm 2
//     NAME_refined_rgb_float64.npy        the same before 8 bits
//     NAME_alg1_T<n>_rgb_float64.npy      n iterations of Algorithm 1
//     NAME_iter<n>.npy, NAME_iter<n>.png  the same, the image in 8 bits
// A meta.json beside them names S, kappa and T of Algorithm 2.

namespace mbench::selftest {
namespace {

using baselines::RefinementOptions;
using baselines::Rounding;

/// In units of 255; the program computes in double precision, and some files hold single.
constexpr Bound kRounding{.absolute = 1e-5};
/// Where 255 F lies next to an integer, truncation decides by the last digit.
constexpr Bound kOneLevel{.absolute = 1.0};
constexpr Bound kOnePerMille{.absolute = 1e-3};

/// A file of a case, by what follows NAME.
struct StoredResult {
  enum class Made { by_algorithm_1, by_algorithm_2, as_image };
  Made made{};
  RefinementOptions options{};
};

std::optional<int> number_after(std::string_view text, std::string_view before,
                                std::string_view behind) {
  if (!text.starts_with(before) || !text.ends_with(behind)) return std::nullopt;
  if (text.size() <= before.size() + behind.size()) return std::nullopt;
  text.remove_prefix(before.size());
  text.remove_suffix(behind.size());
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// What "_iter20.npy" and its like hold; nothing for another file.
std::optional<StoredResult> stored_result(std::string_view rest, const RefinementOptions& full) {
  using Made = StoredResult::Made;
  if (rest == "_refined.png" || rest == "_final.png") return StoredResult{Made::as_image, full};
  if (rest == "_refined_rgb_float64.npy") return StoredResult{Made::by_algorithm_2, full};
  const auto single = [&](int iterations) {
    return RefinementOptions{.scales = 1, .kappa = full.kappa, .iterations = iterations};
  };
  if (const auto n = number_after(rest, "_alg1_T", "_rgb_float64.npy")) {
    return StoredResult{Made::by_algorithm_1, single(*n)};
  }
  if (const auto n = number_after(rest, "_iter", ".npy"))
    return StoredResult{Made::by_algorithm_1, single(*n)};
  if (const auto n = number_after(rest, "_iter", ".png"))
    return StoredResult{Made::as_image, single(*n)};
  return std::nullopt;
}

std::vector<std::string> case_names(const References& references, std::string_view prefix) {
  constexpr std::string_view kInput = "_fg.png";
  std::vector<std::string> names;
  for (const std::string& file : references.files_in(folder_of(prefix))) {
    if (!file.ends_with(kInput)) continue;
    std::string name = file.substr(0, file.size() - kInput.size());
    if (references.has(fmt::format("{}{}_alpha.png", prefix, name))) {
      names.push_back(std::move(name));
    }
  }
  return names;
}

bool has_refined(const References& references, std::string_view prefix) {
  return !case_names(references, prefix).empty();
}

RefinementOptions full_options(const References& references, std::string_view prefix) {
  const std::string file = fmt::format("{}meta.json", prefix);
  if (!references.has(file)) return {};
  const std::vector<std::byte> bytes = references.read(file);
  const auto* const begin = reinterpret_cast<const char*>(bytes.data());
  try {
    const auto meta = nlohmann::json::parse(begin, begin + bytes.size());
    const RefinementOptions options{.scales = meta.at("S").get<int>(),
                                    .kappa = meta.at("kappa").get<double>(),
                                    .iterations = meta.at("T").get<int>()};
    baselines::require_refinable(options);
    return options;
  } catch (const Error& error) {
    throw error.at(references.place(file));
  } catch (const nlohmann::json::exception& error) {
    throw Error{ErrorKind::bad_input,
                {.what = "the parameters of the refined foregrounds cannot be read",
                 .where = references.place(file),
                 .expected = R"(JSON with the numbers "S", "kappa" and "T")",
                 .found = error.what()}};
  }
}

struct RefinedRows {
  Comparison single{"refined", "Algorithm 1", Reference::program, kRounding};
  Comparison full{"refined", "Algorithm 2", Reference::program, kRounding};
  Comparison image{"refined", "8 bits", Reference::program, kOneLevel};
  Comparison image_share{"refined", "8 bits, share", Reference::program, kOnePerMille};
};

void compare(const References& references, const std::string& start, const std::string& name,
             const RefinementOptions& full, RefinedRows& rows) {
  const auto foreground = baselines::unit_colours(read_colours(references, start + "_fg.png"));
  const auto alpha =
      baselines::unit_alpha(imaging::decode_matte(references.read(start + "_alpha.png")));
  const std::string folder = start.substr(0, start.size() - name.size());
  for (const std::string& file : references.files_in(folder_of(folder))) {
    if (!file.starts_with(name)) continue;
    const auto stored = stored_result(std::string_view{file}.substr(name.size()), full);
    if (!stored) continue;
    const auto refined = baselines::refine_foreground(foreground, alpha, stored->options);
    if (stored->made != StoredResult::Made::as_image) {
      const bool is_single = stored->made == StoredResult::Made::by_algorithm_1;
      add_largest(is_single ? rows.single : rows.full, file,
                  difference(read_colour_array(references, folder + file), refined));
      continue;
    }
    const Difference off = difference(read_colours(references, folder + file),
                                      baselines::to_u8(refined, Rounding::down));
    add_largest(rows.image, file, off);
    add_share(rows.image_share, file, off);
  }
}

/// What every case listed in meta.json has.
void add_what_is_missing(const References& references, std::string_view prefix, RefinedRows& rows) {
  const std::string list = fmt::format("{}meta.json", prefix);
  for (const std::string& name : listed_names(references, list, "case", "cases")) {
    for (const char* rest : {"_fg.png", "_alpha.png", "_refined.png"}) {
      const std::string file = fmt::format("{}{}{}", prefix, name, rest);
      if (!references.has(file)) add_missing(rows.image, name, file);
    }
    const std::string exact = fmt::format("{}{}_refined_rgb_float64.npy", prefix, name);
    if (!references.has(exact)) add_missing(rows.full, name, exact);
  }
}

std::vector<Row> refined_rows(const References& references, std::string_view prefix) {
  const RefinementOptions full = full_options(references, prefix);
  RefinedRows rows;
  add_what_is_missing(references, prefix, rows);
  for (const std::string& name : case_names(references, prefix)) {
    const std::string start = fmt::format("{}{}", prefix, name);
    try {
      compare(references, start, name, full, rows);
    } catch (const Error& error) {
      if (!error.parts().where.empty()) throw;
      throw error.at(references.place(start));
    }
  }
  std::vector<Row> result;
  for (const Comparison* row : {&rows.single, &rows.full, &rows.image, &rows.image_share}) {
    if (!row->empty()) result.push_back(row->row());
  }
  return result;
}

}  // namespace

constinit const ComposePart refined_part{
    .folder = "refined-fg", .recognises = has_refined, .rows = refined_rows};

}  // namespace mbench::selftest

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "imaging/resample.hpp"
#include "selftest/compose_parts.hpp"
#include "selftest/difference.hpp"

namespace mbench::selftest {
namespace {

constexpr std::string_view kInput = "_in.png";

struct FilterFile {
  imaging::PillowFilter filter;
  std::string_view name;
};
constexpr std::array kFilters{FilterFile{imaging::PillowFilter::bicubic, "bicubic"},
                              FilterFile{imaging::PillowFilter::bilinear, "bilinear"}};

/// "r00" of "r00_in.png", with a reference beside it.
std::vector<std::string> cases(const References& references, std::string_view prefix) {
  std::vector<std::string> names;
  for (const std::string& file : references.files_in(folder_of(prefix))) {
    if (!file.ends_with(kInput)) continue;
    std::string name = file.substr(0, file.size() - kInput.size());
    if (std::ranges::any_of(kFilters, [&](const FilterFile& filter) {
          return references.has(fmt::format("{}{}_{}.png", prefix, name, filter.name));
        })) {
      names.push_back(std::move(name));
    }
  }
  return names;
}

std::vector<Row> resize_rows(const References& references, std::string_view prefix) {
  std::set<std::string> names;  // what lies there, and what manifest.json lists
  for (std::string& name : cases(references, prefix)) names.insert(std::move(name));
  const std::string list = fmt::format("{}manifest.json", prefix);
  for (std::string& name : listed_names(references, list, "id")) names.insert(std::move(name));
  std::vector<Row> rows;
  for (const FilterFile& entry : kFilters) {
    Comparison row{"pillow", entry.name, Reference::program, Bound{}};
    for (const std::string& name : names) {
      const std::string file = fmt::format("{}{}_{}.png", prefix, name, entry.name);
      if (!references.has(file)) {
        add_missing(row, name, file);
        continue;
      }
      const auto image = read_colours(references, fmt::format("{}{}{}", prefix, name, kInput));
      const auto expected = read_colours(references, file);
      const auto found = imaging::resize_pillow(image, expected.size(), entry.filter);
      add_largest(row, name, difference(expected, found));
    }
    rows.push_back(row.row());
  }
  return rows;
}

}  // namespace

constinit const ComposePart resize_part{
    .folder = "pil-resize",
    .recognises = [](const References& references,
                     std::string_view prefix) { return !cases(references, prefix).empty(); },
    .rows = resize_rows};

}  // namespace mbench::selftest

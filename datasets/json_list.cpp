#include "datasets/json_list.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "core/json_reader.hpp"
#include "core/text_file.hpp"
#include "core/utf8.hpp"
#include "datasets/folder_config.hpp"

namespace mbench::datasets {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kFix =
    "write it again with mmagic's preprocess_comp1k_dataset.py, or remove it: the folders are then "
    "read without it";
constexpr std::string_view kForm = R"([{"merged_path": "...", "alpha_path": "...", ...}, ...])";

constexpr std::pair<std::string_view, Role> kKeys[] = {
    {"merged_path", Role::image}, {"merged", Role::image},  {"alpha_path", Role::truth},
    {"alpha", Role::truth},       {"trimap", Role::trimap}, {"trimap_path", Role::trimap}};

[[noreturn]] void throw_no_list(const fs::path& file, std::string found) {
  throw Error{ErrorKind::bad_input,
              {.what = "a list of composites has a wrong form",
               .where = file.string(),
               .expected = std::string{kForm},
               .found = std::move(found),
               .fix = std::string{kFix}}};
}

Json parse(std::string_view text, const fs::path& file) {
  Json root;
  try {
    root = parse_json(text, file.string());
  } catch (const Error& no_json) {
    ErrorParts parts = no_json.parts();
    parts.fix = kFix;
    throw Error{no_json.kind(), std::move(parts)};
  }
  if (!root.is_array()) throw_no_list(file, root.type_name());
  return root;
}

Problem bad_entry(const fs::path& file, int number, std::string expected, std::string found) {
  return {.code = "list",
          .parts = {.what = "an entry of a list file cannot be used",
                    .where = fmt::format("{}, entry {}", file.string(), number),
                    .expected = std::move(expected),
                    .found = std::move(found),
                    .fix = "mend or remove the entry"},
          .file = file};
}

}  // namespace

std::vector<ListRow> read_json_list(const fs::path& file, std::vector<Problem>& problems) {
  return parse_json_list(read_text_file(file), file, problems);
}

std::vector<ListRow> parse_json_list(std::string_view text, const fs::path& file,
                                     std::vector<Problem>& problems) {
  std::vector<ListRow> rows;
  const std::size_t known = problems.size();
  int number = 0;
  for (const Json& entry : parse(text, file)) {
    ListRow row{.line = ++number};
    if (!entry.is_object()) throw_no_list(file, fmt::format("a {} in it", entry.type_name()));
    std::string unusable;
    for (const auto& [key, role] : kKeys) {
      const auto path = entry.find(key);
      if (path == entry.end()) continue;
      const std::string name = path->is_string() ? path->get<std::string>() : std::string{};
      if (!stays_inside(name) || !is_utf8(name)) unusable = path->dump();
      row.files[role] = fs::path{name}.lexically_normal();
    }
    if (!unusable.empty()) {
      problems.push_back(bad_entry(
          file, number, "paths in UTF-8, relative to the folder of the data set", unusable));
    } else if (!row.files.contains(Role::image)) {
      problems.push_back(bad_entry(file, number, "a composite: \"merged_path\"", "none"));
    } else {
      rows.push_back(std::move(row));
    }
  }
  if (!rows.empty()) return rows;
  if (known == problems.size()) throw_no_list(file, "no entries");
  ErrorParts parts = problems[known].parts;  // what is wrong with the first is so with all
  parts.what = fmt::format("none of the {} entries of a list file can be used", number);
  throw Error{ErrorKind::bad_input, std::move(parts)};
}

}  // namespace mbench::datasets

#include "datasets/tags.hpp"

#include <algorithm>
#include <cstddef>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/core.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/json_reader.hpp"
#include "core/text_file.hpp"
#include "datasets/csv.hpp"
#include "datasets/roles.hpp"

namespace mbench::datasets {
namespace fs = std::filesystem;
namespace {

[[noreturn]] void throw_tags_error(std::string what, std::string expected, std::string found) {
  throw Error{ErrorKind::bad_input,
              {.what = std::move(what),
               .expected = std::move(expected),
               .found = std::move(found),
               .fix = "docs/datasets.md shows both forms of a tags file"}};
}

void add_tag(Tags& tags, std::string_view stem, std::string name, std::string value) {
  if (name.empty() || name == "image" || name == "trimap" ||
      name.find_first_of("=,") != std::string::npos) {
    throw_tags_error(
        "a tag has a name that cannot be used",
        "a name without '=' and ',', and not 'image' or 'trimap', which mbench sets itself",
        fmt::format("'{}' of '{}'", name, stem));
  }
  const bool twice = std::ranges::any_of(tags, [&](const auto& tag) { return tag.first == name; });
  if (twice) throw_tags_error("a tag is given twice", "", fmt::format("'{}' of '{}'", name, stem));
  tags.emplace_back(std::move(name), std::move(value));
}

void add_image(TagsByStem& all, std::string stem, Tags tags) {
  const auto [existing, added] = all.emplace(std::move(stem), std::move(tags));
  if (!added) {
    throw_tags_error("an image is named twice", "one entry for each image",
                     fmt::format("'{}'", existing->first));
  }
}

std::string json_value(const nlohmann::ordered_json& value, std::string_view stem,
                       std::string_view name) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number() || value.is_boolean()) return value.dump();
  throw_tags_error("a tag has no plain value", "text, a number, true or false",
                   fmt::format("{} as '{}' of '{}'", value.type_name(), name, stem));
}

TagsByStem parse_json_tags(std::string_view text) {
  const nlohmann::ordered_json root = parse_json(text, "");
  if (!root.is_object()) {
    throw_tags_error("a tags file has a wrong form", R"({"STEM": {"TAG": "VALUE", ...}, ...})",
                     root.type_name());
  }
  TagsByStem all;
  for (const auto& [stem, values] : root.items()) {
    if (!values.is_object()) {
      throw_tags_error("a tags file has a wrong form", R"({"STEM": {"TAG": "VALUE", ...}, ...})",
                       fmt::format("{} for '{}'", values.type_name(), stem));
    }
    Tags tags;
    for (const auto& [name, value] : values.items()) {
      add_tag(tags, stem, name, json_value(value, stem, name));
    }
    add_image(all, stem, std::move(tags));
  }
  return all;
}

TagsByStem parse_csv_tags(std::string_view text) {
  const std::vector<CsvRow> rows = parse_csv(text);
  if (rows.empty() || rows.front().size() < 2 || rows.front().front() != "id") {
    throw_tags_error("a tags file has a wrong first line", "id,TAG,TAG, e.g. id,type,category",
                     rows.empty() ? "an empty file" : fmt::format("{}", fmt::join(rows[0], ",")));
  }
  const CsvRow& header = rows.front();
  TagsByStem all;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const CsvRow& row = rows[i];
    if (row == CsvRow{""}) continue;
    if (row.size() != header.size()) {
      throw_tags_error("a row of a tags file has another number of fields than the first",
                       fmt::format("{} fields", header.size()),
                       fmt::format("{} in row {}: {}", row.size(), i + 1, fmt::join(row, ",")));
    }
    Tags tags;
    for (std::size_t k = 1; k < row.size(); ++k) add_tag(tags, row[0], header[k], row[k]);
    add_image(all, row[0], std::move(tags));
  }
  return all;
}

std::string_view image_of(const SampleFiles& sample) {
  for (const auto& [name, value] : sample.tags) {
    if (name == "image") return value;  // only samples with several trimaps per image have it
  }
  return sample.id;
}

Problem missing_tags(const SampleFiles& sample, std::string_view image, const fs::path& file) {
  return {.code = "tags",
          .sample = sample.id,
          .parts = {.what = fmt::format("image '{}' has no tags", image),
                    .where = file.string(),
                    .expected = "an entry for every image, so that the groups of a table are "
                                "complete",
                    .fix = fmt::format("add an entry '{}' to the tags file", image)},
          .file = sample.image};
}

Problem unused_tags(const std::vector<std::string>& unused, const fs::path& file) {
  constexpr std::size_t kShown = 5;
  const std::vector<std::string> shown{
      unused.begin(),
      unused.begin() + static_cast<std::ptrdiff_t>(std::min(kShown, unused.size()))};
  return {.code = "tags",
          .parts = {.what = fmt::format("the tags file names {} images that are not there",
                                        unused.size()),
                    .where = file.string(),
                    .found = fmt::format("{}{}", fmt::join(shown, ", "),
                                         unused.size() > kShown ? ", ..." : ""),
                    .fix = "if the data set should be complete, images are missing"},
          .severity = Severity::warning};
}

}  // namespace

TagsByStem parse_tags(std::string_view text, std::string_view extension) {
  if (extension == ".json") return parse_json_tags(text);
  if (extension == ".csv") return parse_csv_tags(text);
  throw_tags_error("a tags file has an unknown ending", ".json or .csv", std::string{extension});
}

TagsByStem read_tags(const fs::path& file) {
  const std::string text = read_text_file(file);
  try {
    return parse_tags(text, lower_case(file.extension().string()));
  } catch (const Error& error) {
    throw error.at(file.string());
  }
}

std::optional<imaging::ImageType> type_of(const TagsByStem& tags, const std::string& stem) {
  const auto found = tags.find(stem);
  if (found == tags.end()) return std::nullopt;
  for (const auto& [tag, value] : found->second) {
    if (tag == "type") return imaging::image_type(value);
  }
  return std::nullopt;
}

void apply_tags(const TagsByStem& tags, const fs::path& file, Dataset& dataset) {
  std::set<std::string, std::less<>> seen;
  for (SampleFiles& sample : dataset.samples) {
    const std::string image{image_of(sample)};
    const auto found = tags.find(image);
    const bool first = seen.insert(image).second;
    if (found != tags.end()) {
      sample.tags.insert(sample.tags.end(), found->second.begin(), found->second.end());
    } else if (first) {
      dataset.problems.push_back(missing_tags(sample, image, file));
    }
  }
  std::vector<std::string> unused;
  for (const auto& [stem, values] : tags) {
    if (!seen.contains(stem)) unused.push_back(stem);
  }
  if (!unused.empty()) dataset.problems.push_back(unused_tags(unused, file));
}

}  // namespace mbench::datasets

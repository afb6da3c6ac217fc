#include "datasets/folder_config.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <set>
#include <span>
#include <utility>

#include <fmt/core.h>
#include <fmt/format.h>
#include <toml++/toml.h>

#include "core/error.hpp"
#include "core/registry.hpp"
#include "core/text_file.hpp"

namespace mbench::datasets {
namespace fs = std::filesystem;
namespace {

constexpr std::array<std::string_view, 10> kKeys{
    "title", "protocols", "trimap_levels", "id_pattern", "tags",
    "list",  "columns",   "folders",       "extensions", "trimap_names"};
constexpr std::array<std::string_view, 4> kRoleKeys{"image", "truth", "trimap", "segmentation"};

std::string line_of(const toml::source_region& source) {
  return fmt::format("line {}", source.begin.line);
}

[[noreturn]] void throw_value(std::string_view key, const toml::node& value, std::string expected,
                              std::string found) {
  throw Error{ErrorKind::bad_input,
              {.what = fmt::format("'{}' has a wrong value", key),
               .where = line_of(value.source()),
               .expected = std::move(expected),
               .found = std::move(found)}};
}

std::string type_of(const toml::node& value) {
  std::string text;
  switch (value.type()) {
    case toml::node_type::table: text = "a table"; break;
    case toml::node_type::array: text = "an array"; break;
    case toml::node_type::string: text = "text"; break;
    case toml::node_type::integer: text = "an integer"; break;
    case toml::node_type::floating_point: text = "a number with a fraction"; break;
    case toml::node_type::boolean: text = "true or false"; break;
    default: text = "a date or time"; break;
  }
  return text;
}

std::string text_value(std::string_view key, const toml::node& value) {
  if (const auto* text = value.as_string()) return text->get();
  throw_value(key, value, "text in quotes", type_of(value));
}

const toml::array& array_value(std::string_view key, const toml::node& value) {
  if (const auto* array = value.as_array()) return *array;
  throw_value(key, value, "an array in brackets", type_of(value));
}

const toml::table& table_value(std::string_view key, const toml::node& value) {
  if (const auto* table = value.as_table()) return *table;
  throw_value(key, value, fmt::format("a table: a line [{}], then its keys", key), type_of(value));
}

std::string path_value(std::string_view key, const toml::node& value) {
  std::string text = text_value(key, value);
  if (!stays_inside(text)) {
    throw_value(key, value, "a path inside the data set's folder", fmt::format("'{}'", text));
  }
  return text;
}

void require_known_keys(const toml::table& table, std::span<const std::string_view> known,
                        std::string_view owner) {
  for (const auto& [key, value] : table) {
    if (std::ranges::find(known, key.str()) != known.end()) continue;
    const std::string nearest = nearest_name(key.str(), {known.begin(), known.end()});
    throw Error{ErrorKind::bad_input,
                {.what = fmt::format("unknown key '{}'{}", key.str(), owner),
                 .where = line_of(key.source()),
                 .expected = fmt::format("one of: {}", fmt::join(known, ", ")),
                 .fix = nearest.empty() ? std::string{"remove it"}
                                        : fmt::format("did you mean '{}'?", nearest)}};
  }
}

imaging::TrimapLevels levels_value(const toml::node& value) {
  const toml::array& array = array_value("trimap_levels", value);
  std::vector<int> levels;
  for (const toml::node& element : array) {
    const auto* level = element.as_integer();
    if (level != nullptr && level->get() >= 0 && level->get() <= 255) {
      levels.push_back(static_cast<int>(level->get()));
    }
  }
  if (array.size() != 3 || std::set<int>(levels.begin(), levels.end()).size() != 3) {
    throw_value("trimap_levels", value,
                "three different integers from 0 to 255: background, unknown, foreground",
                "something else");
  }
  return {.background = levels[0], .unknown = levels[1], .foreground = levels[2]};
}

std::vector<std::optional<Role>> columns_value(const toml::node& value) {
  std::vector<std::optional<Role>> columns;
  for (const toml::node& element : array_value("columns", value)) {
    const std::string text = text_value("columns", element);
    const std::optional<Role> role = parse_role(text);
    if (!role && text != "skip") {
      throw_value("columns", element, "one of: image, trimap, truth, segmentation, skip",
                  fmt::format("'{}'", text));
    }
    if (role && std::ranges::find(columns, role) != columns.end()) {
      throw_value("columns", element, "each of image, trimap, truth, segmentation once",
                  fmt::format("'{}' twice", text));
    }
    columns.push_back(role);
  }
  if (std::ranges::find(columns, std::optional{Role::image}) == columns.end()) {
    throw_value("columns", value, "a column 'image'", "none");
  }
  return columns;
}

std::map<Role, std::string> folders_value(const toml::node& value) {
  const toml::table& table = table_value("folders", value);
  require_known_keys(table, kRoleKeys, " in [folders]");
  std::map<Role, std::string> folders;
  for (const auto& [key, folder] : table) {
    const Role role = *parse_role(key.str());
    const bool none = folder.is_string() && folder.as_string()->get().empty();
    if (none && role == Role::image) {
      throw_value("folders.image", folder, "a folder: every data set has images", "''");
    }
    folders.emplace(role, none ? "" : path_value(fmt::format("folders.{}", key.str()), folder));
  }
  return folders;
}

std::map<Role, std::string> extensions_value(const toml::node& value) {
  const toml::table& table = table_value("extensions", value);
  require_known_keys(table, kRoleKeys, " in [extensions]");
  std::map<Role, std::string> extensions;
  for (const auto& [key, node] : table) {
    const std::string name = fmt::format("extensions.{}", key.str());
    std::string extension = lower_case(text_value(name, node));
    if (!extension.starts_with('.')) extension = fmt::format(".{}", extension);
    if (!has_image_extension(fmt::format("x{}", extension))) {
      throw_value(name, node, "one of: .png, .jpg, .jpeg, .tif, .tiff, .exr, .webp",
                  fmt::format("'{}'", extension));
    }
    extensions.emplace(*parse_role(key.str()), std::move(extension));
  }
  return extensions;
}

std::map<std::string, std::string> trimap_names_value(const toml::node& value) {
  std::map<std::string, std::string> names;
  std::set<std::string> given;
  for (const auto& [key, node] : table_value("trimap_names", value)) {
    const std::string name = text_value(fmt::format("trimap_names.{}", key.str()), node);
    if (name.empty() || name.starts_with('.') || name.find('/') != std::string::npos) {
      throw_value("trimap_names", node, "a name that can end a sample's id, without '/'",
                  fmt::format("'{}'", name));
    }
    if (!given.insert(name).second) {
      throw_value("trimap_names", node, "different names", fmt::format("'{}' twice", name));
    }
    names.emplace(std::string{key.str()}, name);
  }
  return names;
}

FolderConfig config_of(const toml::table& table) {
  require_known_keys(table, kKeys, "");
  FolderConfig config;
  for (const auto& [toml_key, value] : table) {
    const std::string_view key = toml_key.str();
    if (key == "title") config.title = text_value(key, value);
    if (key == "id_pattern") config.id_pattern = text_value(key, value);
    if (key == "tags") config.tags = path_value(key, value);
    if (key == "list") config.list = path_value(key, value);
    if (key == "trimap_levels") config.trimap_levels = levels_value(value);
    if (key == "columns") config.columns = columns_value(value);
    if (key == "folders") config.folders = folders_value(value);
    if (key == "extensions") config.extensions = extensions_value(value);
    if (key == "trimap_names") config.trimap_names = trimap_names_value(value);
    if (key == "protocols") {
      for (const toml::node& protocol : array_value(key, value)) {
        config.protocols.push_back(text_value(key, protocol));
      }
    }
  }
  if (!config.columns.empty() && config.list.empty()) {
    throw_value("columns", *table.get("columns"), "'list' beside it", "'columns' without 'list'");
  }
  if (!config.list.empty() && !config.folders.empty()) {
    throw_value("list", *table.get("list"), "either 'list' or [folders]", "both");
  }
  return config;
}

}  // namespace

FolderConfig parse_folder_config(std::string_view text) {
  try {
    return config_of(toml::parse(text));
  } catch (const toml::parse_error& error) {
    throw Error{ErrorKind::bad_input,
                {.what = "the file is not valid TOML",
                 .where = line_of(error.source()),
                 .found = std::string{error.description()}}};
  }
}

FolderConfig read_folder_config(const fs::path& root) {
  const fs::path file = root / kConfigName;
  if (!fs::exists(file)) return {};
  try {
    return parse_folder_config(read_text_file(file));
  } catch (const Error& error) {
    throw error.parts().where == file.string() ? error : error.at(file.string());
  }
}

bool stays_inside(std::string_view relative) {
  const fs::path path{relative};
  return !path.empty() && !path.is_absolute() &&
         std::ranges::none_of(path, [](const fs::path& part) { return part == ".."; });
}

}  // namespace mbench::datasets

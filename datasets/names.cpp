#include "datasets/names.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <sstream>
#include <system_error>
#include <utility>

#include <fmt/core.h>
#include <fmt/format.h>

#include "core/error.hpp"
#include "core/path_kind.hpp"
#include "core/registry.hpp"
#include "core/text_file.hpp"
#include "datasets/aliases.hpp"
#include "datasets/dataset.hpp"
#include "datasets/demo_set.hpp"

namespace mbench::datasets {
namespace fs = std::filesystem;
namespace {

using Names = std::map<std::string, fs::path, std::less<>>;

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string{} : std::string{value};
}

/// Nothing where no variable says where it is: then no name can be registered, but folders and
/// built-in names still work.
std::optional<fs::path> find_config_folder() {
  if (const std::string own = variable("MBENCH_CONFIG_HOME"); !own.empty()) return own;
  if (const std::string xdg = variable("XDG_CONFIG_HOME"); !xdg.empty()) {
    return fs::path{xdg} / "mbench";
  }
  if (const std::string home = variable("HOME"); !home.empty()) {
    return fs::path{home} / ".config" / "mbench";
  }
  return std::nullopt;
}

fs::path config_folder() {
  if (std::optional<fs::path> folder = find_config_folder()) return *std::move(folder);
  throw Error{ErrorKind::usage,
              {.what = "there is no place for the names of data sets",
               .expected = "one of the variables MBENCH_CONFIG_HOME, XDG_CONFIG_HOME, HOME",
               .found = "none is set"}};
}

/// The names in names_file(); none if there is no such file.
Names registered_names() {
  std::error_code error;
  if (!find_config_folder() || !fs::exists(names_file(), error)) return {};
  const fs::path file = names_file();
  const auto damaged = [&](std::string found) {
    return Error{ErrorKind::bad_input,
                 {.what = "the file of registered data sets cannot be read",
                  .where = file.string(),
                  .expected = "lines NAME = \"FOLDER\" under [datasets]",
                  .found = std::move(found),
                  .fix = "mend or remove the file, then register with `mbench data add NAME DIR`"}};
  };
  Names names;
  try {
    const toml::table root = toml::parse(read_text_file(file));
    const auto* table = root["datasets"].as_table();
    if (table == nullptr) throw damaged("no table [datasets]");
    for (const auto& [name, folder] : *table) {
      if (!folder.is_string()) throw damaged(fmt::format("'{}' is no text", name.str()));
      names.emplace(name.str(), folder.as_string()->get());
    }
  } catch (const toml::parse_error& parse_error) {
    throw damaged(
        fmt::format("line {}: {}", parse_error.source().begin.line, parse_error.description()));
  }
  return names;
}

void write_names(const Names& names) {
  toml::table table;
  for (const auto& [name, folder] : names) table.insert(name, folder.string());
  std::ostringstream text;
  text << "# Names of data sets, written by `mbench data add NAME DIR`.\n"
       << toml::table{{"datasets", table}} << '\n';
  write_text_file_atomically(names_file(), text.str());
}

std::vector<fs::path> data_roots() {
  std::vector<fs::path> roots;
  std::istringstream list{variable("MBENCH_DATA")};
  for (std::string root; std::getline(list, root, ':');) {
    if (!root.empty()) roots.emplace_back(root);
  }
  return roots;
}

std::vector<std::string> folders_in(const fs::path& root) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator entry{root, error}; !error && entry != fs::directory_iterator{};
       entry.increment(error)) {
    std::string name = entry->path().filename().string();
    if (!name.starts_with('.') && is_folder(entry->path())) names.push_back(std::move(name));
  }
  return names;
}

void require_usable_name(std::string_view name) {
  const bool plain = !name.empty() && name.front() != '.' && name.front() != '-' &&
                     std::ranges::all_of(name, [](char c) {
                       return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                              (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
                     });
  if (plain && name != kDemoName) return;
  throw Error{ErrorKind::usage,
              {.what = fmt::format("'{}' cannot name a data set", name),
               .expected = plain ? "a name that is not built in"
                                 : "letters, digits, '-', '_' and '.', not beginning with '.' or "
                                   "'-'"}};
}

[[noreturn]] void throw_no_folder(std::string_view path) {
  throw Error{ErrorKind::bad_input,
              {.what = "there is no such folder",
               .where = fs::absolute(path).lexically_normal().string(),
               .fix = "a data set is named by its folder or by a name: `mbench list datasets`"}};
}

/// The known name that another spelling means: one that only capitals and signs tell from it, else
/// that of the published set which is called so. Throws usage where it may mean several.
std::optional<std::string> other_spelling(std::string_view name) {
  const std::vector<Location> known = known_datasets();
  const auto find = [&](const auto& is_meant) -> std::optional<std::string> {
    std::vector<std::string> meant;
    for (const Location& location : known) {
      if (is_meant(location.name)) meant.push_back(location.name);
    }
    if (meant.size() > 1) {
      throw Error{ErrorKind::usage,
                  {.what = fmt::format("'{}' may be one of several data sets", name),
                   .expected = "a name as it is registered, or as its folder is called",
                   .found = fmt::format("{}", fmt::join(meant, ", ")),
                   .fix = "name one of them"}};
    }
    if (meant.empty()) return std::nullopt;
    return meant.front();
  };
  if (auto same = find([&](const std::string& other) { return is_same_spelling(other, name); })) {
    return same;
  }
  const std::optional<NamedSet> set = set_called(name);
  if (!set) return std::nullopt;
  return find([&](const std::string& other) {
    const std::optional<NamedSet> other_set = set_called(other);
    return other_set && other_set->entry == set->entry && other_set->options.empty();
  });
}

[[noreturn]] void throw_unknown_name(std::string_view name) {
  std::vector<std::string> names = folders_in(".");
  for (const Location& known : known_datasets()) names.push_back(known.name);
  const std::string nearest = nearest_name(name, {names.begin(), names.end()});
  std::string searched = fmt::format("registered names ({})",
                                     find_config_folder() ? names_file().string() : "no such file");
  const std::vector<fs::path> roots = data_roots();
  for (const fs::path& root : roots) {
    searched += fmt::format("\nMBENCH_DATA root {}", root.string());
  }
  if (roots.empty()) searched += "\nMBENCH_DATA (not set)";
  searched += fmt::format("\nbuilt-in names ({})", kDemoName);
  searched += fmt::format("\nworking directory {}", fs::current_path().string());

  const std::optional<NamedSet> set = set_called(name);
  // The layout is known, only its files are not here: that is missing data, not a wrong name.
  throw Error{
      set ? ErrorKind::bad_input : ErrorKind::usage,
      {.what = set ? fmt::format("nothing says where data set '{}' lies", name)
                   : fmt::format("unknown data set '{}'", name),
       .expected = "a registered or built-in name, or a folder",
       .found = "nothing in:\n" + searched,
       .fix = set || nearest.empty()
                  ? fmt::format("register its folder: `mbench data add {} DIR`",
                                set ? set->entry->id : name)
                  : fmt::format("did you mean '{}'? `mbench list datasets` shows all", nearest)}};
}

}  // namespace

fs::path names_file() { return config_folder() / "datasets.toml"; }

fs::path manifest_file(std::string_view name) {
  return config_folder() / "manifests" / fmt::format("{}.csv", name);
}

std::optional<fs::path> add_name(std::string_view name, const fs::path& folder) {
  require_usable_name(name);
  if (!is_folder(folder)) throw_no_folder(folder.string());
  fs::path absolute = fs::canonical(folder);
  (void)open_dataset(absolute.string(), Purpose::any);  // throws if it is no data set

  Names names = registered_names();
  std::optional<fs::path> replaced;
  const auto existing = names.find(name);
  if (existing != names.end() && existing->second != absolute) replaced = existing->second;
  names.insert_or_assign(std::string{name}, std::move(absolute));
  write_names(names);
  return replaced;
}

Location where_dataset(std::string_view name) {
  const fs::path path{name};
  if (name.starts_with('.') || name.find('/') != std::string_view::npos) {
    if (!is_folder(path)) throw_no_folder(name);
    return {.name = std::string{name}, .folder = path, .found_by = "a folder"};
  }
  const Names names = registered_names();
  if (const auto found = names.find(name); found != names.end()) {
    const std::string file = names_file().string();
    if (is_folder(found->second)) {
      return {.name = std::string{name},
              .folder = found->second,
              .found_by = fmt::format("registered in {}", file),
              .is_name = true};
    }
    throw Error{ErrorKind::bad_input,
                {.what = fmt::format("the folder of data set '{}' is gone", name),
                 .where = found->second.string(),
                 .expected = fmt::format("the folder that {} registers", file),
                 .fix = fmt::format("register the new place: `mbench data add {} DIR`", name)}};
  }
  for (const fs::path& root : data_roots()) {
    if (name.empty() || !is_folder(root / name)) continue;
    return {.name = std::string{name},
            .folder = root / name,
            .found_by = fmt::format("a folder of MBENCH_DATA root {}", root.string()),
            .is_name = true};
  }
  if (name == kDemoName) {
    return {.name = std::string{name}, .found_by = "built in", .is_name = true, .built_in = true};
  }
  if (!name.empty() && is_folder(path)) {
    return {.name = std::string{name}, .folder = path, .found_by = "a folder"};
  }
  if (const auto other = other_spelling(name)) {
    Location location = where_dataset(*other);
    location.found_by = fmt::format("'{}', {}", *other, location.found_by);
    return location;
  }
  throw_unknown_name(name);
}

std::vector<Location> known_datasets() {
  std::map<std::string, Location> known;
  for (const auto& [name, folder] : registered_names()) {
    known.emplace(name, Location{.name = name,
                                 .folder = folder,
                                 .found_by = fmt::format("registered in {}", names_file().string()),
                                 .is_name = true});
  }
  for (const fs::path& root : data_roots()) {
    for (const std::string& name : folders_in(root)) {
      known.emplace(
          name, Location{.name = name,
                         .folder = root / name,
                         .found_by = fmt::format("a folder of MBENCH_DATA root {}", root.string()),
                         .is_name = true});
    }
  }
  known.emplace(kDemoName, Location{.name = std::string{kDemoName},
                                    .found_by = "built in",
                                    .is_name = true,
                                    .built_in = true});
  std::vector<Location> result;
  for (auto& [name, location] : known) result.push_back(std::move(location));
  return result;
}

}  // namespace mbench::datasets

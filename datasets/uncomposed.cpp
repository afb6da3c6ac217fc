#include "datasets/uncomposed.hpp"

#include <fmt/core.h>
#include <fmt/format.h>

#include "core/error.hpp"
#include "datasets/roles.hpp"
#include "datasets/scan.hpp"

namespace mbench::datasets {
namespace fs = std::filesystem;
namespace {

/// As a shell reads it.
std::string quoted(const std::string& text) {
  return text.find_first_of(" '\"()") == std::string::npos ? text : fmt::format("\"{}\"", text);
}

std::size_t count_images(const fs::path& folder) {
  std::vector<Problem> ignored;
  return scan_folder(folder, {.report_leftovers = false}, ignored).by_stem.size();
}

}  // namespace

std::optional<Foregrounds> find_foregrounds(const fs::path& folder) {
  Foregrounds found;
  for (const char* name : {"fg", "fgr", "foreground", "foregrounds"}) {
    if (found.pictures.empty()) found.pictures = find_sub_folder(folder, name);
  }
  for (const std::string_view name : folder_names(Role::truth)) {
    if (found.mattes.empty()) found.mattes = find_sub_folder(folder, name);
  }
  if (found.pictures.empty() || found.mattes.empty()) return std::nullopt;
  return found;
}

void throw_compose_first(const Uncomposed& set) {
  std::string found, commands;
  for (const auto& [pictures, mattes] : set.foregrounds) {
    found += fmt::format("{}{} foregrounds in {}", found.empty() ? "" : ", ",
                         count_images(pictures), pictures.string());
    commands += fmt::format("{}mbench compose --rule dim --fg {} --alpha {} --bg {} --out {}",
                            commands.empty() ? "" : "\n", quoted(pictures.string()),
                            quoted(mattes.string()), quoted(set.backgrounds),
                            quoted(set.merged.parent_path().string()));
  }
  throw Error{ErrorKind::bad_input,
              {.what = fmt::format("{} is not composed yet", set.title),
               .where = set.root.string(),
               .expected = fmt::format("composites in {}", set.merged.string()),
               .found = fmt::format("{}, and no composites", found),
               .fix = "compose first: " + commands}};
}

}  // namespace mbench::datasets

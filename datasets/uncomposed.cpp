#include "datasets/uncomposed.hpp"

#include <algorithm>
#include <array>
#include <system_error>

#include <fmt/core.h>
#include <fmt/format.h>

#include "core/error.hpp"
#include "datasets/compose/choose_pairs.hpp"
#include "datasets/compose/sources.hpp"
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

/// Has the folder nothing where a composed set would lie?
bool is_free(const fs::path& folder) {
  return std::ranges::none_of(std::array{"merged", "alpha", "trimaps", "fg", "bg"},
                              [&](const char* name) {
                                std::error_code error;
                                return fs::exists(folder / name, error);
                              });
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
  std::string found, pictures, mattes;
  std::vector<std::string> names;
  for (const Foregrounds& folders : set.foregrounds) {
    found += fmt::format("{} foregrounds in {}, ", count_images(folders.pictures),
                         folders.pictures.string());
    pictures += fmt::format(" --fg {}", quoted(folders.pictures.string()));
    mattes += fmt::format(" --alpha {}", quoted(folders.mattes.string()));
    const compose::SourceFiles files{{folders.pictures}, "foregrounds"};
    names.insert(names.end(), files.names().begin(), files.names().end());
  }
  const fs::path out = is_free(set.home) ? set.home : set.home / kComposedFolder;
  const compose::PublishedMatch match = compose::published_like(names);
  const std::string pairing =
      match.id.empty() ? std::string{} : fmt::format(" --pairing {}", match.id);
  throw Error{ErrorKind::bad_input,
              {.what = fmt::format("{} is not composed yet", set.title),
               .where = set.home.string(),
               .expected = fmt::format("composites in {}", (out / "merged").string()),
               .found = found + "no composites",
               .fix = fmt::format("compose first: mbench compose --rule dim{}{} --bg {}{} --out {}",
                                  pictures, mattes, quoted(set.backgrounds), pairing,
                                  quoted(out.string()))}};
}

}  // namespace mbench::datasets

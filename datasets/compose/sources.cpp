#include "datasets/compose/sources.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

#include <fmt/core.h>

#include "core/error.hpp"
#include "core/path_kind.hpp"
#include "core/text_file.hpp"
#include "datasets/folder_config.hpp"
#include "datasets/list_file.hpp"
#include "datasets/roles.hpp"

namespace mbench::datasets::compose {
namespace fs = std::filesystem;
namespace {

std::vector<std::string> image_names(const fs::path& folder, std::string_view noun) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator file{folder, error}; !error && file != fs::directory_iterator{};
       file.increment(error)) {
    std::string name = file->path().filename().string();
    std::error_code gone;
    if (name.starts_with('.') || !has_image_extension(name) || file->is_directory(gone)) continue;
    names.push_back(std::move(name));
  }
  if (error) {
    throw Error{ErrorKind::bad_input,
                {.what = fmt::format("the folder of {} cannot be listed", noun),
                 .where = folder.string(),
                 .found = error.message(),
                 .fix = "check that it is a folder that you may read"}};
  }
  std::ranges::sort(names);
  return names;
}

}  // namespace

SourceFiles::SourceFiles(const std::vector<fs::path>& folders, std::string_view noun)
    : folders_{folders} {
  for (const fs::path& folder : folders) {
    places_ += (places_.empty() ? "" : ", ") + folder.string();
    for (std::string& name : image_names(folder, noun)) {
      const std::string stem = fs::path{name}.stem().string();
      const auto [first, is_new] = by_stem_.emplace(stem, folder / name);
      if (!is_new && first->second.parent_path() == folder) rivals_[stem].push_back(folder / name);
      if (by_name_.emplace(name, folder / name).second) names_.push_back(std::move(name));
    }
  }
}

std::optional<fs::path> SourceFiles::find(const std::string& name) const {
  const auto found = by_name_.find(name);
  if (found != by_name_.end()) return found->second;
  if (name.find('/') == std::string::npos) return std::nullopt;
  for (const fs::path& folder : folders_) {
    if (is_file(folder / name)) return folder / name;
  }
  return std::nullopt;
}

std::optional<fs::path> SourceFiles::find_by_stem(const std::string& name) const {
  if (std::optional<fs::path> file = find(name)) return file;
  const auto found = by_stem_.find(fs::path{name}.stem().string());
  return found == by_stem_.end() ? std::nullopt : std::optional{found->second};
}

const std::vector<fs::path>& SourceFiles::rivals(const std::string& name) const {
  static const std::vector<fs::path> kNone;
  if (find(name)) return kNone;
  const auto found = rivals_.find(fs::path{name}.stem().string());
  return found == rivals_.end() ? kNone : found->second;
}

std::vector<std::string> read_name_list(const fs::path& file) {
  const std::string content = read_text_file(file);
  std::string_view text = content;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);  // byte order mark
  std::vector<std::string> names;
  for (int number = 1; !text.empty(); ++number) {
    const auto end = text.find('\n');
    const std::string name{without_blanks(text.substr(0, end))};
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    if (name.empty()) continue;
    if (!has_image_extension(name) || !stays_inside(name)) {
      throw Error{ErrorKind::bad_input,
                  {.what = "a line of a list is no image file's name",
                   .where = fmt::format("{}, line {}", file.string(), number),
                   .expected = "one file name per line, relative to the folder of the images",
                   .found = fmt::format("'{}'", name)}};
    }
    names.push_back(name);
  }
  if (names.empty()) {
    throw Error{ErrorKind::bad_input, {.what = "a list holds no name", .where = file.string()}};
  }
  return names;
}

std::string coco_2017_name(std::string name) {
  constexpr std::string_view kPrefix = "COCO_train2014_";
  if (name.starts_with(kPrefix)) name.erase(0, kPrefix.size());
  return name;
}

}  // namespace mbench::datasets::compose

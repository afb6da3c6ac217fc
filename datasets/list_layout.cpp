#include "datasets/list_layout.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/core.h>
#include <fmt/format.h>

#include "core/path_kind.hpp"
#include "core/text_file.hpp"
#include "core/utf8.hpp"
#include "datasets/list_file.hpp"
#include "datasets/roles.hpp"
#include "datasets/scan.hpp"

namespace mbench::datasets {
namespace fs = std::filesystem;
namespace {

using Columns = std::vector<std::optional<Role>>;

/// What the deepest folder with a telling name says about a path in a list.
enum class Hint { none, image, trimap, truth, segmentation, foreground, background };

Hint hint_of(const fs::path& path) {
  Hint hint = Hint::none;
  for (const fs::path& part : path.parent_path()) {
    const std::string name = lower_case(part.string());
    const std::optional<Role> role = role_of_folder(name);
    if (role == Role::image) hint = Hint::image;
    if (role == Role::trimap) hint = Hint::trimap;
    if (role == Role::truth) hint = Hint::truth;
    if (role == Role::segmentation) hint = Hint::segmentation;
    if (name == "fg") hint = Hint::foreground;
    if (name == "bg" || name == "background" || name == "backgrounds") hint = Hint::background;
  }
  return hint;
}

[[noreturn]] void throw_backgrounds(const std::string& list, std::size_t column) {
  throw Error{
      ErrorKind::bad_input,
      {.what = fmt::format("column {} of a list file names backgrounds", column + 1),
       .where = list,
       .expected = "finished images: a background is put behind a foreground before a run",
       .fix = "compose first (mbench compose --rule dim --fg DIR --alpha DIR --bg DIR --out DIR), "
              "and name the result instead"}};
}

[[noreturn]] void throw_unclear_column(const std::string& list, std::size_t column,
                                       const std::string& example) {
  throw Error{
      ErrorKind::bad_input,
      {.what = fmt::format("nothing says what column {} of a list file holds", column + 1),
       .where = list,
       .expected = "folders with usual names (alpha/, mask/, trimap/, ...), or `columns` in "
                   "mbench.toml",
       .found = fmt::format("'{}'", example),
       .fix = "write into mbench.toml, e.g.: list = \"val.txt\" and columns = [\"image\", "
              "\"truth\", \"trimap\"]"}};
}

/// The role of a column whose paths give that hint and that does not hold the images.
std::optional<Role> partner_role(Hint hint) {
  switch (hint) {
    case Hint::truth: return Role::truth;
    case Hint::trimap: return Role::trimap;
    case Hint::segmentation: return Role::segmentation;
    default: return std::nullopt;
  }
}

/// The role of every column, from the folders that the first usable line names.
Columns guess_columns(const ListLine& line, const std::string& list) {
  Columns columns{Role::image};
  for (std::size_t i = 1; i < line.columns.size(); ++i) {
    const Hint hint = hint_of(line.columns[i]);
    if (hint == Hint::background) throw_backgrounds(list, i);
    const std::optional<Role> role = partner_role(hint);
    if (!role || std::ranges::find(columns, role) != columns.end()) {
      throw_unclear_column(list, i, line.columns[i]);
    }
    columns.push_back(role);
  }
  const Hint first = hint_of(line.columns.front());
  if (partner_role(first) || first == Hint::background) {
    throw_unclear_column(list, 0, line.columns.front());
  }
  return columns;
}

Problem bad_line(const fs::path& file, int number, std::string expected, std::string found) {
  return {.code = "list",
          .parts = {.what = "a line of a list file cannot be used",
                    .where = fmt::format("{}, line {}", file.string(), number),
                    .expected = std::move(expected),
                    .found = std::move(found),
                    .fix = "mend or remove the line"},
          .file = file};
}

/// The folder that all paths share, "" if none.
fs::path common_folder(const std::vector<fs::path>& paths) {
  std::optional<fs::path> common;
  for (const fs::path& path : paths) {
    const fs::path folder = path.parent_path();
    if (!common) {
      common = folder;
      continue;
    }
    fs::path shared;
    auto mine = common->begin();
    auto other = folder.begin();
    for (; mine != common->end() && other != folder.end() && *mine == *other; ++mine, ++other) {
      shared /= *mine;
    }
    common = shared;
  }
  return common.value_or(fs::path{});
}

std::string id_of(const fs::path& image, const fs::path& common) {
  fs::path id = common.empty() ? image : image.lexically_relative(common);
  return id.replace_extension().generic_string();
}

/// Finds a truth, trimap or segmentation that the list does not name, in a folder beside that of
/// the image.
class SiblingFolders {
 public:
  SiblingFolders(fs::path root, const FolderConfig& config, std::vector<Problem>& problems)
      : root_{std::move(root)}, config_{&config}, problems_{&problems} {}

  /// The file, or where it should be if the folder exists, or "" if there is no such folder.
  [[nodiscard]] fs::path partner(const fs::path& image, Role role) {
    const fs::path folder = sibling(image.parent_path(), role);
    if (folder.empty()) return {};
    auto scan = scans_.find(folder);
    if (scan == scans_.end()) {
      const auto extension = config_->extensions.find(role);
      const ScanRules rules{.extension = extension == config_->extensions.end()
                                             ? std::string_view{}
                                             : extension->second};
      scan = scans_.emplace(folder, scan_folder(folder, rules, *problems_)).first;
    }
    const auto found = scan->second.by_stem.find(image.stem().string());
    if (found != scan->second.by_stem.end()) return found->second;
    return folder / (image.stem().string() + usual_extension(scan->second));
  }

 private:
  /// val/fg -> val/alpha, by the last part with the name of an image folder.
  [[nodiscard]] fs::path sibling(const fs::path& folder, Role role) const {
    std::vector<fs::path> parts{folder.begin(), folder.end()};
    const auto is_image = [](const fs::path& part) {
      return lower_case(part.string()) == "fg" || role_of_folder(part.string()) == Role::image;
    };
    const auto last = std::find_if(parts.rbegin(), parts.rend(), is_image);
    if (last == parts.rend()) return {};
    for (const std::string_view name : folder_names(role)) {
      fs::path candidate = root_;
      for (auto part = parts.begin(); part != std::prev(last.base()); ++part) candidate /= *part;
      candidate = find_sub_folder(candidate, name);
      if (candidate.empty()) continue;
      for (auto part = last.base(); part != parts.end(); ++part) candidate /= *part;
      if (is_folder(candidate)) return candidate;
    }
    return {};
  }

  fs::path root_;
  const FolderConfig* config_;
  std::vector<Problem>* problems_;
  std::map<fs::path, FolderScan> scans_{};
};

std::vector<ListRow> read_rows(const fs::path& file, const FolderConfig& config,
                               std::vector<Problem>& problems) {
  const std::vector<ListLine> lines = parse_list(read_text_file(file));
  Columns columns = config.columns;
  std::vector<ListRow> rows;
  for (const ListLine& line : lines) {
    if (!line.problem.empty()) {
      problems.push_back(bad_line(file, line.number, "paths of image files", line.problem));
      continue;
    }
    if (columns.empty()) columns = guess_columns(line, file.string());
    if (line.columns.size() != columns.size()) {
      problems.push_back(
          bad_line(file, line.number, fmt::format("{} columns", columns.size()),
                   fmt::format("{}: {}", line.columns.size(), fmt::join(line.columns, " | "))));
      continue;
    }
    ListRow row{.line = line.number};
    std::string unusable;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (!columns[i]) continue;
      if (!stays_inside(line.columns[i]) || !is_utf8(line.columns[i])) unusable = line.columns[i];
      row.files[*columns[i]] = fs::path{line.columns[i]}.lexically_normal();
    }
    if (unusable.empty()) {
      rows.push_back(std::move(row));
    } else {
      problems.push_back(bad_line(file, line.number,
                                  "paths in UTF-8, relative to the folder of the data set",
                                  is_utf8(unusable) ? unusable : "bytes that are no UTF-8"));
    }
  }
  return rows;
}

Problem missing_file(const std::string& sample, Role role, const fs::path& file,
                     const fs::path& list, int line) {
  return {.code = "missing",
          .sample = sample,
          .parts = {.what = fmt::format("a {} is missing", to_string(role)),
                    .where = file.string(),
                    .expected = fmt::format("the {} of line {} of {}", to_string(role), line,
                                            list.string()),
                    .found = "no such file",
                    .fix = "add the file, or remove the line"},
          .file = file};
}

}  // namespace

void add_listed_samples(const fs::path& root, const std::string& list, const FolderConfig& config,
                        Dataset& dataset) {
  add_listed_samples(root, list, read_rows(root / list, config, dataset.problems), config, dataset);
}

void add_listed_samples(const fs::path& root, const std::string& list,
                        const std::vector<ListRow>& rows, const FolderConfig& config,
                        Dataset& dataset) {
  const fs::path file = root / list;
  std::vector<fs::path> images;
  for (const ListRow& row : rows) images.push_back(row.files.at(Role::image));
  const fs::path common = common_folder(images);

  SiblingFolders siblings{root, config, dataset.problems};
  std::map<std::string, int> line_of_id;
  for (const ListRow& row : rows) {
    const fs::path& image = row.files.at(Role::image);
    SampleFiles sample{.id = id_of(image, common)};
    const auto [first, added] = line_of_id.emplace(sample.id, row.line);
    if (!added) {
      Problem problem =
          bad_line(file, row.line, "every image once",
                   fmt::format("'{}' again, which is in line {}", sample.id, first->second));
      problem.code = "duplicate";
      dataset.problems.push_back(std::move(problem));
      continue;
    }
    for (const Role role : kRoles) {
      const auto named = row.files.find(role);
      const fs::path found =
          named != row.files.end() ? root / named->second : siblings.partner(image, role);
      std::error_code error;
      if (!found.empty() && !fs::exists(found, error)) {
        dataset.problems.push_back(missing_file(sample.id, role, found, file, row.line));
      }
      file_of(sample, role) = found;
    }
    if (sample.truth.stem() != sample.image.stem() && !sample.truth.empty()) {
      sample.tags.emplace_back("foreground", sample.truth.stem().string());
    }
    dataset.samples.push_back(std::move(sample));
  }
}

}  // namespace mbench::datasets

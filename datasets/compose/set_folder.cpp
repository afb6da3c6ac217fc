#include "datasets/compose/set_folder.hpp"

#include <set>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <fmt/core.h>

#include "core/error.hpp"
#include "core/path_kind.hpp"

namespace mbench::datasets::compose {
namespace fs = std::filesystem;
namespace {

[[noreturn]] void throw_other_set(const fs::path& file) {
  throw Error{ErrorKind::usage,
              {.what = "the folder holds another set",
               .where = file.string(),
               .expected = "the same rule, options, pairs, seed, foregrounds and trimaps",
               .found = "a set of others",
               .fix = "choose another folder with --out, or discard the set with --fresh"}};
}

/// Files in the folders of a set that are none of `named` are in the way.
void require_only(const fs::path& folder, const std::set<std::string>& named) {
  for (const std::string_view name : kSetFolders) {
    std::error_code error;
    for (fs::directory_iterator file{folder / name, error};
         !error && file != fs::directory_iterator{}; file.increment(error)) {
      const std::string path = fmt::format("{}/{}", name, file->path().filename().string());
      if (named.contains(path) || is_temporary(file->path())) continue;
      throw Error{
          ErrorKind::usage,
          {.what = "the folder for the set is in use",
           .where = (folder / path).string(),
           .expected = "a new or empty folder, or a set with its receipt and no other files",
           .found = "a file that no receipt names",
           .fix = "move it elsewhere, or choose another folder with --out"}};
    }
    if (error && error != std::errc::no_such_file_or_directory) {
      throw Error{ErrorKind::usage,
                  {.what = "the folder for the set is in use",
                   .where = (folder / name).string(),
                   .expected = "a folder, or nothing",
                   .found = error.message(),
                   .fix = "choose another folder with --out"}};
    }
  }
}

}  // namespace

EarlierSet look_for_earlier_set(const fs::path& folder, std::string_view identity, bool fresh) {
  EarlierSet earlier;
  const auto keep = [&](ReceiptRow row) {
    std::string output = row.output;
    earlier.rows.insert_or_assign(std::move(output), std::move(row));
  };
  const EarlierFiles found = read_earlier(
      folder, kFolderFiles,
      {.identity = identity,
       .fresh = fresh,
       .receipt =
           [&](std::string_view text, std::string_view file) {
             Receipt receipt = parse_receipt(text, file);
             for (ReceiptRow& row : receipt.rows) keep(std::move(row));
             return compose::identity(receipt);
           },
       .row = [&](const JsonNode& row) { keep(read_row(row)); },
       .refuse = [](const std::string&, const fs::path& file) { throw_other_set(file); }});
  earlier.is_finished = found.is_finished();
  if (!fresh && (found.has_rows || found.has_receipt)) return earlier;
  std::set<std::string> named;
  for (const auto& [output, row] : earlier.rows) {
    for (const OutputFile& file : row.files) named.insert(file.path);
  }
  require_only(folder, named);
  return earlier;
}

SetFolder::SetFolder(const fs::path& folder, const Receipt& head, bool fresh)
    : folder_{folder, kFolderFiles},
      head_{.identity = compose::identity(head), .planned = head.planned},
      earlier_{look_for_earlier_set(folder, head_.identity, fresh)} {
  if (fresh) discard_earlier();
}

/// Only what a set has made: inputs may lie beside it.
void SetFolder::discard_earlier() {
  const fs::path& folder = folder_.path();
  std::error_code error;
  for (const auto& [output, row] : earlier_.rows) {
    for (const OutputFile& file : row.files) fs::remove(folder / file.path, error);
  }
  // Before the folders are looked at, which may hold nothing else.
  folder_.remove_leftovers({kSetFolders.begin(), kSetFolders.end()});
  for (const std::string_view name : kSetFolders) {
    if (is_folder(folder / name) && fs::is_empty(folder / name, error)) {
      fs::remove(folder / name, error);
    }
  }
  folder_.discard();
  earlier_ = {};
}

void SetFolder::begin(const std::vector<ReceiptRow>& kept) {
  std::vector<std::string> lines;
  for (const ReceiptRow& row : kept) lines.push_back(to_json_line(row));
  folder_.begin(head_, lines, {kSetFolders.begin(), kSetFolders.end()});
  earlier_.is_finished = false;
}

void SetFolder::finish(const Receipt& receipt) {
  folder_.finish(to_json(receipt));
  earlier_.is_finished = true;
}

}  // namespace mbench::datasets::compose

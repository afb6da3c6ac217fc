#include "datasets/compose/set_folder.hpp"

#include <set>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/json_reader.hpp"
#include "core/path_kind.hpp"
#include "core/text_file.hpp"

namespace mbench::datasets::compose {
namespace fs = std::filesystem;
namespace {

std::string rows_header(std::string_view identity) {
  return nlohmann::ordered_json{{"schema", kRowsSchema}, {"identity", identity}}.dump();
}

std::string parse_rows_header(std::string_view line, std::string_view where) {
  const nlohmann::ordered_json document = parse_json(line, where);
  JsonObject object{JsonNode{document, {where, kRowsSchema}, ""}};
  const JsonNode schema = object.at("schema");
  if (schema.text() != kRowsSchema) schema.fail(fmt::format("\"{}\"", kRowsSchema));
  std::string identity = object.at("identity").text();
  object.leave();
  return identity;
}

/// The log of a set that was not finished; a last line without line feed is what a killed process
/// leaves, and does not count.
struct Rows {
  std::string identity{};
  std::vector<ReceiptRow> rows{};
};

Rows read_rows(const fs::path& file) {
  const std::string text = read_text_file(file);
  Rows rows;
  std::string_view rest = text;
  for (int number = 1;; ++number) {
    const auto end = rest.find('\n');
    if (end == std::string_view::npos) return rows;
    const std::string where = fmt::format("{}, line {}", file.string(), number);
    if (number == 1) {
      rows.identity = parse_rows_header(rest.substr(0, end), where);
    } else {
      rows.rows.push_back(parse_row(rest.substr(0, end), where));
    }
    rest.remove_prefix(end + 1);
  }
}

[[noreturn]] void throw_other_set(const fs::path& file) {
  throw Error{ErrorKind::usage,
              {.what = "the folder holds another set",
               .where = file.string(),
               .expected = "the same rule, options, pairs, seed, foregrounds and trimaps",
               .found = "a set of others",
               .fix = "choose another folder with --out, or discard the set with --fresh"}};
}

/// What a killed process was writing: hidden files of the image writer.
bool is_temporary(const fs::path& file) {
  const std::string name = file.filename().string();
  return name.starts_with(".mbench-") && name.ends_with(".tmp");
}

void remove_temporary_files(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> left;
  for (fs::directory_iterator file{folder, error}; !error && file != fs::directory_iterator{};
       file.increment(error)) {
    if (is_temporary(file->path())) left.push_back(file->path());
  }
  for (const fs::path& file : left) fs::remove(file, error);
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

/// The same, with a way out of what cannot be read.
template <typename Read>
auto read_or_advise(Read read) {
  try {
    return read();
  } catch (const Error& error) {
    ErrorParts parts = error.parts();
    if (parts.fix.empty()) {
      parts.fix =
          "put the file back as it was, choose another folder with --out, or remove the "
          "whole set by hand: without the file nothing tells what belongs to it";
    }
    throw Error{error.kind(), std::move(parts)};
  }
}

}  // namespace

EarlierSet look_for_earlier_set(const fs::path& folder, std::string_view identity, bool fresh) {
  EarlierSet earlier;
  const auto add = [&](std::vector<ReceiptRow> rows) {
    for (ReceiptRow& row : rows) {
      std::string output = row.output;
      earlier.rows.insert_or_assign(std::move(output), std::move(row));
    }
  };
  const fs::path log = folder / kRowsName;
  const bool has_log = is_file(log);
  if (has_receipt(folder)) {
    Receipt receipt = read_or_advise([&] { return read_receipt(folder); });
    if (!fresh && compose::identity(receipt) != identity) throw_other_set(folder / kReceiptName);
    earlier.is_finished = !has_log;
    add(std::move(receipt.rows));
  }
  if (has_log) {
    Rows rows = read_or_advise([&] { return read_rows(log); });
    if (!fresh && !rows.identity.empty() && rows.identity != identity) throw_other_set(log);
    add(std::move(rows.rows));
  }
  if (!fresh && (has_log || earlier.is_finished)) return earlier;
  std::set<std::string> named;
  for (const auto& [output, row] : earlier.rows) {
    for (const OutputFile& file : row.files) named.insert(file.path);
  }
  require_only(folder, named);
  return earlier;
}

SetFolder::SetFolder(const fs::path& folder, const Receipt& head, bool fresh)
    : folder_{folder}, lock_{folder}, identity_{compose::identity(head)} {
  for (const std::string_view name : kSetFolders) remove_temporary_files(folder_ / name);
  earlier_ = look_for_earlier_set(folder_, identity_, fresh);
  if (fresh) discard_earlier();
}

/// Only what a set has made: inputs may lie beside it.
void SetFolder::discard_earlier() {
  std::error_code error;
  for (const auto& [output, row] : earlier_.rows) {
    for (const OutputFile& file : row.files) fs::remove(folder_ / file.path, error);
  }
  for (const std::string_view name : kSetFolders) {
    if (fs::is_directory(folder_ / name, error) && fs::is_empty(folder_ / name, error)) {
      fs::remove(folder_ / name, error);
    }
  }
  fs::remove(folder_ / kReceiptName, error);
  fs::remove(folder_ / kRowsName, error);
  earlier_ = {};
}

void SetFolder::begin(const std::vector<ReceiptRow>& kept) {
  std::string text = rows_header(identity_) + '\n';
  for (const ReceiptRow& row : kept) text += to_json_line(row) + '\n';
  write_text_file_atomically(folder_ / kRowsName, text);
  std::error_code error;
  fs::remove(folder_ / kReceiptName, error);
  earlier_.is_finished = false;
  log_.emplace(folder_ / kRowsName);
}

void SetFolder::finish(const Receipt& receipt) {
  write_receipt(folder_, receipt);
  log_.reset();
  std::error_code error;
  fs::remove(folder_ / kRowsName, error);
  earlier_.is_finished = true;
}

}  // namespace mbench::datasets::compose

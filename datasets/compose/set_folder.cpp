#include "datasets/compose/set_folder.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/json_reader.hpp"
#include "core/text_file.hpp"

namespace mbench::datasets::compose {
namespace fs = std::filesystem;
namespace {

bool is_file(const fs::path& file) {
  std::error_code error;
  return fs::is_regular_file(file, error);
}

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
void remove_temporary_files(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> left;
  for (fs::directory_iterator file{folder, error}; !error && file != fs::directory_iterator{};
       file.increment(error)) {
    const std::string name = file->path().filename().string();
    if (name.starts_with(".mbench-") && name.ends_with(".tmp")) left.push_back(file->path());
  }
  for (const fs::path& file : left) fs::remove(file, error);
}

void require_free(const fs::path& folder) {
  for (const std::string_view name : kSetFolders) {
    std::error_code error;
    const fs::path part = folder / name;
    if (!fs::exists(part, error)) continue;
    if (fs::is_directory(part, error) && fs::is_empty(part, error)) continue;
    throw Error{ErrorKind::usage,
                {.what = "the folder for the set is in use",
                 .where = part.string(),
                 .expected = "a new or empty folder, or an unfinished set of the same settings",
                 .found = "files without a receipt",
                 .fix = "choose another folder with --out"}};
  }
}

}  // namespace

SetFolder::SetFolder(const fs::path& folder, const Receipt& head, bool fresh)
    : folder_{folder}, lock_{folder}, identity_{compose::identity(head)} {
  for (const std::string_view name : kSetFolders) remove_temporary_files(folder_ / name);
  if (fresh) discard_earlier();
  if (!has_receipt(folder_) && !is_file(folder_ / kRowsName)) {
    require_free(folder_);
    return;
  }
  read_earlier();
}

void SetFolder::read_earlier() {
  if (has_receipt(folder_)) {
    const Receipt receipt = read_receipt(folder_);
    if (compose::identity(receipt) != identity_) throw_other_set(folder_ / kReceiptName);
    for (const ReceiptRow& row : receipt.rows) earlier_.insert_or_assign(row.output, row);
  }
  const fs::path file = folder_ / kRowsName;
  finished_ = !is_file(file);
  if (finished_) return;
  const Rows rows = read_rows(file);
  if (!rows.identity.empty() && rows.identity != identity_) throw_other_set(file);
  for (const ReceiptRow& row : rows.rows) earlier_.insert_or_assign(row.output, row);
}

void SetFolder::discard_earlier() {
  std::vector<ReceiptRow> rows;
  if (has_receipt(folder_)) rows = read_receipt(folder_).rows;
  if (is_file(folder_ / kRowsName)) {
    for (ReceiptRow& row : read_rows(folder_ / kRowsName).rows) rows.push_back(std::move(row));
  }
  std::error_code error;
  for (const ReceiptRow& row : rows) {  // only what a set has made: inputs may lie beside it
    for (const OutputFile& file : row.files) fs::remove(folder_ / file.path, error);
  }
  for (const std::string_view name : kSetFolders) {
    if (fs::is_directory(folder_ / name, error) && fs::is_empty(folder_ / name, error)) {
      fs::remove(folder_ / name, error);
    }
  }
  fs::remove(folder_ / kReceiptName, error);
  fs::remove(folder_ / kRowsName, error);
}

void SetFolder::begin(const std::vector<ReceiptRow>& kept) {
  std::string text = rows_header(identity_) + '\n';
  for (const ReceiptRow& row : kept) text += to_json_line(row) + '\n';
  write_text_file_atomically(folder_ / kRowsName, text);
  std::error_code error;
  fs::remove(folder_ / kReceiptName, error);
  finished_ = false;
  log_.emplace(folder_ / kRowsName);
}

void SetFolder::finish(const Receipt& receipt) {
  write_receipt(folder_, receipt);
  log_.reset();
  std::error_code error;
  fs::remove(folder_ / kRowsName, error);
  finished_ = true;
}

}  // namespace mbench::datasets::compose

#include "datasets/made_folder.hpp"

#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <system_error>
#include <utility>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/json_reader.hpp"
#include "core/path_kind.hpp"
#include "core/text_file.hpp"
#include "datasets/receipt_parts.hpp"

namespace mbench::datasets {
namespace fs = std::filesystem;
namespace {

RowsHeader read_header(const JsonNode& node, std::string_view schema) {
  JsonObject object{node};
  require_schema(object, schema);
  RowsHeader header{.identity = object.at("identity").text()};
  if (const auto planned = object.find("planned")) header.planned = planned->count();
  object.leave();
  return header;
}

/// Reads, with a way out of what cannot be read.
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

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// The process in the name of a temporary file, which is `head` followed by "PID-N.tmp" (that is
/// how the writers of images and of text files call them); nothing for any other name.
std::optional<pid_t> writer_of(std::string_view name, std::string_view head) {
  constexpr std::string_view kEnding = ".tmp";
  if (!name.starts_with(head)) return std::nullopt;
  name.remove_prefix(head.size());
  if (!name.ends_with(kEnding)) return std::nullopt;
  name.remove_suffix(kEnding.size());
  const auto dash = name.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const std::string_view process = name.substr(0, dash);
  if (!is_number(process) || !is_number(name.substr(dash + 1))) return std::nullopt;
  pid_t id{};
  const auto read = std::from_chars(process.data(), process.data() + process.size(), id);
  return read.ec == std::errc{} ? std::optional{id} : std::nullopt;
}

std::optional<pid_t> image_writer_of(const fs::path& file) {
  return writer_of(file.filename().string(), ".mbench-");
}

/// A process that may not be signalled lives, too.
bool is_another_that_lives(pid_t process) {
  return process != ::getpid() && (::kill(process, 0) == 0 || errno == EPERM);
}

/// `begun` are the names of the text files that a killed process may have been writing, too. What
/// another process is writing stays: it may make the set of which this folder is a part.
void remove_temporary_files(const fs::path& folder, const std::vector<std::string_view>& begun) {
  std::error_code error;
  std::vector<fs::path> left;
  for (fs::directory_iterator file{folder, error}; !error && file != fs::directory_iterator{};
       file.increment(error)) {
    auto writer = image_writer_of(file->path());
    for (const std::string_view text : begun) {
      if (!writer) writer = writer_of(file->path().filename().string(), fmt::format("{}.", text));
    }
    if (writer && is_file(file->path()) && !is_another_that_lives(*writer)) {
      left.push_back(file->path());
    }
  }
  for (const fs::path& file : left) fs::remove(file, error);
}

}  // namespace

std::string header_line(const RowsHeader& header, std::string_view schema) {
  return dump({{"schema", schema}, {"identity", header.identity}, {"planned", header.planned}});
}

std::optional<RowsHeader> parse_rows(std::string_view text, std::string_view file,
                                     std::string_view schema,
                                     const std::function<void(const JsonNode&)>& visit) {
  std::optional<RowsHeader> header;
  for (int number = 1;; ++number) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos) return header;
    const std::string where = fmt::format("{}, line {}", file, number);
    const nlohmann::ordered_json line = parse_json(text.substr(0, end), where);
    const JsonNode node{line, {where, schema}, ""};
    if (number == 1) {
      header = read_header(node, schema);
    } else {
      visit(node);
    }
    text.remove_prefix(end + 1);
  }
}

std::optional<RowsHeader> read_rows(const fs::path& file, std::string_view schema,
                                    const std::function<void(const JsonNode&)>& visit) {
  return parse_rows(read_text_file(file), file.string(), schema, visit);
}

EarlierFiles read_earlier(const fs::path& folder, const MadeFolderFiles& files,
                          const EarlierReader& reader) {
  const fs::path receipt = folder / files.receipt, rows = folder / files.rows;
  const EarlierFiles earlier{.has_receipt = is_there(receipt), .has_rows = is_there(rows)};
  if (earlier.has_receipt) {
    const std::string identity =
        read_or_advise([&] { return reader.receipt(read_text_file(receipt), receipt.string()); });
    if (!reader.fresh && identity != reader.identity) reader.refuse(identity, receipt);
  }
  if (earlier.has_rows) {
    const auto header =
        read_or_advise([&] { return read_rows(rows, files.rows_schema, reader.row); });
    if (!reader.fresh && header && header->identity != reader.identity) {
      reader.refuse(header->identity, rows);
    }
  }
  return earlier;
}

void require_folder_or_nothing(const fs::path& out, std::string_view what) {
  std::error_code error;
  const fs::path whole = fs::absolute(out, error);
  for (fs::path folder = whole; folder.has_relative_path(); folder = folder.parent_path()) {
    if (!is_there(folder)) continue;
    if (is_folder(folder)) return;
    throw Error{ErrorKind::usage,
                {.what = fmt::format("{} written into a folder, and this is none", what),
                 .where = folder == whole ? out.string() : folder.string(),
                 .fix = "name a folder with --out; it is made if it is missing"}};
  }
}

bool is_temporary(const fs::path& file) { return image_writer_of(file).has_value(); }

MadeFolder::MadeFolder(fs::path folder, const MadeFolderFiles& files)
    : folder_{std::move(folder)}, files_{files}, lock_{folder_} {}

void MadeFolder::remove_leftovers(const std::vector<std::string_view>& parts) {
  remove_temporary_files(folder_, {files_.receipt, files_.rows});
  for (const std::string_view part : parts) remove_temporary_files(folder_ / part, {});
}

void MadeFolder::begin(const RowsHeader& header, const std::vector<std::string>& rows,
                       const std::vector<std::string_view>& parts) {
  remove_leftovers(parts);
  std::string text = header_line(header, files_.rows_schema) + '\n';
  for (const std::string& row : rows) text += row + '\n';
  write_text_file_atomically(folder_ / files_.rows, text);
  std::error_code error;
  fs::remove(folder_ / files_.receipt, error);
  log_.emplace(folder_ / files_.rows);
}

void MadeFolder::finish(std::string_view receipt) {
  write_text_file_atomically(folder_ / files_.receipt, receipt);
  log_.reset();
  std::error_code error;
  fs::remove(folder_ / files_.rows, error);
}

void MadeFolder::discard() {
  std::error_code error;
  fs::remove(folder_ / files_.receipt, error);
  fs::remove(folder_ / files_.rows, error);
}

}  // namespace mbench::datasets

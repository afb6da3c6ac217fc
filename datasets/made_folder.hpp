#pragma once
#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/folder_lock.hpp"
#include "core/line_log.hpp"

namespace mbench {
class JsonNode;
}

// A folder whose files mbench makes, one after the other, so that a run that was stopped goes on:
// beside the files lies a log with one row for each, on a line; at the end the rows become the
// receipt, and the log goes. Composed sets and made trimaps are such folders.

namespace mbench::datasets {

/// The two files of one kind of such folders.
struct MadeFolderFiles {
  std::string_view receipt{}, rows{};
  std::string_view rows_schema{};
};

/// The first line of a log.
struct RowsHeader {
  std::string identity{};  ///< what two runs must share to work on one folder
  std::size_t planned{};   ///< how many rows the whole has; 0: the log does not say it
};
[[nodiscard]] std::string header_line(const RowsHeader& header, std::string_view schema);

/// Reads a log and calls visit() for each row; nothing if not even the first line is whole. A last
/// line without line feed is what a killed process leaves, and does not count. Throws bad_input
/// naming file and line.
std::optional<RowsHeader> read_rows(const std::filesystem::path& file, std::string_view schema,
                                    const std::function<void(const JsonNode&)>& visit);
/// The same of the text of a log; `file` stands in messages.
std::optional<RowsHeader> parse_rows(std::string_view text, std::string_view file,
                                     std::string_view schema,
                                     const std::function<void(const JsonNode&)>& visit);

/// How what earlier runs left is read.
struct EarlierReader {
  std::string_view identity{};
  bool fresh{};  ///< it will be discarded: its identity does not matter
  /// Keeps the rows of a receipt and returns its identity.
  std::function<std::string(std::string_view text, std::string_view file)> receipt{};
  std::function<void(const JsonNode&)> row{};
  /// Throws: `file` is of another identity.
  std::function<void(const std::string& found, const std::filesystem::path& file)> refuse{};
};

/// What earlier runs left.
struct EarlierFiles {
  bool has_receipt{}, has_rows{};
  [[nodiscard]] bool is_finished() const { return has_receipt && !has_rows; }
};

/// Reads the receipt, then the log, where they are. Writes nothing. Throws what refuse() does, and
/// bad_input with a way out for files that cannot be read.
EarlierFiles read_earlier(const std::filesystem::path& folder, const MadeFolderFiles& files,
                          const EarlierReader& reader);

/// Throws usage, naming the path, if `out` is a file or lies below one; `what` begins the message:
/// "trimaps are".
void require_folder_or_nothing(const std::filesystem::path& out, std::string_view what);

/// Is it what a process is, or was, writing: a hidden file of the image writer?
[[nodiscard]] bool is_temporary(const std::filesystem::path& file);

/// Such a folder while its files are being made, closed to other processes.
class MadeFolder {
 public:
  /// Makes it if it is missing. Throws usage if another process writes it.
  MadeFolder(std::filesystem::path folder, const MadeFolderFiles& files);

  [[nodiscard]] const std::filesystem::path& path() const { return folder_; }

  /// Removes what killed processes were writing in it and in its `parts` (sub-folders).
  void remove_leftovers(const std::vector<std::string_view>& parts);
  /// From now on it is unfinished: leftovers are removed, the log begins with the rows so far, each
  /// on a line; a receipt goes.
  void begin(const RowsHeader& header, const std::vector<std::string>& rows,
             const std::vector<std::string_view>& parts);
  /// Appends a row; it is on disk when the call returns. May be called from several threads.
  void append(std::string_view row) { log_->append(row); }
  /// Writes the receipt, whole or not at all, and removes the log.
  void finish(std::string_view receipt);
  /// Removes both.
  void discard();

 private:
  std::filesystem::path folder_;
  MadeFolderFiles files_;
  FolderLock lock_;
  std::optional<LineLog> log_{};
};

}  // namespace mbench::datasets

#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/line_log.hpp"
#include "results/record.hpp"

namespace mbench::results {

/// What a samples.jsonl holds: the rows of a run that is going on or was interrupted.
struct SampleLog {
  std::string identity{};               ///< of the run (a SHA-256); "" if the header is unfinished
  std::vector<SampleResult> samples{};  ///< in order of completion
  std::uint64_t file_bytes{};           ///< length of the file when it was read
  std::uint64_t intact_bytes{};         ///< length of the file without an unfinished last line
  bool unfinished_line{};               ///< the last line has no line feed and was left out
};

/// Reads a samples.jsonl. A last line without a line feed is what a killed run leaves: it is left
/// out, its sample counts as not done. Throws bad_input, naming file and line, for damage anywhere
/// else, for a sample that occurs twice, and for a file that is not a samples.jsonl.
[[nodiscard]] SampleLog read_jsonl(const std::filesystem::path& file);

/// Appends rows to samples.jsonl; every row is on disk when append() returns. append() may be
/// called from several threads. The file is locked while the writer lives, so that two runs cannot
/// mix their rows.
class JsonlWriter {
 public:
  /// A new file with the header; a file of that name is emptied. Folders above it are made.
  [[nodiscard]] static JsonlWriter create(const std::filesystem::path& file,
                                          std::string_view identity);
  /// Goes on after the intact rows of `log` (read_jsonl of the same file): an unfinished last line
  /// is cut off first, an unfinished header written anew with `identity`. Throws usage if the log
  /// is of another identity, bad_input if the file has changed since it was read.
  [[nodiscard]] static JsonlWriter resume(const std::filesystem::path& file, const SampleLog& log,
                                          std::string_view identity);
  /// Throws internal if the row cannot be written or holds what JSON cannot; the file is then as
  /// it was before.
  void append(const SampleResult& sample);

 private:
  explicit JsonlWriter(LineLog log) : log_{std::move(log)} {}

  LineLog log_;
};

}  // namespace mbench::results

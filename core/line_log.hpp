#pragma once
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <string_view>

namespace mbench {

/// A text file that grows line by line while a job goes on: every line is on disk when append()
/// returns, and a line that does not fit is not there at all. The file is locked while the log
/// lives, so that two processes cannot mix their lines. append() may be called from several
/// threads.
class LineLog {
 public:
  /// Opens the file, or makes it with the folders above it. Throws bad_input if another process
  /// holds it, internal if it cannot be opened.
  explicit LineLog(std::filesystem::path file);
  ~LineLog();
  LineLog(LineLog&& other) noexcept;
  LineLog& operator=(LineLog&&) = delete;

  [[nodiscard]] const std::filesystem::path& file() const { return file_; }
  /// Length of the file.
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

  /// Keeps the first `bytes` of the file: what a killed process left behind its last line goes.
  void cut_to(std::uint64_t bytes);
  /// Adds the line and a line feed. Throws internal with the system's reason; the file is then as
  /// it was before.
  void append(std::string_view line);

 private:
  std::filesystem::path file_;
  int descriptor_;  ///< -1 once moved from
  std::uint64_t bytes_{};
  std::mutex mutex_{};
};

}  // namespace mbench

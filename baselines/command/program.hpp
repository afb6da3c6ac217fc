#pragma once
#include <atomic>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mbench::baselines {

/// How a program ended.
struct ProgramEnd {
  std::optional<int> exit_status{};  ///< of a program that ended by itself
  int signal{};                      ///< that killed it; 0 if none did
  bool timed_out{};                  ///< it was killed because its time was over
  bool interrupted{};                ///< it was killed because the run was interrupted
  bool lost{};                       ///< its status went to nobody: SIGCHLD is ignored
  std::string last_lines{};          ///< the end of what it wrote to stderr, without blank ends

  [[nodiscard]] bool success() const { return exit_status == 0; }
};

/// When a program is killed that does not end by itself.
struct ProgramLimits {
  double timeout_s{};
  const std::atomic<bool>* interrupted{};  ///< once true, it is killed; or null
  /// Counts what the program has done. The time begins anew whenever that has grown, which is
  /// looked at once a second, and ten times in a shorter `timeout_s`. Empty: the time is for all.
  std::function<std::size_t()> progress{};
};

/// The file that is started for `program`: itself if it contains a slash, else the first executable
/// of that name in PATH. Throws unavailable if there is none.
[[nodiscard]] std::filesystem::path find_program(const std::string& program);

/// Runs a program to its end, without a shell: each of `words` arrives as it is. It reads nothing,
/// what it writes to stdout is dropped, and none of mbench's open files reach it. It gets a process
/// group of its own, and when it has ended, or its time is over, the whole group is killed; what
/// has left the group goes on, and is not waited for. Throws unavailable if it cannot be started.
[[nodiscard]] ProgramEnd run_program(const std::filesystem::path& program,
                                     const std::vector<std::string>& words,
                                     const ProgramLimits& limits);

/// Kills the groups of all programs that run, and whatever is started from now on: a process group
/// of its own hears nothing of the Ctrl-C that ends mbench. Signal handlers may call this.
void stop_programs() noexcept;

/// "exit status 3" or "killed by signal 11 (Segmentation fault)" or "not finished after 2 s", and
/// the last lines of stderr.
[[nodiscard]] std::string describe(const ProgramEnd& end, const ProgramLimits& limits);

/// A new folder below the system's folder for temporary files, for this user alone. It goes with
/// everything in it when the object goes.
class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::filesystem::path operator/(std::string_view name) const {
    return path_ / name;
  }

 private:
  std::filesystem::path path_;
};

}  // namespace mbench::baselines

#include "baselines/command/program.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <utility>

#include <fmt/core.h>

#include "core/error.hpp"
#include "core/text_file.hpp"

namespace mbench::baselines {
namespace {
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kTailBytes = 4000, kTailLines = 12;
constexpr int kStepMs = 10;             ///< how often a program without an open stderr is looked at
constexpr double kProgressStepS = 1.0;  ///< how often its progress is looked at, at most

// Read by a signal handler: cannot live elsewhere. What finds no place is killed by its own thread,
// which looks at `stopped` in every step.
std::array<std::atomic<pid_t>, 256> running_groups{};
std::atomic<bool> stopped{false};
static_assert(std::atomic<pid_t>::is_always_lock_free && std::atomic<bool>::is_always_lock_free);

/// Lists a process group for stop_programs() until release(), which must come before the process is
/// reaped: afterwards the number may be another's.
class ListedGroup {
 public:
  explicit ListedGroup(pid_t group) {
    for (std::atomic<pid_t>& place : running_groups) {
      pid_t free = 0;
      if (!place.compare_exchange_strong(free, group)) continue;
      place_ = &place;
      return;
    }
  }
  ~ListedGroup() { release(); }
  ListedGroup(const ListedGroup&) = delete;
  ListedGroup& operator=(const ListedGroup&) = delete;

  void release() {
    if (place_ != nullptr) std::exchange(place_, nullptr)->store(0);
  }

 private:
  std::atomic<pid_t>* place_{nullptr};
};

[[noreturn]] void throw_cannot_start(const fs::path& program, int error) {
  throw Error{ErrorKind::unavailable,
              {.what = "the program cannot be started",
               .where = program.string(),
               .found = std::strerror(error),
               .fix = "check its first line (#!) and that it may be executed"}};
}

/// The reading end of a pipe of which a program has the writing end as its stderr.
class ErrorPipe {
 public:
  ErrorPipe() {
    if (::pipe2(ends_.data(), O_CLOEXEC) != 0) throw_system_error("make a pipe", "stderr");
    ::fcntl(ends_[0], F_SETFL, O_NONBLOCK);
  }
  ~ErrorPipe() {
    close_writer();
    ::close(ends_[0]);
  }
  ErrorPipe(const ErrorPipe&) = delete;
  ErrorPipe& operator=(const ErrorPipe&) = delete;

  [[nodiscard]] int writer() const { return ends_[1]; }
  void close_writer() {
    if (ends_[1] >= 0) ::close(std::exchange(ends_[1], -1));
  }

  /// Waits for up to `kStepMs` and takes what there is.
  void take() {
    pollfd events{.fd = open_ ? ends_[0] : -1, .events = POLLIN, .revents = 0};
    ::poll(&events, 1, kStepMs);
    drain();
  }

  /// Takes no more than a full pipe holds, which is all that was written before the call: somebody
  /// may write as fast as this reads, and go on when the program has ended.
  void drain() {
    const int capacity = ::fcntl(ends_[0], F_GETPIPE_SZ);
    std::array<char, 4096> buffer{};
    ssize_t count = 0;
    for (ssize_t left = std::max(capacity, 1); open_ && left > 0; left -= count) {
      count = ::read(ends_[0], buffer.data(), buffer.size());
      if (count == 0) open_ = false;  // nobody has the writing end any more
      if (count <= 0) return;
      text_.append(buffer.data(), static_cast<std::size_t>(count));
      if (text_.size() > 2 * kTailBytes) text_.erase(0, text_.size() - kTailBytes);
    }
  }

  [[nodiscard]] std::string last_lines() const {
    constexpr std::string_view kBlank = " \t\r\n";
    const std::size_t last = text_.find_last_not_of(kBlank);
    if (last == std::string::npos) return {};
    std::string text = text_.substr(0, last + 1);
    if (text.size() > kTailBytes) text.erase(0, text.size() - kTailBytes);
    std::size_t begin = text.size();
    for (std::size_t i = 0; i < kTailLines && begin != std::string::npos && begin != 0; ++i) {
      begin = text.rfind('\n', begin - 1);
    }
    return begin == std::string::npos || begin == 0 ? text : text.substr(begin + 1);
  }

 private:
  std::array<int, 2> ends_{-1, -1};
  bool open_{true};
  std::string text_{};
};

/// What a new process gets: see run_program().
class SpawnSettings {
 public:
  explicit SpawnSettings(int stderr_writer) {
    ::posix_spawn_file_actions_init(&actions_);
    ::posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_addopen(&actions_, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_adddup2(&actions_, stderr_writer, STDERR_FILENO);
    ::posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1);
    ::posix_spawnattr_init(&attributes_);
    ::posix_spawnattr_setflags(
        &attributes_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    ::posix_spawnattr_setpgroup(&attributes_, 0);
    sigset_t none;
    sigemptyset(&none);
    ::posix_spawnattr_setsigmask(&attributes_, &none);
    sigset_t all;
    sigfillset(&all);
    ::posix_spawnattr_setsigdefault(&attributes_, &all);
  }
  ~SpawnSettings() {
    ::posix_spawn_file_actions_destroy(&actions_);
    ::posix_spawnattr_destroy(&attributes_);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;

  [[nodiscard]] pid_t start(const fs::path& program, const std::vector<std::string>& words) const {
    std::vector<char*> arguments;
    for (const std::string& word : words) {
      arguments.push_back(const_cast<char*>(word.c_str()));  // posix_spawn does not write to them
    }
    arguments.push_back(nullptr);
    pid_t process = 0;
    const int error = ::posix_spawn(&process, program.c_str(), &actions_, &attributes_,
                                    arguments.data(), environ);
    if (error != 0) throw_cannot_start(program, error);
    return process;
  }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

enum class ProcessState { running, ended, lost };

ProcessState state_of(pid_t process) {
  siginfo_t info{};  // the process stays a zombie, so that its group keeps its number
  if (::waitid(P_PID, static_cast<id_t>(process), &info, WEXITED | WNOHANG | WNOWAIT) == 0) {
    return info.si_pid == process ? ProcessState::ended : ProcessState::running;
  }
  return errno == ECHILD ? ProcessState::lost : ProcessState::running;
}

/// Whether a program has used up its time.
class Deadline {
 public:
  explicit Deadline(const ProgramLimits& limits)
      : limits_{limits}, step_s_{std::min(kProgressStepS, limits.timeout_s / 10)} {}

  [[nodiscard]] bool is_over() {
    const Clock::time_point now = Clock::now();
    const auto since = [&](Clock::time_point then) {
      return std::chrono::duration<double>(now - then).count();
    };
    if (limits_.progress && since(looked_) >= step_s_) {
      looked_ = now;
      if (const std::size_t done = limits_.progress(); done > done_) {
        done_ = done;
        begin_ = now;
      }
    }
    return since(begin_) > limits_.timeout_s;
  }

 private:
  const ProgramLimits& limits_;
  double step_s_;
  Clock::time_point begin_{Clock::now()}, looked_{begin_};
  std::size_t done_{};
};

bool is_executable(const fs::path& file) {
  std::error_code error;
  return fs::is_regular_file(file, error) && ::access(file.c_str(), X_OK) == 0;
}

}  // namespace

fs::path find_program(const std::string& program) {
  if (program.find('/') != std::string::npos) {
    if (is_executable(program)) return program;
    throw Error{ErrorKind::unavailable,
                {.what = "the program of method 'command' cannot be run",
                 .where = program,
                 .expected = "an executable file",
                 .found = fs::exists(program) ? "a file that may not be executed" : "no such file",
                 .fix = "check its path, or name the interpreter first: python script.py"}};
  }
  const char* const path = std::getenv("PATH");
  std::string_view rest{path == nullptr ? "/usr/bin:/bin" : path};
  while (!rest.empty()) {
    const std::size_t colon = rest.find(':');
    const fs::path file = fs::path{rest.substr(0, colon)} / program;
    if (is_executable(file)) return file;
    rest = colon == std::string_view::npos ? std::string_view{} : rest.substr(colon + 1);
  }
  throw Error{ErrorKind::unavailable,
              {.what = fmt::format("there is no program '{}'", program),
               .expected = "a program in one of the folders of PATH, or a path with a slash",
               .fix = "install it, or write ./ before a file of this folder"}};
}

void stop_programs() noexcept {
  stopped = true;
  for (const std::atomic<pid_t>& place : running_groups) {
    if (const pid_t group = place; group != 0) ::kill(-group, SIGKILL);
  }
}

ProgramEnd run_program(const fs::path& program, const std::vector<std::string>& words,
                       const ProgramLimits& limits) {
  ErrorPipe errors;
  const pid_t process = SpawnSettings{errors.writer()}.start(program, words);
  ListedGroup listed{process};
  errors.close_writer();

  ProgramEnd end;
  Deadline deadline{limits};
  ProcessState state = state_of(process);
  for (; state == ProcessState::running; state = state_of(process)) {
    errors.take();
    end.timed_out = deadline.is_over();
    end.interrupted = stopped || (limits.interrupted != nullptr && *limits.interrupted);
    if (end.timed_out || end.interrupted) break;
  }
  end.lost = state == ProcessState::lost;
  int status = 0;
  if (!end.lost) ::kill(-process, SIGKILL);  // and what it has started and left behind
  listed.release();
  while (!end.lost && ::waitpid(process, &status, 0) < 0 && errno == EINTR) {
  }
  errors.drain();
  end.last_lines = errors.last_lines();
  if (stopped && state == ProcessState::ended && WIFSIGNALED(status)) end.interrupted = true;
  if (!end.timed_out && !end.interrupted && !end.lost) {
    if (WIFEXITED(status)) end.exit_status = WEXITSTATUS(status);
    if (WIFSIGNALED(status)) end.signal = WTERMSIG(status);
  }
  return end;
}

std::string describe(const ProgramEnd& end, const ProgramLimits& limits) {
  std::string text = "interrupted";
  if (end.exit_status) text = fmt::format("exit status {}", *end.exit_status);
  if (end.signal != 0) {
    text = fmt::format("killed by signal {} ({})", end.signal, ::strsignal(end.signal));
  }
  if (end.timed_out) {
    text =
        fmt::format("{} {:g} s, and killed",
                    limits.progress ? "nothing new for" : "not finished after", limits.timeout_s);
  }
  if (end.lost) text = "ended with an unknown status, for this process ignores SIGCHLD";
  text += end.last_lines.empty() ? "; nothing on stderr" : "; on stderr last:\n" + end.last_lines;
  return text;
}

ScratchFolder::ScratchFolder() {
  std::string pattern = (fs::temp_directory_path() / "mbench-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw_system_error("make a folder", pattern);
  path_ = pattern;
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;  // a program may have left something that cannot be removed
  fs::remove_all(path_, ignored);
}

}  // namespace mbench::baselines

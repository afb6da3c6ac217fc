#include "baselines/command/program.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

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
constexpr int kStepMs = 10;  ///< how often a program without an open stderr is looked at

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

  void drain() {
    std::array<char, 4096> buffer{};
    ssize_t count = 0;
    while (open_ && (count = ::read(ends_[0], buffer.data(), buffer.size())) > 0) {
      text_.append(buffer.data(), static_cast<std::size_t>(count));
      if (text_.size() > 2 * kTailBytes) text_.erase(0, text_.size() - kTailBytes);
    }
    if (count == 0) open_ = false;  // nobody has the writing end any more
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

bool has_ended(pid_t process) {
  siginfo_t info{};  // the process stays a zombie, so that its group keeps its number
  return ::waitid(P_PID, static_cast<id_t>(process), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
         info.si_pid == process;
}

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

ProgramEnd run_program(const fs::path& program, const std::vector<std::string>& words,
                       double timeout_s, const std::atomic<bool>* interrupted) {
  ErrorPipe errors;
  const pid_t process = SpawnSettings{errors.writer()}.start(program, words);
  errors.close_writer();

  ProgramEnd end;
  const auto begin = Clock::now();
  while (!has_ended(process)) {
    errors.take();
    end.timed_out = std::chrono::duration<double>(Clock::now() - begin).count() > timeout_s;
    end.interrupted = interrupted != nullptr && interrupted->load();
    if (end.timed_out || end.interrupted) break;
  }
  ::kill(-process, SIGKILL);  // and what it has started and left behind
  int status = 0;
  while (::waitpid(process, &status, 0) < 0 && errno == EINTR) {
  }
  errors.drain();
  end.last_lines = errors.last_lines();
  if (!end.timed_out && !end.interrupted) {
    if (WIFEXITED(status)) end.exit_status = WEXITSTATUS(status);
    if (WIFSIGNALED(status)) end.signal = WTERMSIG(status);
  }
  return end;
}

std::string describe(const ProgramEnd& end, double timeout_s) {
  std::string text = "interrupted";
  if (end.exit_status) text = fmt::format("exit status {}", *end.exit_status);
  if (end.signal != 0) {
    text = fmt::format("killed by signal {} ({})", end.signal, ::strsignal(end.signal));
  }
  if (end.timed_out) text = fmt::format("not finished after {:g} s, and killed", timeout_s);
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

#include "tests/support/program.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <thread>

#include "tests/support/files.hpp"

namespace mbench::testing {
namespace {

std::string temporary_file() {
  std::string pattern = (std::filesystem::temp_directory_path() / "mbench-out-XXXXXX").string();
  const int descriptor = mkstemp(pattern.data());
  if (descriptor < 0) throw std::runtime_error{"cannot make " + pattern};
  close(descriptor);
  return pattern;
}

}  // namespace

RunningProgram::RunningProgram(const std::vector<std::string>& command,
                               const std::map<std::string, std::string>& environment)
    : out_file_{temporary_file()}, err_file_{temporary_file()} {
  std::vector<char*> arguments;
  for (const std::string& argument : command) {
    arguments.push_back(const_cast<char*>(argument.c_str()));  // execv does not write to them
  }
  arguments.push_back(nullptr);
  process_ = fork();
  if (process_ < 0) throw std::runtime_error{"cannot fork"};
  if (process_ == 0) {
    dup2(open("/dev/null", O_RDONLY), STDIN_FILENO);
    dup2(open(out_file_.c_str(), O_WRONLY), STDOUT_FILENO);
    dup2(open(err_file_.c_str(), O_WRONLY), STDERR_FILENO);
    for (const auto& [name, value] : environment) setenv(name.c_str(), value.c_str(), 1);
    execv(arguments[0], arguments.data());
    _exit(127);
  }
}

RunningProgram::~RunningProgram() {
  if (!reaped_) {
    kill(process_, SIGKILL);
    waitpid(process_, &status_, 0);
  }
  std::filesystem::remove(out_file_);
  std::filesystem::remove(err_file_);
}

void RunningProgram::send_signal(int signal) const { kill(process_, signal); }

bool RunningProgram::ended() {
  if (!reaped_ && waitpid(process_, &status_, WNOHANG) == process_) reaped_ = true;
  return reaped_;
}

ProgramResult RunningProgram::wait() {
  if (!reaped_) {
    waitpid(process_, &status_, 0);
    reaped_ = true;
  }
  return {.exit_code = WIFEXITED(status_) ? WEXITSTATUS(status_) : 128 + WTERMSIG(status_),
          .out = read_text(out_file_),
          .err = read_text(err_file_)};
}

ProgramResult run_program(const std::vector<std::string>& command,
                          const std::map<std::string, std::string>& environment) {
  RunningProgram program{command, environment};
  return program.wait();
}

bool comes_true(const std::function<bool()>& holds) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::minutes{2};
  while (!holds()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds{5});
  }
  return true;
}

std::string says_begun(const std::string& file) {
  return "echo $$ > '" + file + ".part'; mv '" + file + ".part' '" + file + "'\n";
}

int process_in(const std::string& file) { return std::stoi(read_text(file)); }

bool is_dead(int process) {
  std::ifstream stream{"/proc/" + std::to_string(process) + "/stat"};
  std::string text;
  if (!std::getline(stream, text)) return true;
  const std::size_t state = text.rfind(')') + 2;  // of "PID (NAME) STATE ..."
  return state >= text.size() || text[state] == 'Z' || text[state] == 'X';
}

}  // namespace mbench::testing

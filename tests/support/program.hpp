#pragma once
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace mbench::testing {

/// What a program wrote and how it ended.
struct ProgramResult {
  int exit_code{};  ///< 128 + N if signal N killed it
  std::string out{}, err{};
};

/// Runs a program to its end. `environment` is added to that of the test.
[[nodiscard]] ProgramResult run_program(const std::vector<std::string>& command,
                                        const std::map<std::string, std::string>& environment = {});

/// Waits until something holds, which is looked at again and again. False after two minutes: only a
/// test that fails waits that long.
[[nodiscard]] bool comes_true(const std::function<bool()>& holds);

/// The line of shell with which a script says in `file`, which appears with its whole content, that
/// it has begun, and what its process is. process_in() reads it.
[[nodiscard]] std::string says_begun(const std::string& file);
[[nodiscard]] int process_in(const std::string& file);

/// Has the process ended, whoever its parent is?
[[nodiscard]] bool is_dead(int process);

/// A program that goes on beside the test.
class RunningProgram {
 public:
  explicit RunningProgram(const std::vector<std::string>& command,
                          const std::map<std::string, std::string>& environment = {});
  ~RunningProgram();
  RunningProgram(const RunningProgram&) = delete;
  RunningProgram& operator=(const RunningProgram&) = delete;

  void send_signal(int signal) const;
  /// Has it ended?
  [[nodiscard]] bool ended();
  /// Waits for its end.
  [[nodiscard]] ProgramResult wait();

 private:
  int process_{-1};
  int status_{};
  bool reaped_{false};
  std::string out_file_{}, err_file_{};
};

}  // namespace mbench::testing

#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "tests/app/fixture.hpp"

// What the tests of `command:` share.

namespace mbench::testing {

namespace fs = std::filesystem;

/// A workspace with a data set `set` and a folder for temporary files that is its own.
class CommandWorkspace {
 public:
  explicit CommandWorkspace(int samples = 2, std::string temporary = "tmp")
      : temporary_{std::move(temporary)} {
    write_dataset(work_ / "set", samples);
    fs::create_directories(work_ / temporary_);
  }
  [[nodiscard]] fs::path operator/(std::string_view name) const { return work_ / name; }

  /// The command line of a run.
  [[nodiscard]] std::vector<std::string> words(const std::string& method,
                                               std::vector<std::string> more = {},
                                               const std::string& out = "out") const {
    std::vector<std::string> words{
        MBENCH_PROGRAM,         "run",    "-m", method, "-d", (work_ / "set").string(), "-o",
        (work_ / out).string(), "--quiet"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }
  [[nodiscard]] std::map<std::string, std::string> environment() const {
    auto environment = work_.environment();
    environment["TMPDIR"] = (work_ / temporary_).string();
    return environment;
  }
  [[nodiscard]] ProgramResult run(const std::string& method, std::vector<std::string> more = {},
                                  const std::string& out = "out") const {
    return run_program(words(method, std::move(more), out), environment());
  }
  /// Starts the command line, sends the signal when `marker` is there, and waits for the end.
  [[nodiscard]] ProgramResult interrupt(const std::vector<std::string>& words,
                                        const fs::path& marker, int signal) const {
    RunningProgram program{words, environment()};
    const bool begun = comes_true([&] { return fs::exists(marker) || program.ended(); });
    if (begun) program.send_signal(signal);
    return program.wait();
  }
  /// The record of the only method that was run.
  [[nodiscard]] Json record(const std::string& out = "out") const {
    const fs::directory_iterator folders{work_ / (out + "/set")};
    return read_json(folders->path() / "record.json");
  }
  /// A shell script that is run as `sh FILE ...`.
  [[nodiscard]] std::string script(const std::string& name, const std::string& text) const {
    write_text(work_ / name, text);
    return (work_ / name).string();
  }
  [[nodiscard]] bool left_nothing() const { return fs::is_empty(work_ / temporary_); }

 private:
  Workspace work_;
  std::string temporary_;
};

inline std::string error_of(const Json& sample, const char* part) {
  return sample.at("error").at(part).get<std::string>();
}

}  // namespace mbench::testing

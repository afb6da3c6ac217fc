#pragma once
#include "core/error.hpp"

namespace mbench::app {

/// What the program's end tells scripts.
enum class ExitCode : int {
  success = 0,
  check_failed = 1,
  wrong_usage = 2,
  bad_input = 3,
  some_samples_failed = 4,
  not_available = 5,
  interrupted = 130,
};

/// Thrown by a verb's callback to end the program with this code after everything was written.
struct Exit {
  ExitCode code;
};

[[nodiscard]] constexpr ExitCode exit_code(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::usage: return ExitCode::wrong_usage;
    case ErrorKind::bad_input: return ExitCode::bad_input;
    case ErrorKind::method: return ExitCode::some_samples_failed;
    case ErrorKind::unavailable:
    case ErrorKind::internal: break;
  }
  return ExitCode::not_available;
}

}  // namespace mbench::app

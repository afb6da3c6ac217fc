#pragma once
#include <exception>
#include <string>
#include <string_view>

namespace mbench {

/// What kind of trouble it is; decides the exit code of the program (docs of the command line).
enum class ErrorKind {
  usage,        ///< wrong option or name: exit 2
  bad_input,    ///< missing, unreadable or contradictory data: exit 3
  unavailable,  ///< method, weights, device or optional part not there: exit 5
  method,       ///< a method failed on valid input: a failed row, exit 4
  internal,     ///< something that should not happen, e.g. a full disk: exit 5
};

[[nodiscard]] std::string_view to_string(ErrorKind kind);

/// What the user is told. Empty parts are not shown. `what` is a sentence without a full stop.
struct ErrorParts {
  std::string what{}, where{}, expected{}, found{}, fix{};
};

/// The one exception type for everything that a user can mend.
class Error : public std::exception {
 public:
  Error(ErrorKind kind, ErrorParts parts);

  [[nodiscard]] ErrorKind kind() const { return kind_; }
  [[nodiscard]] const ErrorParts& parts() const { return parts_; }
  /// The message for people, several lines:
  ///     unknown metric 'sat'
  ///       expected: one of: sad, mse
  ///       fix:      did you mean 'sad'?
  [[nodiscard]] const char* what() const noexcept override { return message_.c_str(); }

  /// The same error with `where` put in front of the place that it already names.
  [[nodiscard]] Error at(std::string_view where) const;

 private:
  ErrorKind kind_;
  ErrorParts parts_;
  std::string message_;
};

/// The parts in the layout of Error::what().
[[nodiscard]] std::string format_error(const ErrorParts& parts);

}  // namespace mbench

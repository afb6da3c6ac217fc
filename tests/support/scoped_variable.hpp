#pragma once
#include <optional>
#include <string>

namespace mbench::testing {

/// Sets an environment variable, or removes it for nullopt, until the object goes.
class ScopedVariable {
 public:
  ScopedVariable(std::string name, std::optional<std::string> value);
  ~ScopedVariable();
  ScopedVariable(const ScopedVariable&) = delete;
  ScopedVariable& operator=(const ScopedVariable&) = delete;

 private:
  std::string name_;
  std::optional<std::string> before_{};
};

}  // namespace mbench::testing

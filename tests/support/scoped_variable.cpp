#include "tests/support/scoped_variable.hpp"

#include <cstdlib>
#include <utility>

namespace mbench::testing {

ScopedVariable::ScopedVariable(std::string name, std::optional<std::string> value)
    : name_{std::move(name)} {
  if (const char* before = std::getenv(name_.c_str())) before_ = before;
  if (value) {
    setenv(name_.c_str(), value->c_str(), 1);
  } else {
    unsetenv(name_.c_str());
  }
}

ScopedVariable::~ScopedVariable() {
  if (before_) {
    setenv(name_.c_str(), before_->c_str(), 1);
  } else {
    unsetenv(name_.c_str());
  }
}

}  // namespace mbench::testing

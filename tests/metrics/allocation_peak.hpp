#pragma once
#include <cstdint>

namespace mbench::testing {

/// Follows what operator new hands out and operator delete takes back, in the whole program.
class AllocationPeak {
 public:
  AllocationPeak();
  /// The most bytes that were in use at a time since, beyond those in use then.
  [[nodiscard]] std::int64_t bytes() const;

 private:
  std::int64_t before_;
};

}  // namespace mbench::testing

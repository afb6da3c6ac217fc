#pragma once
#include <cstdint>

namespace mbench::runners {

/// Watches the resident memory of this process from when it is made.
class PeakMemory {
 public:
  /// Gives freed memory back to the system and has it forget the peak so far.
  PeakMemory();

  /// Bytes that were resident when it was made.
  [[nodiscard]] std::int64_t before_bytes() const { return before_bytes_; }
  /// Most bytes that were resident at one time: since it was made where `is_own()`, otherwise
  /// since the process began.
  [[nodiscard]] std::int64_t peak_bytes() const;
  /// The system let the peak be forgotten (Linux: /proc/self/clear_refs).
  [[nodiscard]] bool is_own() const { return is_own_; }

 private:
  bool is_own_;
  std::int64_t before_bytes_;
};

}  // namespace mbench::runners

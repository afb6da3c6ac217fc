#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace mbench::baselines {

/// A sparse symmetric matrix: its lower triangle, diagonal included, column by column.
/// Column j holds rows[start[j]] ... rows[start[j + 1] - 1] in ascending order; the first of them
/// is j itself. Row numbers are 32 bits wide: half the memory, enough for 2^31 pixels.
struct SymmetricMatrix {
  std::vector<std::int64_t> start{0};
  std::vector<std::int32_t> rows{};
  std::vector<double> values{};

  [[nodiscard]] std::int32_t order() const { return static_cast<std::int32_t>(start.size()) - 1; }
};

/// result = A x. `x` and `result` have A.order() elements and do not overlap.
void multiply(const SymmetricMatrix& matrix, std::span<const double> x, std::span<double> result);

/// A x = b: what the classical methods leave to solve.
struct LinearSystem {
  SymmetricMatrix matrix{};
  std::vector<double> right{};
};

}  // namespace mbench::baselines

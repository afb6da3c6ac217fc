#include "baselines/classical/solver/symmetric_matrix.hpp"

#include <algorithm>
#include <cassert>

namespace mbench::baselines {

void multiply(const SymmetricMatrix& matrix, std::span<const double> x, std::span<double> result) {
  const std::int32_t order = matrix.order();
  assert(x.size() == static_cast<std::size_t>(order) && result.size() == x.size());
  std::ranges::fill(result, 0.0);
  const std::int32_t* const rows = matrix.rows.data();
  const double* const values = matrix.values.data();
  for (std::int32_t j = 0; j < order; ++j) {
    const std::int64_t diagonal = matrix.start[j];
    const double x_j = x[j];
    double sum = values[diagonal] * x_j;
    for (std::int64_t k = diagonal + 1; k < matrix.start[j + 1]; ++k) {
      sum += values[k] * x[rows[k]];
      result[rows[k]] += values[k] * x_j;
    }
    result[j] += sum;
  }
}

}  // namespace mbench::baselines

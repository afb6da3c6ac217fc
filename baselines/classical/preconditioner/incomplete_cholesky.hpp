#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "baselines/classical/solver/symmetric_matrix.hpp"

namespace mbench::baselines {

/// Thresholded incomplete Cholesky factor: A + shift 1 = L L^T + (what was dropped), with
/// entries |L_ij| < drop_tolerance left out. Their squares still leave the diagonal,
///     L_jj^2 = A_jj + shift - sum_{k < j} L_jk^2   over kept and dropped k alike,
/// so that L L^T differs from A + shift 1 by little on the diagonal of every later column.
///
/// Fill is decided by size alone, not by the pattern of A: on matting Laplacians 1e-4 keeps 3 to 8
/// times the entries of A and leaves about ten iterations of conjugate gradients.
///
/// Entries are stored as floats: a preconditioner needs no more digits, and applying it is bound by
/// memory. Arithmetic is in double.
class IncompleteCholesky {
 public:
  static constexpr double kDefaultDropTolerance = 1e-4;

  /// Factorises with shift 0; if a pivot is not positive, again with 1e-4, 1e-3, ... 1e5.
  /// Throws Error of kind method if none of them gives positive pivots.
  explicit IncompleteCholesky(const SymmetricMatrix& matrix,
                              double drop_tolerance = kDefaultDropTolerance);

  /// result = (L L^T)^-1 residual. The two may not overlap.
  void apply(std::span<const double> residual, std::span<double> result) const;

  [[nodiscard]] double shift() const { return shift_; }
  /// Kept entries below the diagonal.
  [[nodiscard]] std::int64_t entries() const { return static_cast<std::int64_t>(rows_.size()); }

 private:
  class Factorization;

  double shift_{};
  std::vector<double> inverse_diagonal_{};  ///< 1 / L_jj
  std::vector<std::int64_t> start_{};       ///< of column j in rows_ and values_
  std::vector<std::int32_t> rows_{};        ///< below the diagonal, ascending
  std::vector<float> values_{};
};

}  // namespace mbench::baselines

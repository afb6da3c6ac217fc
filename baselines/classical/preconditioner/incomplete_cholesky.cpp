#include "baselines/classical/preconditioner/incomplete_cholesky.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>

#include <fmt/core.h>

#include "core/error.hpp"

namespace mbench::baselines {
namespace {

constexpr double kFirstShift = 1e-4;
constexpr double kLargestShift = 1e5;
constexpr std::int32_t kNone = -1;
/// Rows are looked for in groups of this many: one mark per group instead of one per row.
constexpr std::int32_t kGroup = 8;

}  // namespace

/// Left-looking: column j of L is column j of A minus what the earlier columns with an entry in row
/// j contribute. The column is gathered in a dense vector; `touched_` says which parts of it to
/// look at, which also yields the rows in order without sorting.
class IncompleteCholesky::Factorization {
 public:
  Factorization(const SymmetricMatrix& matrix, double drop_tolerance, double shift,
                IncompleteCholesky& factor)
      : matrix_{matrix},
        order_{matrix.order()},
        drop_tolerance_{drop_tolerance},
        factor_{factor},
        diagonal_(order_),
        column_(order_ + kGroup, 0.0),
        touched_(order_ / kGroup + 1, 0),
        first_in_row_(order_, kNone),
        next_in_row_(order_, kNone),
        position_(order_, 0) {
    for (std::int32_t j = 0; j < order_; ++j) diagonal_[j] = matrix.values[matrix.start[j]] + shift;
    factor_.shift_ = shift;
    factor_.inverse_diagonal_.assign(order_, 0.0);
    factor_.start_.assign(1, 0);
    factor_.start_.reserve(static_cast<std::size_t>(order_) + 1);
    factor_.rows_.clear();
    factor_.values_.clear();
  }

  /// False if a pivot is not positive (or not a number).
  bool run() {
    for (std::int32_t j = 0; j < order_; ++j) {
      last_touched_ = j;
      load_column(j);
      subtract_earlier_columns(j);
      if (!(diagonal_[j] > 0.0)) return false;
      store_column(j);
      if (factor_.start_[j] < factor_.start_[j + 1]) enlist(j, factor_.start_[j]);
    }
    return true;
  }

 private:
  void load_column(std::int32_t j) {
    for (std::int64_t k = matrix_.start[j] + 1; k < matrix_.start[j + 1]; ++k) {
      const std::int32_t i = matrix_.rows[k];
      column_[i] = matrix_.values[k];
      touched_[i / kGroup] = 1;
      last_touched_ = i;
    }
  }

  void subtract_earlier_columns(std::int32_t j) {
    const std::int32_t* const rows = factor_.rows_.data();
    const float* const values = factor_.values_.data();
    double* const column = column_.data();
    unsigned char* const touched = touched_.data();
    for (std::int32_t c = first_in_row_[j]; c != kNone;) {
      const std::int32_t next = next_in_row_[c];
      const std::int64_t end = factor_.start_[c + 1];
      const std::int64_t at_j = position_[c];
      const double l_jc = values[at_j];
      for (std::int64_t k = at_j + 1; k < end; ++k) {
        const std::int32_t i = rows[k];
        column[i] -= static_cast<double>(values[k]) * l_jc;
        touched[static_cast<std::uint32_t>(i) / kGroup] = 1;
      }
      if (at_j + 1 < end) {
        last_touched_ = std::max(last_touched_, rows[end - 1]);
        enlist(c, at_j + 1);
      }
      c = next;
    }
  }

  /// Divides by the pivot, keeps what is large enough, and empties the dense column.
  void store_column(std::int32_t j) {
    const double inverse_pivot = 1.0 / std::sqrt(diagonal_[j]);
    factor_.inverse_diagonal_[j] = inverse_pivot;
    for (std::int32_t group = (j + 1) / kGroup; group <= last_touched_ / kGroup; ++group) {
      if (touched_[group] == 0) continue;
      touched_[group] = 0;
      for (std::int32_t i = group * kGroup; i < (group + 1) * kGroup; ++i) {
        if (column_[i] == 0.0) continue;
        const double l_ij = column_[i] * inverse_pivot;
        column_[i] = 0.0;
        diagonal_[i] -= l_ij * l_ij;
        if (std::abs(l_ij) < drop_tolerance_) continue;
        factor_.rows_.push_back(i);
        factor_.values_.push_back(static_cast<float>(l_ij));
      }
    }
    factor_.start_.push_back(static_cast<std::int64_t>(factor_.rows_.size()));
  }

  /// Puts column c, whose next entry stands at `position`, into the list of that entry's row.
  void enlist(std::int32_t c, std::int64_t position) {
    const std::int32_t row = factor_.rows_[position];
    position_[c] = position;
    next_in_row_[c] = first_in_row_[row];
    first_in_row_[row] = c;
  }

  const SymmetricMatrix& matrix_;
  std::int32_t order_;
  double drop_tolerance_;
  IncompleteCholesky& factor_;
  std::vector<double> diagonal_;            ///< what is left of the pivots
  std::vector<double> column_;              ///< the column in work; zero elsewhere
  std::vector<unsigned char> touched_;      ///< per group of rows: may hold an entry of the column
  std::int32_t last_touched_{};             ///< no row of the column lies behind it
  std::vector<std::int32_t> first_in_row_;  ///< columns whose next entry is in row i: a linked list
  std::vector<std::int32_t> next_in_row_;
  std::vector<std::int64_t> position_;  ///< of the next entry of column c
};

IncompleteCholesky::IncompleteCholesky(const SymmetricMatrix& matrix, double drop_tolerance) {
  double shift = 0.0;
  while (!Factorization{matrix, drop_tolerance, shift, *this}.run()) {
    shift = shift == 0.0 ? kFirstShift : 10.0 * shift;
    if (shift > kLargestShift) {
      throw Error{ErrorKind::method,
                  {.what = "the linear system has no incomplete Cholesky factor",
                   .expected = fmt::format("positive pivots with a diagonal shift of at most {:g}",
                                           kLargestShift),
                   .found = "a pivot that is negative or not a number",
                   .fix = "look for extreme values in the image, or take solver=direct"}};
    }
  }
  rows_.shrink_to_fit();
  values_.shrink_to_fit();
}

void IncompleteCholesky::apply(std::span<const double> residual, std::span<double> result) const {
  const auto order = static_cast<std::int32_t>(inverse_diagonal_.size());
  assert(residual.size() == inverse_diagonal_.size() && result.size() == residual.size());
  std::ranges::copy(residual, result.begin());
  const std::int32_t* const rows = rows_.data();
  const float* const values = values_.data();
  for (std::int32_t j = 0; j < order; ++j) {  // L y = residual
    const double y_j = result[j] * inverse_diagonal_[j];
    result[j] = y_j;
    for (std::int64_t k = start_[j]; k < start_[j + 1]; ++k) {
      result[rows[k]] -= static_cast<double>(values[k]) * y_j;
    }
  }
  for (std::int32_t j = order - 1; j >= 0; --j) {  // L^T result = y
    double sum = result[j];
    for (std::int64_t k = start_[j]; k < start_[j + 1]; ++k) {
      sum -= static_cast<double>(values[k]) * result[rows[k]];
    }
    result[j] = sum * inverse_diagonal_[j];
  }
}

}  // namespace mbench::baselines

#pragma once
#include <cstdint>

#include "baselines/deep/torch.hpp"

namespace mbench::deep {

/// Scores are kept for at most so many pairs of tokens at a time.
inline constexpr std::int64_t kAttentionPairs = std::int64_t{1} << 26;

/// Attention with decomposed relative positions [li2022vitdet]:
///     softmax_k(q k / sqrt(d) + q Rh[yq - yk] + q Rw[xq - xk]) v
/// q, k, v [B, H W, d] over tokens of `height` rows; tables [2 L - 1, d], interpolated linearly to
/// 2 H - 1 and 2 W - 1 rows. Queries are taken in bands of rows, so that no more than `pairs`
/// scores (at least one row's) exist at a time.
[[nodiscard]] Tensor attend_with_positions(const Tensor& query, const Tensor& key,
                                           const Tensor& value, const Tensor& row_table,
                                           const Tensor& column_table, std::int64_t height,
                                           std::int64_t pairs = kAttentionPairs);

}  // namespace mbench::deep

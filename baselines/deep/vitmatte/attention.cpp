#include "baselines/deep/vitmatte/attention.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace mbench::deep {
namespace {

/// Rows of the table for every distance of query and key on a side of that many tokens:
/// [side, side, d].
Tensor positions(const Tensor& table, std::int64_t side) {
  Tensor rows = table;
  if (table.size(0) != 2 * side - 1) {
    rows = at::upsample_linear1d(table.t().unsqueeze(0), {2 * side - 1}, false)[0].t();
  }
  const Tensor place = at::arange(side, at::TensorOptions{at::kLong}.device(table.device()));
  const Tensor distance = place.unsqueeze(1) - place.unsqueeze(0) + (side - 1);  // query, key
  return rows.index_select(0, distance.flatten()).view({side, side, -1});
}

}  // namespace

Tensor attend_with_positions(const Tensor& query, const Tensor& key, const Tensor& value,
                             const Tensor& row_table, const Tensor& column_table,
                             std::int64_t height, std::int64_t pairs) {
  const std::int64_t batch = query.size(0), tokens = query.size(1), width = tokens / height;
  const double scale = 1.0 / std::sqrt(static_cast<double>(query.size(2)));
  const Tensor by_row = positions(row_table, height);       // [H, H, d]
  const Tensor by_column = positions(column_table, width);  // [W, W, d]
  const Tensor keys = key.transpose(1, 2);
  const std::int64_t band = std::clamp<std::int64_t>(pairs / (batch * width * tokens), 1, height);
  std::vector<Tensor> results;
  for (std::int64_t first = 0; first < height; first += band) {
    const std::int64_t rows = std::min(band, height - first);
    const Tensor queries = query.narrow(1, first * width, rows * width);
    const Tensor grid = queries.reshape({batch, rows, width, -1});
    const Tensor to_rows = at::einsum("bhwc,hkc->bhwk", {grid, by_row.narrow(0, first, rows)});
    const Tensor to_columns = at::einsum("bhwc,wkc->bhwk", {grid, by_column});
    Tensor scores = at::bmm(queries * scale, keys).view({batch, rows, width, height, width});
    scores.add_(to_rows.unsqueeze(4)).add_(to_columns.unsqueeze(3));
    const Tensor shares = scores.view({batch, rows * width, tokens}).softmax(-1);
    results.push_back(at::bmm(shares, value));
  }
  return results.size() == 1 ? results.front() : at::cat(results, 1);  // [B, H W, d]
}

}  // namespace mbench::deep

#include "baselines/deep/vitmatte/attention.hpp"

#include <cmath>
#include <vector>

#include "tests/support/catch.hpp"

using namespace mbench::deep;

namespace {

constexpr std::int64_t kHeight = 3, kWidth = 2, kTokens = kHeight * kWidth, kDepth = 4;

/// Numbers without order in [-1, 1].
Tensor numbers(std::vector<std::int64_t> shape, double seed) {
  std::int64_t count = 1;
  for (const std::int64_t side : shape) count *= side;
  return at::sin(at::arange(count, at::kDouble) * 12.9898 + seed).view(shape).to(at::kFloat);
}

/// The definition, number by number, for tables that need no interpolation.
double plain(const Tensor& q, const Tensor& k, const Tensor& v, const Tensor& rows,
             const Tensor& columns, std::int64_t token, std::int64_t channel) {
  const auto product = [](const Tensor& first, const Tensor& second) {
    return (first.to(at::kDouble) * second.to(at::kDouble)).sum().item<double>();
  };
  double sum = 0.0, weights = 0.0;
  for (std::int64_t other = 0; other < kTokens; ++other) {
    const std::int64_t down = token / kWidth - other / kWidth + kHeight - 1;
    const std::int64_t right = token % kWidth - other % kWidth + kWidth - 1;
    const double score = product(q[0][token], k[0][other]) / std::sqrt(double{kDepth}) +
                         product(q[0][token], rows[down]) + product(q[0][token], columns[right]);
    weights += std::exp(score);
    sum += std::exp(score) * v[0][other][channel].item<double>();
  }
  return sum / weights;
}

}  // namespace

TEST_CASE("attention with relative positions is what its formula says", "[baselines][deep]") {
  const Tensor q = numbers({1, kTokens, kDepth}, 1.0), k = numbers({1, kTokens, kDepth}, 2.0),
               v = numbers({1, kTokens, kDepth}, 3.0);
  const Tensor rows = numbers({2 * kHeight - 1, kDepth}, 4.0),
               columns = numbers({2 * kWidth - 1, kDepth}, 5.0);
  const Tensor found = attend_with_positions(q, k, v, rows, columns, kHeight);
  for (std::int64_t token = 0; token < kTokens; ++token) {
    for (std::int64_t channel = 0; channel < kDepth; ++channel) {
      CHECK(found[0][token][channel].item<double>() ==
            Approx(plain(q, k, v, rows, columns, token, channel)).margin(1e-6));
    }
  }
}

TEST_CASE("attention in bands of rows is attention at once", "[baselines][deep]") {
  constexpr std::int64_t kRows = 7, kColumns = 5;
  const auto tokens = [](double seed) { return numbers({2, kRows * kColumns, kDepth}, seed); };
  const Tensor q = tokens(1.0), k = tokens(2.0), v = tokens(3.0);
  const Tensor table = numbers({9, kDepth}, 4.0);  // interpolated in both directions
  const Tensor whole = attend_with_positions(q, k, v, table, table, kRows);
  for (const std::int64_t pairs : {1, 800, 1100}) {  // 1, 2 and 3 rows: 350 pairs each
    const Tensor bands = attend_with_positions(q, k, v, table, table, kRows, pairs);
    CHECK((bands - whole).abs().max().item<double>() < 1e-6);
  }
}

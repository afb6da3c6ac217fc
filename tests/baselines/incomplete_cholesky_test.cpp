#include "baselines/classical/preconditioner/incomplete_cholesky.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include "baselines/classical/solver/conjugate_gradients.hpp"
#include "core/error.hpp"
#include "tests/baselines/scenes.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::baselines;
using mbench::testing::hard_system;
using mbench::testing::random_scene;

namespace {

/// [[4, 2, 0], [2, 5, 2], [0, 2, 5]]: L = [[2], [1, 2], [0, 1, 2]].
SymmetricMatrix small_matrix() {
  return {.start = {0, 2, 4, 5}, .rows = {0, 1, 1, 2, 2}, .values = {4, 2, 5, 2, 5}};
}

std::vector<double> wave(std::size_t size) {
  std::vector<double> result(size);
  for (std::size_t i = 0; i < size; ++i) result[i] = std::sin(0.37 * static_cast<double>(i)) + 0.1;
  return result;
}

/// Largest |M^-1 A x - x| for M the preconditioner: 0 where it is the exact factor.
double distance_from_inverse(const SymmetricMatrix& matrix, const IncompleteCholesky& factor) {
  const std::vector<double> x = wave(static_cast<std::size_t>(matrix.order()));
  std::vector<double> product(x.size()), back(x.size());
  multiply(matrix, x, product);
  factor.apply(product, back);
  double largest = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) largest = std::max(largest, std::abs(back[i] - x[i]));
  return largest;
}

int iterations_with(const LinearSystem& system, const IncompleteCholesky& factor) {
  const ConjugateGradientsResult result = conjugate_gradients(
      [&](std::span<const double> v, std::span<double> r) { multiply(system.matrix, v, r); },
      [&](std::span<const double> v, std::span<double> r) { factor.apply(v, r); }, system.right,
      std::vector<double>(system.right.size(), 0.0), {});
  REQUIRE(result.converged);
  return result.iterations;
}

}  // namespace

TEST_CASE("without dropping, the factor of a matrix worked by hand is exact",
          "[baselines][incomplete_cholesky]") {
  const IncompleteCholesky factor{small_matrix(), 0.0};
  CHECK(factor.shift() == 0.0);
  CHECK(factor.entries() == 2);
  std::vector<double> x(3);
  factor.apply(std::vector<double>{6, 9, 7}, x);  // A (1, 1, 1)
  CHECK(x[0] == Approx(1.0));
  CHECK(x[1] == Approx(1.0));
  CHECK(x[2] == Approx(1.0));
}

TEST_CASE("fill outside the pattern of the matrix is kept", "[baselines][incomplete_cholesky]") {
  // Column 0 couples rows 1 and 39; eliminating it fills (39, 1), far behind all of column 1.
  SymmetricMatrix matrix{.start = {0, 3}, .rows = {0, 1, 39}, .values = {4, 1, 1}};
  for (std::int32_t j = 1; j < 40; ++j) {
    matrix.rows.push_back(j);
    matrix.values.push_back(3);
    matrix.start.push_back(static_cast<std::int64_t>(matrix.rows.size()));
  }
  const IncompleteCholesky factor{matrix, 0.0};
  CHECK(factor.entries() == 3);
  CHECK(distance_from_inverse(matrix, factor) < 1e-6);
}

TEST_CASE("a dropped entry still leaves the diagonal", "[baselines][incomplete_cholesky]") {
  // L_10 = 2/2 = 1 < 1.5 is dropped, its square leaves pivot 1: 5 - 1 = 4. Then L_21 = 2/2 = 1
  // is dropped as well and pivot 2 becomes 4: L = 2 on the diagonal, M = 4.
  const IncompleteCholesky factor{small_matrix(), 1.5};
  CHECK(factor.entries() == 0);
  std::vector<double> x(3);
  factor.apply(std::vector<double>{4, 8, 12}, x);
  CHECK(x == std::vector<double>{1, 2, 3});
}

TEST_CASE("without dropping, L L^T is the matting Laplacian", "[baselines][incomplete_cholesky]") {
  // Entries are floats, so L L^T = A to about 1e-7; the system magnifies that by its condition.
  const LinearSystem system = hard_system(random_scene({24, 18}, 2));
  const IncompleteCholesky factor{system.matrix, 0.0};
  CHECK(factor.shift() == 0.0);
  CHECK(distance_from_inverse(system.matrix, factor) < 1e-3);
}

TEST_CASE("a smaller drop tolerance keeps more and approximates better",
          "[baselines][incomplete_cholesky]") {
  const LinearSystem system = hard_system(random_scene({40, 30}, 4));
  const IncompleteCholesky fine{system.matrix, 1e-5}, coarse{system.matrix, 1e-2};
  CHECK(fine.entries() > coarse.entries());
  CHECK(iterations_with(system, fine) < iterations_with(system, coarse));
}

TEST_CASE("with the default drop tolerance a matting Laplacian needs at most 20 iterations",
          "[baselines][incomplete_cholesky]") {
  const std::uint64_t seed = GENERATE(1, 2, 3, 4, 5);
  CAPTURE(seed);
  const LinearSystem system = hard_system(random_scene({96, 64}, seed));
  const IncompleteCholesky factor{system.matrix};
  CHECK(iterations_with(system, factor) <= 20);
  CHECK(factor.entries() < 10 * static_cast<std::int64_t>(system.matrix.rows.size()));
}

TEST_CASE("an indefinite matrix is shifted until every pivot is positive",
          "[baselines][incomplete_cholesky]") {
  // Eigenvalues 1 + 1.05 and 1 - 1.05: positive definite from a shift of 0.05 on.
  const SymmetricMatrix matrix{.start = {0, 2, 3}, .rows = {0, 1, 1}, .values = {1, 1.05, 1}};
  const IncompleteCholesky factor{matrix};
  CHECK(factor.shift() == Approx(0.1));
  std::vector<double> x(2);
  factor.apply(std::vector<double>{2.15, 2.15}, x);  // (A + 0.1) (1, 1)
  CHECK(x[0] == Approx(1.0));
  CHECK(x[1] == Approx(1.0));
}

TEST_CASE("a matrix that no shift repairs is an error", "[baselines][incomplete_cholesky]") {
  const double value = GENERATE(-1e9, std::numeric_limits<double>::quiet_NaN());
  const SymmetricMatrix matrix{.start = {0, 1}, .rows = {0}, .values = {value}};
  CHECK_THROWS_WITH(IncompleteCholesky{matrix},
                    Catch::Contains("no incomplete Cholesky factor") &&
                        Catch::Contains("a diagonal shift of at most 100000"));
}

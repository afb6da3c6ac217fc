#include "baselines/classical/solver/conjugate_gradients.hpp"

#include <cmath>

#include "tests/support/catch.hpp"

using namespace mbench::baselines;

namespace {

/// diag(1, 2, ..., n)
void multiply_by_index(std::span<const double> vector, std::span<double> result) {
  for (std::size_t i = 0; i < vector.size(); ++i) {
    result[i] = static_cast<double>(i + 1) * vector[i];
  }
}
void identity(std::span<const double> vector, std::span<double> result) {
  std::copy(vector.begin(), vector.end(), result.begin());
}
void divide_by_index(std::span<const double> vector, std::span<double> result) {
  for (std::size_t i = 0; i < vector.size(); ++i) {
    result[i] = vector[i] / static_cast<double>(i + 1);
  }
}

}  // namespace

TEST_CASE("conjugate gradients end after as many steps as there are distinct eigenvalues",
          "[baselines][cg]") {
  const std::vector<double> right{1, 1, 1, 1};
  const auto plain = conjugate_gradients(multiply_by_index, identity, right,
                                         std::vector<double>(4, 0.0), {.rtol = 1e-12});
  CHECK(plain.converged);
  CHECK(plain.iterations == 4);
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(plain.x[i] == Approx(1.0 / static_cast<double>(i + 1)));
  }
  const auto preconditioned = conjugate_gradients(multiply_by_index, divide_by_index, right,
                                                  std::vector<double>(4, 0.0), {.rtol = 1e-12});
  CHECK(preconditioned.iterations == 1);
}

TEST_CASE("a start that is the solution needs no step", "[baselines][cg]") {
  const std::vector<double> right{1, 2, 3};
  const auto result =
      conjugate_gradients(multiply_by_index, identity, right, std::vector<double>(3, 1.0), {});
  CHECK(result.converged);
  CHECK(result.iterations == 0);
  CHECK(result.relative_residual == 0.0);
  CHECK(result.x == std::vector<double>(3, 1.0));
}

TEST_CASE("a start that is the solution but for rounding needs no step", "[baselines][cg]") {
  const std::vector<double> right{std::nextafter(1.0, 2.0), 2, 3};
  const auto result =
      conjugate_gradients(multiply_by_index, identity, right, std::vector<double>(3, 1.0), {});
  CHECK(result.converged);
  CHECK(result.iterations == 0);
  CHECK(result.x == std::vector<double>(3, 1.0));
}

TEST_CASE("the residual told at the end is that of x", "[baselines][cg]") {
  const std::vector<double> right(50, 1.0);
  const auto result = conjugate_gradients(multiply_by_index, identity, right,
                                          std::vector<double>(50, 0.0), {.rtol = 1e-4});
  double squares = 0.0;
  for (std::size_t i = 0; i < 50; ++i) {
    squares += std::pow(1.0 - static_cast<double>(i + 1) * result.x[i], 2);
  }
  CHECK(result.converged);
  CHECK(result.relative_residual == Approx(std::sqrt(squares / 50.0)));
  CHECK(result.relative_residual <= 1e-4);
}

TEST_CASE("iteration goes on where the carried residual is small and the true one is not",
          "[baselines][cg]") {
  // One product that is off by a thousandth makes the two part.
  int calls = 0;
  const auto multiply = [&](std::span<const double> vector, std::span<double> result) {
    multiply_by_index(vector, result);
    if (++calls == 3) {
      for (double& value : result) value *= 1.001;
    }
  };
  const auto result = conjugate_gradients(multiply, identity, std::vector<double>(20, 1.0),
                                          std::vector<double>(20, 0.0), {.rtol = 1e-10});
  CHECK(result.converged);
  CHECK(result.relative_residual <= 1e-10);
  CHECK(result.x[0] == Approx(1.0));
}

TEST_CASE("too few iterations end without convergence", "[baselines][cg]") {
  const auto result = conjugate_gradients(multiply_by_index, identity, std::vector<double>(50, 1.0),
                                          std::vector<double>(50, 0.0), {.max_iterations = 3});
  CHECK_FALSE(result.converged);
  CHECK(result.iterations == 3);
  CHECK(result.relative_residual > 1e-7);
}

TEST_CASE("an indefinite matrix ends the iteration instead of dividing by zero",
          "[baselines][cg]") {
  const auto negative = [](std::span<const double> vector, std::span<double> result) {
    for (std::size_t i = 0; i < vector.size(); ++i) result[i] = -vector[i];
  };
  const auto result = conjugate_gradients(negative, identity, std::vector<double>{1.0, 2.0},
                                          std::vector<double>(2, 0.0), {});
  CHECK_FALSE(result.converged);
  CHECK(result.x == std::vector<double>(2, 0.0));
}

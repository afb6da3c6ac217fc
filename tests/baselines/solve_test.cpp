#include "baselines/classical/solver/solve.hpp"

#include <cmath>

#include "core/error.hpp"
#include "core/parallel.hpp"
#include "tests/baselines/scenes.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::baselines;
using mbench::testing::hard_system;
using mbench::testing::random_scene;

namespace {

/// [[2, -1], [-1, 2]] x = (0, 3): x = (1, 2).
LinearSystem small_system() {
  return {.matrix = {.start = {0, 2, 3}, .rows = {0, 1, 1}, .values = {2, -1, 2}}, .right = {0, 3}};
}

std::vector<double> zeros(const LinearSystem& system) {
  return std::vector<double>(system.right.size(), 0.0);
}

}  // namespace

TEST_CASE("both solvers solve a system worked by hand", "[baselines][solver]") {
  const SolverKind kind = GENERATE(SolverKind::direct, SolverKind::cg);
  const std::vector<double> x = solve(small_system(), {0, 0}, {.kind = kind});
  CHECK(x[0] == Approx(1.0));
  CHECK(x[1] == Approx(2.0));
}

TEST_CASE("one matrix serves several right sides, each with its own start", "[baselines][solver]") {
  const SolverKind kind = GENERATE(SolverKind::direct, SolverKind::cg);
  const LinearSystem system = small_system();
  const auto solved = solve(system.matrix,
                            {{.right = {0, 3}, .start = {0, 0}},
                             {.right = {3, 0}, .start = {2, 1}},
                             {.right = {1, 1}, .start = {7, -7}}},
                            {.kind = kind});
  REQUIRE(solved.size() == 3);
  CHECK(solved[0][1] == Approx(2.0));
  CHECK(solved[1][0] == Approx(2.0));
  CHECK(solved[1][1] == Approx(1.0));
  CHECK(solved[2][0] == Approx(1.0));
  CHECK(solve(system.matrix, {}, {.kind = kind}).empty());
}

TEST_CASE("a system without unknowns has the empty solution", "[baselines][solver]") {
  const SolverKind kind = GENERATE(SolverKind::direct, SolverKind::cg);
  CHECK(solve(LinearSystem{}, {}, {.kind = kind}).empty());
}

TEST_CASE("a right side of zero gives zero", "[baselines][solver]") {
  const SolverKind kind = GENERATE(SolverKind::direct, SolverKind::cg);
  LinearSystem system = small_system();
  system.right = {0, 0};
  CHECK(solve(system, {0, 0}, {.kind = kind}) == std::vector<double>{0, 0});
}

TEST_CASE("the product reads both triangles from the lower one", "[baselines][solver]") {
  std::vector<double> product(2);
  multiply(small_system().matrix, std::vector<double>{1, 2}, product);
  CHECK(product == std::vector<double>{0, 3});
}

TEST_CASE("a solution is the same bits on every thread", "[baselines][solver]") {
  const SolverKind kind = GENERATE(SolverKind::direct, SolverKind::cg);
  const LinearSystem system = hard_system(random_scene({90, 70}, 8));
  const std::vector<double> alone = solve(system, zeros(system), {.kind = kind});
  std::vector<std::vector<double>> together(6);
  parallel_for(together.size(), 3,
               [&](std::size_t i) { together[i] = solve(system, zeros(system), {.kind = kind}); });
  for (const std::vector<double>& x : together) CHECK(x == alone);
}

TEST_CASE("iteration that does not converge is an error with the residual and the way out",
          "[baselines][solver]") {
  const LinearSystem system = hard_system(random_scene({90, 70}, 8));
  CHECK_THROWS_WITH(
      solve(system, zeros(system), {.kind = SolverKind::cg, .max_iterations = 1}),
      Catch::Contains("conjugate gradients did not converge") &&
          Catch::Contains("a relative residual of at most 1e-07 within 1 iterations") &&
          Catch::Contains("after 1 iterations") &&
          Catch::Contains("raise max_iterations, or take solver=direct"));
  try {
    static_cast<void>(solve(system, zeros(system), {.kind = SolverKind::cg, .max_iterations = 1}));
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::method);
  }
}

TEST_CASE("the direct solver refuses a matrix that is not positive definite",
          "[baselines][solver]") {
  const double last = GENERATE(-2.0, 0.0);  // indefinite; singular
  const LinearSystem system{.matrix = {.start = {0, 1, 2}, .rows = {0, 1}, .values = {2, last}},
                            .right = {1, 1}};
  CHECK_THROWS_WITH(solve_directly(system),
                    Catch::Contains("the direct solver found no solution") &&
                        Catch::Contains("not positive definite") && Catch::Contains("solver=cg"));
}

TEST_CASE("solver options are read from the method's options", "[baselines][solver]") {
  constexpr std::array specs{kSolverOption, kRtolOption, kMaxIterationsOption};
  const SolverOptions defaults = solver_options(Options{specs, {}, "m"});
  CHECK(defaults.kind == SolverKind::cg);
  CHECK(defaults.rtol == 1e-7);
  CHECK(defaults.max_iterations == 10000);
  const SolverOptions chosen = solver_options(
      Options{specs, {{"solver", "direct"}, {"rtol", "1e-9"}, {"max_iterations", "5"}}, "m"});
  CHECK(chosen.kind == SolverKind::direct);
  CHECK(chosen.rtol == 1e-9);
  CHECK(chosen.max_iterations == 5);
}

#include "baselines/classical/solver/solve.hpp"

#include <span>
#include <utility>

#include <fmt/core.h>

#include "baselines/classical/preconditioner/incomplete_cholesky.hpp"
#include "baselines/classical/solver/conjugate_gradients.hpp"
#include "core/error.hpp"

namespace mbench::baselines {

SolverOptions solver_options(const Options& options) {
  return {
      .kind = options.text(kSolverOption.name) == "direct" ? SolverKind::direct : SolverKind::cg,
      .rtol = options.number(kRtolOption.name),
      .max_iterations = options.integer(kMaxIterationsOption.name)};
}

std::vector<std::vector<double>> solve(const SymmetricMatrix& matrix, std::vector<RightSide> sides,
                                       const SolverOptions& options) {
  if (options.kind == SolverKind::direct) return solve_directly(matrix, sides);
  return solve_by_cg(matrix, std::move(sides), options);
}

std::vector<double> solve(const LinearSystem& system, std::vector<double> start,
                          const SolverOptions& options) {
  if (options.kind == SolverKind::direct) return solve_directly(system);
  return solve_by_cg(system, std::move(start), options);
}

std::vector<std::vector<double>> solve_by_cg(const SymmetricMatrix& matrix,
                                             std::vector<RightSide> sides,
                                             const SolverOptions& options) {
  const IncompleteCholesky preconditioner{matrix};
  std::vector<std::vector<double>> solutions;
  for (RightSide& side : sides) {
    ConjugateGradientsResult result =
        conjugate_gradients([&](std::span<const double> vector,
                                std::span<double> product) { multiply(matrix, vector, product); },
                            [&](std::span<const double> residual, std::span<double> correction) {
                              preconditioner.apply(residual, correction);
                            },
                            side.right, std::move(side.start),
                            {.rtol = options.rtol, .max_iterations = options.max_iterations});
    if (!result.converged) {
      throw Error{
          ErrorKind::method,
          {.what = "conjugate gradients did not converge",
           .expected = fmt::format("a relative residual of at most {:g} within {} iterations",
                                   options.rtol, options.max_iterations),
           .found = fmt::format("{:.3g} after {} iterations", result.relative_residual,
                                result.iterations),
           .fix = "raise max_iterations, or take solver=direct"}};
    }
    solutions.push_back(std::move(result.x));
  }
  return solutions;
}

std::vector<double> solve_by_cg(const LinearSystem& system, std::vector<double> start,
                                const SolverOptions& options) {
  std::vector<RightSide> sides(1);
  sides.front() = {system.right, std::move(start)};
  return std::move(solve_by_cg(system.matrix, std::move(sides), options).front());
}

std::vector<double> solve_directly(const LinearSystem& system) {
  const RightSide side{.right = system.right};
  return std::move(solve_directly(system.matrix, {&side, 1}).front());
}

}  // namespace mbench::baselines

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

std::vector<double> solve(const LinearSystem& system, std::vector<double> start,
                          const SolverOptions& options) {
  if (options.kind == SolverKind::direct) return solve_directly(system);
  return solve_by_cg(system, std::move(start), options);
}

std::vector<double> solve_by_cg(const LinearSystem& system, std::vector<double> start,
                                const SolverOptions& options) {
  const IncompleteCholesky preconditioner{system.matrix};
  ConjugateGradientsResult result = conjugate_gradients(
      [&](std::span<const double> vector, std::span<double> product) {
        multiply(system.matrix, vector, product);
      },
      [&](std::span<const double> residual, std::span<double> correction) {
        preconditioner.apply(residual, correction);
      },
      system.right, std::move(start),
      {.rtol = options.rtol, .max_iterations = options.max_iterations});
  if (!result.converged) {
    throw Error{ErrorKind::method,
                {.what = "conjugate gradients did not converge",
                 .expected = fmt::format("a relative residual of at most {:g} within {} iterations",
                                         options.rtol, options.max_iterations),
                 .found = fmt::format("{:.3g} after {} iterations", result.relative_residual,
                                      result.iterations),
                 .fix = "raise max_iterations, or take solver=direct"}};
  }
  return std::move(result.x);
}

}  // namespace mbench::baselines

#include <cmath>
#include <limits>
#include <string>

#include <fmt/core.h>

#ifdef MBENCH_HAVE_CHOLMOD
#include <Eigen/CholmodSupport>
#else
#include <Eigen/SparseCholesky>
#endif
#include <Eigen/SparseCore>

#include "baselines/classical/solver/solve.hpp"
#include "baselines/single_threaded_blas.hpp"
#include "core/error.hpp"

namespace mbench::baselines {
namespace {

using SparseMatrix = Eigen::SparseMatrix<double, Eigen::ColMajor, std::int32_t>;

/// Relative residual that a backward stable solution of a solvable system stays below by far.
constexpr double kAcceptedResidual = 1e-8;

[[noreturn]] void throw_unsolved(std::string found) {
  throw Error{ErrorKind::method,
              {.what = "the direct solver found no solution",
               .expected = "a symmetric positive definite system that fits into memory",
               .found = std::move(found),
               .fix = "take solver=cg, which needs less memory"}};
}

#ifdef MBENCH_HAVE_CHOLMOD
Eigen::VectorXd factorize_and_solve(const Eigen::Map<const SparseMatrix>& matrix,
                                    const Eigen::Map<const Eigen::VectorXd>& right) {
  keep_blas_on_one_thread();  // the supernodal factorisation calls BLAS
  Eigen::CholmodSupernodalLLT<SparseMatrix, Eigen::Lower> solver;
  cholmod_common& common = solver.cholmod();
  common.print = 0;  // it would write its complaints to stdout
  // AMD alone: CHOLMOD's default may try METIS as well, which draws from rand(), one state for all
  // threads, so that the ordering and with it the last bits could change from run to run.
  common.nmethods = 1;
  common.method[0].ordering = CHOLMOD_AMD;
  solver.compute(matrix);
  if (solver.info() != Eigen::Success || common.status != CHOLMOD_OK) {
    switch (common.status) {
      case CHOLMOD_OUT_OF_MEMORY: throw_unsolved("too little memory");
      case CHOLMOD_TOO_LARGE: throw_unsolved("a factor with more than 2^31 entries");
      default: throw_unsolved("a matrix that is not positive definite");
    }
  }
  return solver.solve(right);
}
#else
Eigen::VectorXd factorize_and_solve(const Eigen::Map<const SparseMatrix>& matrix,
                                    const Eigen::Map<const Eigen::VectorXd>& right) {
  const Eigen::SimplicialLDLT<SparseMatrix, Eigen::Lower> solver{matrix};
  if (solver.info() != Eigen::Success || !(solver.vectorD().minCoeff() > 0.0)) {
    throw_unsolved("a matrix that is not positive definite");
  }
  return solver.solve(right);
}
#endif

}  // namespace

std::vector<double> solve_directly(const LinearSystem& system) {
  const std::int32_t order = system.matrix.order();
  const auto entries = static_cast<std::int64_t>(system.matrix.rows.size());
  if (order == 0) return {};
  if (entries > std::numeric_limits<std::int32_t>::max()) {
    throw_unsolved(fmt::format("{} entries, more than 2^31", entries));
  }
  const std::vector<std::int32_t> start(system.matrix.start.begin(), system.matrix.start.end());
  const Eigen::Map<const SparseMatrix> matrix{
      order, order, entries, start.data(), system.matrix.rows.data(), system.matrix.values.data()};
  const Eigen::Map<const Eigen::VectorXd> right{system.right.data(), order};
  const Eigen::VectorXd x = factorize_and_solve(matrix, right);
  const double residual = (right - matrix.selfadjointView<Eigen::Lower>() * x).norm();
  if (!(residual <= kAcceptedResidual * right.norm())) {
    throw_unsolved(fmt::format("a relative residual of {:.3g}", residual / right.norm()));
  }
  return {x.data(), x.data() + order};
}

}  // namespace mbench::baselines

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
Eigen::MatrixXd factorize_and_solve(const Eigen::Map<const SparseMatrix>& matrix,
                                    const Eigen::MatrixXd& rights) {
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
  return solver.solve(rights);
}
#else
Eigen::MatrixXd factorize_and_solve(const Eigen::Map<const SparseMatrix>& matrix,
                                    const Eigen::MatrixXd& rights) {
  const Eigen::SimplicialLDLT<SparseMatrix, Eigen::Lower> solver{matrix};
  if (solver.info() != Eigen::Success || !(solver.vectorD().minCoeff() > 0.0)) {
    throw_unsolved("a matrix that is not positive definite");
  }
  return solver.solve(rights);
}
#endif

}  // namespace

std::vector<std::vector<double>> solve_directly(const SymmetricMatrix& lower,
                                                std::span<const RightSide> sides) {
  const std::int32_t order = lower.order();
  const auto entries = static_cast<std::int64_t>(lower.rows.size());
  if (order == 0) return std::vector<std::vector<double>>(sides.size());
  if (entries > std::numeric_limits<std::int32_t>::max()) {
    throw_unsolved(fmt::format("{} entries, more than 2^31", entries));
  }
  const std::vector<std::int32_t> start(lower.start.begin(), lower.start.end());
  const Eigen::Map<const SparseMatrix> matrix{
      order, order, entries, start.data(), lower.rows.data(), lower.values.data()};
  Eigen::MatrixXd rights{order, static_cast<Eigen::Index>(sides.size())};
  for (std::size_t k = 0; k < sides.size(); ++k) {
    rights.col(static_cast<Eigen::Index>(k)) =
        Eigen::Map<const Eigen::VectorXd>{sides[k].right.data(), order};
  }
  const Eigen::MatrixXd solved = factorize_and_solve(matrix, rights);
  std::vector<std::vector<double>> solutions;
  for (Eigen::Index k = 0; k < rights.cols(); ++k) {
    const auto right = rights.col(k);
    const auto x = solved.col(k);
    const double residual = (right - matrix.selfadjointView<Eigen::Lower>() * x).norm();
    if (!(residual <= kAcceptedResidual * right.norm())) {
      throw_unsolved(fmt::format("a relative residual of {:.3g}", residual / right.norm()));
    }
    solutions.emplace_back(x.data(), x.data() + order);
  }
  return solutions;
}

}  // namespace mbench::baselines

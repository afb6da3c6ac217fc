#pragma once
#include <span>
#include <vector>

#include "baselines/classical/solver/symmetric_matrix.hpp"
#include "core/options.hpp"

namespace mbench::baselines {

enum class SolverKind { direct, cg };

struct SolverOptions {
  SolverKind kind{SolverKind::cg};
  double rtol{1e-7};          ///< cg: stop when the residual is this fraction of the first one
  int max_iterations{10000};  ///< cg: give up after so many
};

/// The options by which users choose, for every method that leaves a sparse system.
inline constexpr OptionSpec kSolverOption{
    .name = "solver",
    .help = "direct: sparse Cholesky; cg: conjugate gradients, less memory",
    .type = OptionType::choice,
    .default_value = "cg",
    .choices = "direct|cg"};
inline constexpr OptionSpec kRtolOption{
    .name = "rtol",
    .help = "cg stops when the residual is this fraction of the first one; direct ignores it",
    .type = OptionType::number,
    .default_value = "1e-7",
    .min = 1e-14,
    .max = 1e-1};
inline constexpr OptionSpec kMaxIterationsOption{
    .name = "max_iterations",
    .help = "cg fails after so many iterations; direct ignores it",
    .type = OptionType::integer,
    .default_value = "10000",
    .min = 1,
    .max = 1e7};

/// Reads the three options above.
[[nodiscard]] SolverOptions solver_options(const Options& options);

/// One b of A x = b, and where cg begins.
struct RightSide {
  std::vector<double> right{};
  std::vector<double> start{};  ///< direct ignores it
};

/// x_k with A x_k = b_k, A symmetric positive definite: one factor serves all right sides. cg is
/// preconditioned by an incomplete Cholesky factor. Both run on one thread and give the same bits
/// at every call. Throws Error of kind method when there is no answer: cg did not converge, or A is
/// not positive definite, or memory is short. What is returned is finite.
[[nodiscard]] std::vector<std::vector<double>> solve(const SymmetricMatrix& matrix,
                                                     std::vector<RightSide> sides,
                                                     const SolverOptions& options);
/// The same for the one right side of a system.
[[nodiscard]] std::vector<double> solve(const LinearSystem& system, std::vector<double> start,
                                        const SolverOptions& options);

/// The two ways of solve(). solve_directly uses CHOLMOD where mbench was built with it
/// (library_versions.hpp tells), else Eigen's SimplicialLDLT.
[[nodiscard]] std::vector<std::vector<double>> solve_by_cg(const SymmetricMatrix& matrix,
                                                           std::vector<RightSide> sides,
                                                           const SolverOptions& options);
[[nodiscard]] std::vector<std::vector<double>> solve_directly(const SymmetricMatrix& matrix,
                                                              std::span<const RightSide> sides);
[[nodiscard]] std::vector<double> solve_by_cg(const LinearSystem& system, std::vector<double> start,
                                              const SolverOptions& options);
[[nodiscard]] std::vector<double> solve_directly(const LinearSystem& system);

}  // namespace mbench::baselines

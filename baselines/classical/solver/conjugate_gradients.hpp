#pragma once
#include <functional>
#include <span>
#include <vector>

namespace mbench::baselines {

/// result = M vector, for a matrix M that need not exist as numbers. The spans do not overlap.
using LinearMap = std::function<void(std::span<const double> vector, std::span<double> result)>;

struct ConjugateGradientsOptions {
  double rtol{1e-7};          ///< stop at |b - A x| <= rtol |b - A x0|, or at 16 epsilon |b|
  int max_iterations{10000};  ///< products with A
};

struct ConjugateGradientsResult {
  std::vector<double> x{};
  int iterations{};
  double relative_residual{};  ///< |b - A x| / |b - A x0|, computed from x itself at the end
  bool converged{};
};

/// Solves A x = b for a symmetric positive definite A by preconditioned conjugate gradients from
/// x0 = `start`; `precondition` applies an approximation of A^-1 that is itself symmetric positive
/// definite. The residual that the recurrence carries along drifts from the true one: at the end
/// the true one is computed, and iteration goes on from it if it is still too large.
[[nodiscard]] ConjugateGradientsResult conjugate_gradients(
    const LinearMap& multiply, const LinearMap& precondition, std::span<const double> right,
    std::vector<double> start, const ConjugateGradientsOptions& options);

}  // namespace mbench::baselines

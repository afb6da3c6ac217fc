#include "baselines/classical/solver/conjugate_gradients.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>

namespace mbench::baselines {
namespace {

/// Rounding alone leaves about this share of |b| in b - A x: no iteration gets below it.
constexpr double kRounding = 16.0 * std::numeric_limits<double>::epsilon();

double dot(std::span<const double> left, std::span<const double> right) {
  double sum = 0.0;
  for (std::size_t i = 0; i < left.size(); ++i) sum += left[i] * right[i];
  return sum;
}

/// residual = right - A x; returns its length.
double true_residual(const LinearMap& multiply, std::span<const double> right,
                     std::span<const double> x, std::span<double> residual) {
  multiply(x, residual);
  for (std::size_t i = 0; i < residual.size(); ++i) residual[i] = right[i] - residual[i];
  return std::sqrt(dot(residual, residual));
}

}  // namespace

ConjugateGradientsResult conjugate_gradients(const LinearMap& multiply,
                                             const LinearMap& precondition,
                                             std::span<const double> right,
                                             std::vector<double> start,
                                             const ConjugateGradientsOptions& options) {
  const std::size_t order = right.size();
  assert(start.size() == order);
  ConjugateGradientsResult result{.x = std::move(start)};
  std::vector<double>& x = result.x;
  std::vector<double> residual(order), preconditioned(order), direction(order), image(order);

  const double initial = true_residual(multiply, right, x, residual);
  const double goal = std::max(options.rtol * initial, kRounding * std::sqrt(dot(right, right)));
  double length = initial;
  double weight = 0.0;  // residual . preconditioned
  bool restart = true;  // the next direction does not continue the last one
  bool is_true = true;  // `length` comes from x, not from the recurrence
  while (true) {
    if (length <= goal && !is_true) {
      length = true_residual(multiply, right, x, residual);
      is_true = restart = true;
    }
    if (length <= goal || result.iterations == options.max_iterations) break;

    precondition(residual, preconditioned);
    const double last_weight = std::exchange(weight, dot(residual, preconditioned));
    const double beta = restart ? 0.0 : weight / last_weight;
    for (std::size_t i = 0; i < order; ++i) direction[i] = preconditioned[i] + beta * direction[i];
    multiply(direction, image);
    const double curvature = dot(direction, image);
    if (!(curvature > 0.0) || !std::isfinite(curvature) || !std::isfinite(weight)) break;
    const double step = weight / curvature;
    for (std::size_t i = 0; i < order; ++i) {
      x[i] += step * direction[i];
      residual[i] -= step * image[i];
    }
    length = std::sqrt(dot(residual, residual));
    restart = is_true = false;
    ++result.iterations;
  }
  if (!is_true) length = true_residual(multiply, right, x, residual);
  result.converged = length <= goal;
  result.relative_residual = initial > 0.0 ? length / initial : 0.0;
  return result;
}

}  // namespace mbench::baselines

#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "baselines/classical/laplacian/pixel_roles.hpp"
#include "baselines/classical/solver/symmetric_matrix.hpp"

namespace mbench::baselines {

/// Sums the matrices of overlapping square windows into one sparse system.
///
/// An energy  x^T L x,  L = sum over windows w of M_w,  is least where  L_UU x_U = -L_UK x_K  with
/// U the variables and K the pixels with given alpha. The assembly keeps L_UU and b = -L_UK x_K
/// and nothing else: windows without a variable need not be added, since they touch neither.
///
/// Pixels that share a window are at most 2 radius apart, so every variable owns a dense row of
/// slots for itself and the neighbours that follow it in row order; take() packs what is not zero.
class WindowAssembly {
 public:
  /// `roles` must outlive the assembly. `radius` >= 1: windows of (2 radius + 1)^2 pixels.
  WindowAssembly(const PixelRoles& roles, int radius);

  /// Number of pixels of a window.
  [[nodiscard]] int window_pixels() const { return static_cast<int>(slot_of_.size()); }
  /// Does the window around (y, x) hold a variable? It must lie inside the image.
  [[nodiscard]] bool touches_variable(int y, int x) const;
  /// Adds the matrix M of the window around (y, x): window_pixels()^2 numbers, row by row, pixels
  /// in row order. M is symmetric; what lies below its diagonal is not looked at.
  void add(int y, int x, std::span<const double> window_matrix);
  /// The sum so far. The assembly is empty afterwards.
  [[nodiscard]] LinearSystem take();

 private:
  const PixelRoles& roles_;
  int radius_;
  int slots_;                          ///< per variable
  std::vector<std::int32_t> slot_of_;  ///< slot of pixel k of a window, counted from its first
  std::vector<double> values_;         ///< slots_ per variable
  std::vector<double> right_;
};

}  // namespace mbench::baselines

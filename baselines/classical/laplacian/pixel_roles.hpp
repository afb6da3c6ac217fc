#pragma once
#include <cstdint>

#include "core/plane.hpp"
#include "core/trimap.hpp"

namespace mbench::baselines {

/// What each pixel is to a linear system.
struct PixelRoles {
  /// Number of the variable that stands for the pixel, counted row by row from 0; -1 where alpha is
  /// given.
  Plane<std::int32_t> variable{};
  Plane<double> given{};     ///< alpha of the pixels that are no variables
  std::int32_t variables{};  ///< how many
};

/// Hard constraints: the unknown pixels are variables, the others are given as 0 or 1.
[[nodiscard]] PixelRoles unknown_pixels_as_variables(TrimapView trimap);
/// Soft constraints: every pixel is a variable.
[[nodiscard]] PixelRoles all_pixels_as_variables(Size size);

}  // namespace mbench::baselines

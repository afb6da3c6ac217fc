#include "baselines/classical/laplacian/pixel_roles.hpp"

#include <numeric>

namespace mbench::baselines {

PixelRoles unknown_pixels_as_variables(TrimapView trimap) {
  PixelRoles roles{.variable = Plane<std::int32_t>{trimap.size(), -1},
                   .given = Plane<double>{trimap.size()}};
  for (int y = 0; y < trimap.size().height; ++y) {
    for (int x = 0; x < trimap.size().width; ++x) {
      if (trimap(y, x) == kUnknown) roles.variable(y, x) = roles.variables++;
      if (trimap(y, x) == kForeground) roles.given(y, x) = 1.0;
    }
  }
  return roles;
}

PixelRoles all_pixels_as_variables(Size size) {
  PixelRoles roles{.variable = Plane<std::int32_t>{size},
                   .given = Plane<double>{size},
                   .variables = static_cast<std::int32_t>(size.pixels())};
  std::iota(roles.variable.values().begin(), roles.variable.values().end(), 0);
  return roles;
}

}  // namespace mbench::baselines

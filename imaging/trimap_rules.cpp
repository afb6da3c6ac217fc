#include "imaging/trimap_rules.hpp"

#include <algorithm>

#include "imaging/morphology.hpp"

namespace mbench::imaging {

Trimap make_trimap(PixelView<std::uint8_t> alpha, int k) {
  Plane<std::uint8_t> opaque{alpha.size()};
  for (int y = 0; y < alpha.size().height; ++y) {
    std::ranges::transform(alpha.row(y), opaque.row(y).begin(), [](std::uint8_t value) {
      return static_cast<std::uint8_t>(value == 255 ? 255 : 0);
    });
  }
  const Plane<std::uint8_t> possible = dilate_by_ellipse(alpha, k);
  const Plane<std::uint8_t> certain = erode_by_ellipse(opaque, k);
  Trimap trimap{alpha.size()};
  const auto to = trimap.values();
  for (std::size_t i = 0; i < to.size(); ++i) {
    // The anchor lies in the element: what is certain is also possible.
    to[i] = certain.values()[i] != 0    ? kForeground
            : possible.values()[i] != 0 ? kUnknown
                                        : kBackground;
  }
  return trimap;
}

Trimap unified_map(TrimapView trimap, ImageType type) {
  Trimap result{trimap.size(), kUnknown};
  if (type == ImageType::non_salient) return result;
  const std::uint8_t highest =
      type == ImageType::salient_transparent ? kUnknown : std::uint8_t{kForeground};
  for (int y = 0; y < trimap.size().height; ++y) {
    std::ranges::transform(trimap.row(y), result.row(y).begin(),
                           [&](std::uint8_t level) { return std::min(level, highest); });
  }
  return result;
}

}  // namespace mbench::imaging

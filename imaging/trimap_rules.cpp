#include "imaging/trimap_rules.hpp"

#include <algorithm>
#include <limits>
#include <string>

#include "core/error.hpp"
#include "core/plane_copy.hpp"
#include "imaging/morphology.hpp"

namespace mbench::imaging {
namespace {

/// {T = 255}, as a mask.
Plane<std::uint8_t> foreground_of(TrimapView trimap) {
  Plane<std::uint8_t> mask{trimap.size()};
  for (int y = 0; y < trimap.size().height; ++y) {
    std::ranges::transform(trimap.row(y), mask.row(y).begin(), [](std::uint8_t level) {
      return level == kForeground ? kForeground : kBackground;
    });
  }
  return mask;
}

void require_valid(const Growth& growth) {
  if (growth.iterations >= 0) return;
  throw Error{ErrorKind::usage,
              {.what = "a region cannot grow a negative number of times",
               .expected = "0 iterations or more",
               .found = std::to_string(growth.iterations)}};
}

constexpr float kTolerance = 1e-5F;

bool is_opaque(float alpha) { return alpha + kTolerance >= 1.0F; }
bool is_clear(float alpha) { return (1.0F - alpha) + kTolerance >= 1.0F; }
template <typename Integer>
bool is_opaque(Integer alpha) {
  return alpha == std::numeric_limits<Integer>::max();
}
template <typename Integer>
bool is_clear(Integer alpha) {
  return alpha == 0;
}

}  // namespace

Trimap optimal_trimap(AlphaView alpha) {
  return alpha.visit([](const auto& pixels) {
    Trimap trimap{pixels.size()};
    for (int y = 0; y < pixels.size().height; ++y) {
      std::ranges::transform(pixels.row(y), trimap.row(y).begin(), [](auto value) {
        return is_opaque(value) ? kForeground : is_clear(value) ? kBackground : kUnknown;
      });
    }
    return trimap;
  });
}

Trimap grown_trimap(TrimapView optimal, Growth inward, Growth outward) {
  require_valid(inward);
  require_valid(outward);
  Plane<std::uint8_t> certain = foreground_of(optimal);
  for (int i = 0; i < inward.iterations; ++i) certain = erode_by_ellipse(certain, inward.k);
  Plane<std::uint8_t> possible = copy_of(optimal);
  for (int i = 0; i < outward.iterations; ++i) possible = dilate_by_ellipse(possible, outward.k);
  Trimap trimap{optimal.size()};
  const auto to = trimap.values();
  for (std::size_t i = 0; i < to.size(); ++i) {
    // The anchor lies in the element: what is certain is also possible.
    to[i] = certain.values()[i] != 0    ? kForeground
            : possible.values()[i] != 0 ? kUnknown
                                        : kBackground;
  }
  return trimap;
}

Trimap make_trimap(PixelView<std::uint8_t> alpha, int k) {
  return grown_trimap(optimal_trimap(alpha), {.k = k}, {.k = k});
}

Trimap eroded_trimap(AlphaView alpha, const ErosionSizes& sizes) {
  return grown_trimap(optimal_trimap(alpha), {.k = sizes.foreground}, {.k = sizes.background});
}

std::string_view to_string(ImageType type) {
  switch (type) {
    case ImageType::salient_opaque: return "SO";
    case ImageType::salient_transparent: return "STM";
    case ImageType::non_salient: break;
  }
  return "NS";
}

std::optional<ImageType> image_type(std::string_view name) {
  for (const ImageType type : kImageTypes) {
    if (name == to_string(type)) return type;
  }
  return std::nullopt;
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

Trimap make_unified_map(PixelView<std::uint8_t> alpha, ImageType type, int k) {
  return unified_map(make_trimap(alpha, k), type);
}

}  // namespace mbench::imaging

#include "imaging/trimap_rules.hpp"

#include <algorithm>
#include <limits>

#include "imaging/morphology.hpp"

namespace mbench::imaging {
namespace {

/// The pixels whose value `holds`, as a mask.
template <typename Value, typename Holds>
Plane<std::uint8_t> mask_of(PixelView<Value> pixels, Holds holds) {
  Plane<std::uint8_t> mask{pixels.size()};
  for (int y = 0; y < pixels.size().height; ++y) {
    std::ranges::transform(pixels.row(y), mask.row(y).begin(), [&](Value value) {
      return static_cast<std::uint8_t>(holds(value) ? 255 : 0);
    });
  }
  return mask;
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

Trimap make_trimap(PixelView<std::uint8_t> alpha, int k) {
  const Plane<std::uint8_t> opaque =
      mask_of(alpha, [](std::uint8_t value) { return is_opaque(value); });
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

Trimap eroded_trimap(AlphaView alpha, const ErosionSizes& sizes) {
  const auto eroded = [&](int size, auto holds) {
    return erode_by_ellipse(alpha.visit([&](const auto& pixels) { return mask_of(pixels, holds); }),
                            size);
  };
  const auto foreground = eroded(sizes.foreground, [](auto value) { return is_opaque(value); });
  const auto background = eroded(sizes.background, [](auto value) { return is_clear(value); });
  Trimap trimap{alpha.size()};
  const auto to = trimap.values();
  for (std::size_t i = 0; i < to.size(); ++i) {
    to[i] = foreground.values()[i] != 0   ? kForeground
            : background.values()[i] != 0 ? kBackground
                                          : kUnknown;
  }
  return trimap;
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

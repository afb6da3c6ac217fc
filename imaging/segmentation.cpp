#include "imaging/segmentation.hpp"

#include <algorithm>
#include <string>

#include "core/error.hpp"
#include "imaging/morphology.hpp"
#include "imaging/trimap_rules.hpp"

namespace mbench::imaging {
namespace {

int element_size(int erosion_px, ErosionMeasure measure) {
  if (measure == ErosionMeasure::element_size) return erosion_px;
  constexpr int kMaxRadius = 32767;
  if (erosion_px < 1 || erosion_px > kMaxRadius) {
    throw Error{ErrorKind::usage,
                {.what = "the radius of an erosion is out of range",
                 .expected = "1 to " + std::to_string(kMaxRadius) + " pixels",
                 .found = std::to_string(erosion_px)}};
  }
  return 2 * erosion_px + 1;
}

}  // namespace

std::string_view to_string(ErosionMeasure measure) {
  return measure == ErosionMeasure::element_size ? "element_size" : "radius";
}

Plane<std::uint8_t> coarse_segmentation(AlphaView truth, const CoarseSegmentation& options) {
  const int trimap_element = element_size(options.trimap_erosion_px, options.measure);
  Trimap segmentation =
      eroded_trimap(truth, {.foreground = trimap_element, .background = trimap_element});
  for (std::uint8_t& level : segmentation.values()) level = level == kBackground ? 0 : 255;
  return gaussian_blur(
      erode_by_ellipse(segmentation, element_size(options.erosion_px, options.measure)),
      options.blur);
}

}  // namespace mbench::imaging

#pragma once
#include <cstdint>
#include <string_view>

#include "core/matte.hpp"
#include "core/plane.hpp"
#include "imaging/gaussian.hpp"

namespace mbench::imaging {

/// What "an erosion by n pixels" means.
enum class ErosionMeasure {
  element_size,  ///< an elliptic element of n x n pixels, as in GCA's code: about n/2 to each side
  radius,        ///< one of (2 n + 1) x (2 n + 1) pixels: n to each side
};

/// "element_size" or "radius", as options and results name it.
[[nodiscard]] std::string_view to_string(ErosionMeasure measure);

/// How coarse_segmentation() degrades a truth. The paper gives 15 and X in {20, 30, 40, 50}, 20 in
/// its main tables. It gives neither the measure nor the blur. Element sizes follow from the code
/// that it cites for its erosions [li2020gca], the blur from the one that it cites for its
/// segmentations, Background Matting, which uses 31 x 31 and the sigma that OpenCV takes for it.
struct CoarseSegmentation {
  int trimap_erosion_px{15};
  int erosion_px{20};
  ErosionMeasure measure{ErosionMeasure::element_size};
  GaussianKernel blur{.size = 31, .sigma_px = 5.0};
};

/// The coarse segmentation that zhou2021 gives its networks in tests in the place of a person's or
/// a program's [zhou2021], made from the true alpha matte:
///     T = eroded_trimap(truth) with trimap_erosion_px on both sides,
///     S = erode({T unknown or foreground}) by erosion_px, 0 and 255,
///     result = gaussian_blur(S) in 8 bits.
/// The outside of the image erodes nothing; the blur mirrors at the edges. Throws usage for an
/// erosion below 1 or above 65535 (radius: 32767) and for a kernel out of range.
[[nodiscard]] Plane<std::uint8_t> coarse_segmentation(AlphaView truth,
                                                      const CoarseSegmentation& options = {});

}  // namespace mbench::imaging

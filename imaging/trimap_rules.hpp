#pragma once
#include "core/matte.hpp"
#include "core/trimap.hpp"

namespace mbench::imaging {

/// The trimap of an alpha matte v (0..255) as GFM and AIM make it [li2021, li2022], with the
/// elliptic element of size k:
///     D = dilate({v != 0}),  E = erode({v == 255}),
///     T = 255 on E, 128 on D without E, 0 elsewhere.
/// k: 25 in GFM's tests, 50 for its wider maps, 30 for AIM's unified maps, 10 for saliency sets.
/// Throws usage unless 1 <= k <= 65535.
[[nodiscard]] Trimap make_trimap(PixelView<std::uint8_t> alpha, int k);

/// What kind of image it is, as AIM-500 tags them.
enum class ImageType {
  salient_opaque,       ///< SO
  salient_transparent,  ///< STM: transparent or meticulous
  non_salient,          ///< NS
};

/// AIM's unified map of a trimap [li2021, eq. 1]: the trimap itself for SO; without foreground for
/// STM (everything above 128 becomes 128); all 128 for NS.
[[nodiscard]] Trimap unified_map(TrimapView trimap, ImageType type);

}  // namespace mbench::imaging

#pragma once
#include "core/size.hpp"
#include "datasets/compose/blend.hpp"
#include "imaging/resample.hpp"

namespace mbench::datasets::compose {

/// How far a background is enlarged so that it covers a foreground.
struct Cover {
  double ratio{};  ///< r = max(w/bw, h/bh), each a division in double precision
  Size resized{};  ///< of the background before it is cropped; its own size where r <= 1
};

/// How bw r becomes a whole number of pixels.
enum class WholePixels {
  ceil,      ///< ceil(bw r): bw (w/bw) may round above w, and then it is w + 1
  plus_one,  ///< trunc(bw r + 1)
};

/// Throws bad_input unless all sides are at least 1, and where the enlarged background had more
/// than 2^31 - 1 pixels in a row or column.
[[nodiscard]] Cover cover(Size background, Size foreground, WholePixels whole);

/// The background as [xu2017]'s program fits it to a foreground of size w x h: enlarged by Pillow's
/// bicubic filter to `cover(..., ceil)` where r > 1, never shrunk, then cropped to the upper left
/// w x h pixels.
[[nodiscard]] Colours fit_by_pillow(ColourView background, Size foreground, const Cover& cover);

/// The same with another program's interpolation, cv::resize() of OpenCV 4.6. Throws bad_input if
/// the enlarged background had more than 2^28 pixels: all of them are computed.
[[nodiscard]] Colours fit_by_opencv(ColourView background, Size foreground, const Cover& cover,
                                    imaging::Interpolation interpolation);

}  // namespace mbench::datasets::compose

#pragma once
#include <functional>
#include <vector>

#include "core/image.hpp"
#include "core/plane.hpp"
#include "imaging/row_cache.hpp"

namespace mbench::datasets::compose {

/// cv::blur(image, k x k) of OpenCV 4.6 in double precision: the mean over rows y - k/2 ... and
/// columns x - k/2 ... x - k/2 + k - 1, so that an even k looks one pixel farther to the left and
/// upwards. Beyond its edges the image goes on as its mirror image, the edge not repeated. The sums
/// run along, a value added and one subtracted at each step, in OpenCV's order. Throws usage unless
/// k >= 1.
[[nodiscard]] Plane<Rgb<double>> box_blur(PixelView<Rgb<double>> image, int k);

/// box_blur() row by row of an image that comes row by row.
class BoxBlur {
 public:
  using Pixel = Rgb<double>;
  /// Writes row y of the image: the rows in order, but for the first k/2, which come mirrored.
  using Source = std::function<void(int y, Pixel* to)>;

  /// Throws usage unless k >= 1.
  BoxBlur(Size size, int k, Source source);
  /// Writes the next row of the result.
  void write_next(Pixel* to);

 private:
  /// Row y, which may lie beyond the image, of sums along.
  const Pixel* sums_along(int y);

  Size size_;
  int k_;
  Source source_;
  imaging::RowCache<Pixel> along_;
  std::vector<Pixel> row_, padded_;
  std::vector<Pixel> sums_;  ///< of k - 1 rows of along_
  int next_{};
};

}  // namespace mbench::datasets::compose

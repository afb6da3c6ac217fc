#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "core/size.hpp"
#include "datasets/demo/vec.hpp"

namespace mbench::datasets::demo {

// Which of the 8 x 8 sub-samples of every pixel lie inside a shape. The sub-samples are the regular
// centres ((i + 1/2)/8, (j + 1/2)/8); bit 8 j + i of a mask stands for column i, row j. Vertices
// are rounded to 1/2048 pixel, and from there on all is integer arithmetic: shapes that share an
// edge share no sub-sample and leave none out.

inline constexpr int kSubSamples = 8;  ///< per pixel and axis
inline constexpr int kMaskBits = kSubSamples * kSubSamples;
inline constexpr std::uint64_t kFullMask = ~std::uint64_t{0};

/// The covered sub-samples of one pixel; mask is never 0.
struct Fragment {
  int x{}, y{};
  std::uint64_t mask{};
};

/// Closed outlines, filled by the even-odd rule: an outline inside another one is a hole.
using Outline = std::vector<Vec2>;
using Path = std::vector<Outline>;

/// Turns shapes, in pixels, into fragments. Keeps buffers between calls; one per thread.
class CoverageScanner {
 public:
  explicit CoverageScanner(Size size) : size_{size} {}

  /// Fragments of a path, row by row. Valid until the next call.
  [[nodiscard]] std::span<const Fragment> scan(std::span<const Outline> path);
  /// Fragments of the quadrilateral p0 p1 p2 p3, which should be convex (where it is not, its rows
  /// are filled from the leftmost to the rightmost crossing). Valid until the next call.
  [[nodiscard]] std::span<const Fragment> scan_quad(Vec2 p0, Vec2 p1, Vec2 p2, Vec2 p3);

 private:
  struct Crossing {
    int row{}, column{};  ///< first sub-sample at or right of the edge
  };
  void add_span(int sub_row, int first, int last, int origin_x, int width);
  void flush_row(int y, int origin_x, int width);

  Size size_{};
  std::vector<Crossing> crossings_{};
  std::vector<Crossing> sorted_{};
  std::vector<std::uint32_t> row_begin_{};
  std::vector<std::uint64_t> masks_{};
  std::vector<Fragment> fragments_{};
};

/// Mean position of the set sub-samples of a pixel, from the pixel's corner, in pixels.
[[nodiscard]] Vec2 centroid(std::uint64_t mask);

}  // namespace mbench::datasets::demo

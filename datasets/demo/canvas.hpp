#pragma once
#include <array>
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "core/plane.hpp"
#include "datasets/demo/coverage.hpp"
#include "datasets/demo/vec.hpp"

namespace mbench::datasets::demo {

/// A colour (not multiplied by the opacity) and how much of the light behind it is covered.
struct Tint {
  Vec3 colour{};
  double opacity{1.0};
};

/// A point of a strand: place, half its width (both in scene units) and colour.
struct StrandPoint {
  Vec2 at{};
  double half_width{};
  Vec3 colour{};
};

/// What a canvas holds at a pixel: alpha, and the colour times alpha.
struct CanvasPixel {
  double alpha{};
  Vec3 premultiplied{};
};

/// Where a scene is drawn, FRONT TO BACK: what is drawn first hides what is drawn later. Each
/// sub-sample keeps the share of light that still passes, T (1 at first); a thing of colour c and
/// opacity a adds T a c to the pixel and leaves T (1 - a). This is the "over" rule read from the
/// front; alpha is the mean of 1 - T. Things without transparency need no more than one bit per
/// sub-sample, and everything behind them is skipped: that makes 50,000 hairs cheap.
///
/// Coordinates are scene units: the longer side of every picture is kLongSide units, so that one
/// scene is drawn the same at every resolution.
class Canvas {
 public:
  static constexpr double kLongSide = 640.0;

  explicit Canvas(Size size);

  [[nodiscard]] Size size() const { return size_; }
  [[nodiscard]] double pixels_per_unit() const { return scale_; }
  /// Width and height in scene units.
  [[nodiscard]] Vec2 extent() const { return {size_.width / scale_, size_.height / scale_}; }

  /// Fills a path. shade(Vec2) gives the colour (Vec3) or the Tint at a place in scene units; it is
  /// asked once per pixel, at the mean position of the sub-samples that the path covers there.
  template <typename Shade>
  void fill(const Path& path, Shade&& shade) {
    draw(scanner_.scan(to_pixels(path)), shade);
  }
  template <typename Shade>
  void fill(Outline outline, Shade&& shade) {
    fill(Path{std::move(outline)}, shade);
  }
  /// Fills the whole canvas.
  template <typename Shade>
  void fill_all(Shade&& shade) {
    for (int y = 0; y < size_.height; ++y) {
      for (int x = 0; x < size_.width; ++x) draw_fragment({x, y, kFullMask}, shade);
    }
  }
  /// A strand: a ribbon through the points, its width and colour interpolated, blunt at both ends.
  /// Opaque unless `opacity` says otherwise.
  void strand(std::span<const StrandPoint> points, double opacity = 1.0);

  [[nodiscard]] CanvasPixel pixel(int y, int x) const;

 private:
  /// Everything about one pixel. While only things without transparency, or tints over the whole
  /// pixel, have been drawn, `covered` (T = 0) and one T for all other sub-samples say it all.
  struct Cell {
    std::uint64_t covered{};
    float red{}, green{}, blue{};  ///< times alpha, summed over the sub-samples
    float passing{1.0F};           ///< T of the sub-samples not covered
    std::int32_t split{-1};        ///< index into split_ once they differ
  };

  template <typename Shade>
  void draw(std::span<const Fragment> fragments, Shade&& shade) {
    for (const Fragment& fragment : fragments) draw_fragment(fragment, shade);
  }
  template <typename Shade>
  void draw_fragment(const Fragment& fragment, Shade&& shade) {
    const Cell& cell = cells_(fragment.y, fragment.x);
    const std::uint64_t open = fragment.mask & ~cell.covered;
    if (open == 0) return;
    const Vec2 inside = centroid(fragment.mask);
    put(fragment.y, fragment.x, open,
        as_tint(shade(Vec2{(fragment.x + inside.x) / scale_, (fragment.y + inside.y) / scale_})));
  }
  static Tint as_tint(Vec3 colour) { return {colour, 1.0}; }
  static Tint as_tint(Tint tint) { return tint; }

  void put(int y, int x, std::uint64_t open, const Tint& tint);
  /// Is everything within the box around the corners covered already, or outside? Most segments of
  /// a head of hair are, and this is far cheaper than scanning them.
  [[nodiscard]] bool is_hidden(const std::array<Vec2, 4>& corners_px) const;
  void put_opaque(Cell& cell, std::uint64_t open, Vec3 colour);
  [[nodiscard]] std::span<const Outline> to_pixels(const Path& path);

  Size size_{};
  double scale_{};
  CoverageScanner scanner_;
  Path path_px_{};
  Plane<Cell> cells_;
  std::vector<std::array<float, kMaskBits>> split_{};
};

}  // namespace mbench::datasets::demo

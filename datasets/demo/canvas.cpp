#include "datasets/demo/canvas.hpp"

#include <algorithm>

namespace mbench::datasets::demo {

Canvas::Canvas(Size size)
    : size_{size},
      scale_{std::max(size.width, size.height) / kLongSide},
      scanner_{size},
      cells_{size} {}

std::span<const Outline> Canvas::to_pixels(const Path& path) {
  path_px_.resize(path.size());
  for (std::size_t i = 0; i < path.size(); ++i) {
    path_px_[i].clear();
    for (const Vec2 p : path[i]) path_px_[i].push_back(scale_ * p);
  }
  return path_px_;
}

void Canvas::put_opaque(Cell& cell, std::uint64_t open, Vec3 colour) {
  float weight = 0.0F;
  if (cell.split < 0) {
    weight = static_cast<float>(std::popcount(open)) * cell.passing;
  } else {
    auto& passing = split_[static_cast<std::size_t>(cell.split)];
    for (std::uint64_t rest = open; rest != 0; rest &= rest - 1) {
      float& t = passing[static_cast<std::size_t>(std::countr_zero(rest))];
      weight += t;
      t = 0.0F;
    }
  }
  cell.covered |= open;
  cell.red += weight * static_cast<float>(colour.x);
  cell.green += weight * static_cast<float>(colour.y);
  cell.blue += weight * static_cast<float>(colour.z);
}

void Canvas::put(int y, int x, std::uint64_t open, const Tint& tint) {
  Cell& cell = cells_(y, x);
  if (tint.opacity >= 1.0) {
    put_opaque(cell, open, tint.colour);
    return;
  }
  if (tint.opacity <= 0.0) return;
  const auto opacity = static_cast<float>(tint.opacity);
  float weight = 0.0F;
  if (cell.split < 0 && (open | cell.covered) == kFullMask) {
    weight = static_cast<float>(std::popcount(open)) * cell.passing * opacity;
    cell.passing *= 1.0F - opacity;
  } else {
    if (cell.split < 0) {
      cell.split = static_cast<std::int32_t>(split_.size());
      auto& passing = split_.emplace_back();
      for (std::size_t bit = 0; bit < kMaskBits; ++bit) {
        passing[bit] = ((cell.covered >> bit) & 1U) != 0 ? 0.0F : cell.passing;
      }
    }
    auto& passing = split_[static_cast<std::size_t>(cell.split)];
    for (; open != 0; open &= open - 1) {
      float& t = passing[static_cast<std::size_t>(std::countr_zero(open))];
      weight += t * opacity;
      t *= 1.0F - opacity;
    }
  }
  cell.red += weight * static_cast<float>(tint.colour.x);
  cell.green += weight * static_cast<float>(tint.colour.y);
  cell.blue += weight * static_cast<float>(tint.colour.z);
}

bool Canvas::is_hidden(const std::array<Vec2, 4>& corners_px) const {
  const auto [left, right] = std::ranges::minmax(corners_px, {}, &Vec2::x);
  const auto [top, bottom] = std::ranges::minmax(corners_px, {}, &Vec2::y);
  if (right.x < 0.0 || bottom.y < 0.0 || left.x >= size_.width || top.y >= size_.height)
    return true;
  const int first_x = std::max(static_cast<int>(left.x), 0);
  const int first_y = std::max(static_cast<int>(top.y), 0);
  const int last_x = std::min(static_cast<int>(std::min(right.x, 1e6)), size_.width - 1);
  const int last_y = std::min(static_cast<int>(std::min(bottom.y, 1e6)), size_.height - 1);
  for (int y = first_y; y <= last_y; ++y) {
    for (int x = first_x; x <= last_x; ++x) {
      if (cells_(y, x).covered != kFullMask) return false;
    }
  }
  return true;
}

void Canvas::strand(std::span<const StrandPoint> points, double opacity) {
  if (points.size() < 2) return;
  Vec2 left{};
  Vec2 right{};
  for (std::size_t i = 0; i < points.size(); ++i) {
    const Vec2 along = points[std::min(i + 1, points.size() - 1)].at - points[i > 0 ? i - 1 : 0].at;
    const Vec2 across = (scale_ * points[i].half_width) * perpendicular(unit(along));
    const Vec2 at = scale_ * points[i].at;
    const Vec2 next_left = at + across;
    const Vec2 next_right = at - across;
    if (i > 0 && !is_hidden({left, right, next_right, next_left})) {
      const Tint tint{mix(points[i - 1].colour, points[i].colour, 0.5), opacity};
      for (const Fragment& f : scanner_.scan_quad(left, right, next_right, next_left)) {
        const std::uint64_t open = f.mask & ~cells_(f.y, f.x).covered;
        if (open != 0) put(f.y, f.x, open, tint);
      }
    }
    left = next_left;
    right = next_right;
  }
}

CanvasPixel Canvas::pixel(int y, int x) const {
  const Cell& cell = cells_(y, x);
  const Vec3 sum{cell.red, cell.green, cell.blue};
  double alpha = 0.0;
  if (cell.split < 0) {
    const int covered = std::popcount(cell.covered);
    alpha = (covered + (kMaskBits - covered) * (1.0 - double{cell.passing})) / kMaskBits;
  } else {
    double passing = 0.0;
    for (const float t : split_[static_cast<std::size_t>(cell.split)]) passing += double{t};
    alpha = 1.0 - passing / kMaskBits;
  }
  return {alpha, (1.0 / kMaskBits) * sum};
}

}  // namespace mbench::datasets::demo

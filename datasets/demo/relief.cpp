#include "datasets/demo/relief.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "datasets/demo/shapes.hpp"

namespace mbench::datasets::demo {
namespace {

constexpr double kFarOutside = -1e3;

/// Maximum with rounded transition of width k.
double smooth_max(double p, double q, double k) {
  const double h = std::max(k - std::abs(p - q), 0.0) / k;
  return std::max(p, q) + h * h * k * 0.25;
}

}  // namespace

Relief::Relief(const std::vector<ReliefPart>& parts, const std::vector<ReliefBump>& bumps,
               double blend, double step)
    : step_{step} {
  low_ = {1e9, 1e9};
  high_ = {-1e9, -1e9};
  for (const ReliefPart& part : parts) {
    const double reach = std::max(part.radius_x, part.radius_y) + blend + 2.0 * step;
    low_ = {std::min(low_.x, part.centre.x - reach), std::min(low_.y, part.centre.y - reach)};
    high_ = {std::max(high_.x, part.centre.x + reach), std::max(high_.y, part.centre.y + reach)};
  }
  const Size size{static_cast<int>((high_.x - low_.x) / step) + 2,
                  static_cast<int>((high_.y - low_.y) / step) + 2};
  nodes_ = Plane<Node>{size, Node{kFarOutside, kFarOutside}};
  for (const ReliefPart& part : parts) {
    const Vec2 axis_x = rotated({1.0 / part.radius_x, 0.0}, part.turns);
    const Vec2 axis_y = rotated({0.0, 1.0 / part.radius_y}, part.turns);
    const double narrow = std::min(part.radius_x, part.radius_y);
    const double reach = std::max(part.radius_x, part.radius_y) + blend + step;
    const NodeRange range = nodes_within(part.centre, reach);
    for (int y = range.first_y; y <= range.last_y; ++y) {
      for (int x = range.first_x; x <= range.last_x; ++x) {
        const Vec2 offset = low_ + Vec2{x * step, y * step} - part.centre;
        const double p = dot(offset, axis_x);
        const double q = dot(offset, axis_y);
        const double r2 = p * p + q * q;
        const double r = std::sqrt(r2);
        const double inside = (1.0 - r) * narrow;
        // Outside its ellipse a part falls away steeply: neighbours win, the crease stays.
        const double height = r2 < 1.0 ? part.depth + part.bulge * std::sqrt(1.0 - r2)
                                       : part.depth - 3.0 * (r - 1.0) * narrow;
        Node& node = nodes_(y, x);
        node.inside = smooth_max(node.inside, inside, blend);
        node.height = smooth_max(node.height, height, blend);
      }
    }
  }
  for (const ReliefBump& bump : bumps) {
    const Vec2 axis_x = rotated({1.0 / bump.radius_x, 0.0}, bump.turns);
    const Vec2 axis_y = rotated({0.0, 1.0 / bump.radius_y}, bump.turns);
    const double reach = std::max(bump.radius_x, bump.radius_y) + step;
    const NodeRange range = nodes_within(bump.centre, reach);
    for (int y = range.first_y; y <= range.last_y; ++y) {
      for (int x = range.first_x; x <= range.last_x; ++x) {
        const Vec2 offset = low_ + Vec2{x * step, y * step} - bump.centre;
        const double p = dot(offset, axis_x);
        const double q = dot(offset, axis_y);
        const double r2 = p * p + q * q;
        if (r2 < 1.0) nodes_(y, x).height += bump.height * (1.0 - r2) * (1.0 - r2);
      }
    }
  }
  finish_normals();
  finish_open();
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      if (x == 0 || y == 0 || x == size.width - 1 || y == size.height - 1) {
        nodes_(y, x).inside = std::min(nodes_(y, x).inside, -1.0);  // every contour closes
      }
    }
  }
}

Relief::NodeRange Relief::nodes_within(Vec2 centre, double reach) const {
  const auto index = [this](double offset, int last) {
    return std::clamp(static_cast<int>(std::floor(offset / step_)), 0, last);
  };
  const Size size = nodes_.size();
  return {index(centre.x - reach - low_.x, size.width - 1),
          index(centre.x + reach - low_.x, size.width - 2) + 1,
          index(centre.y - reach - low_.y, size.height - 1),
          index(centre.y + reach - low_.y, size.height - 2) + 1};
}

void Relief::finish_normals() {
  const Size size = nodes_.size();
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const int left = std::max(x - 1, 0);
      const int right = std::min(x + 1, size.width - 1);
      const int up = std::max(y - 1, 0);
      const int down = std::min(y + 1, size.height - 1);
      const double dx =
          (nodes_(y, right).height - nodes_(y, left).height) / (step_ * (right - left));
      const double dy = (nodes_(down, x).height - nodes_(up, x).height) / (step_ * (down - up));
      nodes_(y, x).normal = unit(Vec3{-dx, -dy, 1.0});
    }
  }
}

void Relief::finish_open() {
  // A place lower than the mean of its neighbourhood is in a crease. A box mean of 9 x 9 nodes.
  const Size size = nodes_.size();
  constexpr int kRadius = 4;
  Plane<double> rows{size};
  const auto height = [&](int y, int x) { return std::max(nodes_(y, x).height, -60.0); };
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      double sum = 0.0;
      for (int i = -kRadius; i <= kRadius; ++i) {
        const int at = std::clamp(x + i, 0, size.width - 1);
        // Beyond the silhouette nothing shades: the place itself stands in.
        sum += nodes_(y, at).inside > 0.0 ? height(y, at) : height(y, x);
      }
      rows(y, x) = sum / (2 * kRadius + 1);
    }
  }
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      double sum = 0.0;
      for (int i = -kRadius; i <= kRadius; ++i) {
        const int at = std::clamp(y + i, 0, size.height - 1);
        sum += nodes_(at, x).inside > 0.0 ? rows(at, x) : rows(y, x);
      }
      const double sunk = sum / (2 * kRadius + 1) - height(y, x);
      nodes_(y, x).open = std::clamp(1.0 - 0.07 * std::max(sunk, -2.0), 0.35, 1.1);
    }
  }
}

Relief::Place Relief::place(Vec2 at) const {
  const double x = std::clamp((at.x - low_.x) / step_, 0.0, nodes_.size().width - 1.001);
  const double y = std::clamp((at.y - low_.y) / step_, 0.0, nodes_.size().height - 1.001);
  const int ix = static_cast<int>(x);
  const int iy = static_cast<int>(y);
  return {ix, iy, x - ix, y - iy};
}

double Relief::inside(Vec2 at) const {
  const Place p = place(at);
  return mix(mix(nodes_(p.y, p.x).inside, nodes_(p.y, p.x + 1).inside, p.u),
             mix(nodes_(p.y + 1, p.x).inside, nodes_(p.y + 1, p.x + 1).inside, p.u), p.v);
}
double Relief::height(Vec2 at) const {
  const Place p = place(at);
  return mix(mix(nodes_(p.y, p.x).height, nodes_(p.y, p.x + 1).height, p.u),
             mix(nodes_(p.y + 1, p.x).height, nodes_(p.y + 1, p.x + 1).height, p.u), p.v);
}
Vec3 Relief::normal(Vec2 at) const {
  const Place p = place(at);
  return unit(mix(mix(nodes_(p.y, p.x).normal, nodes_(p.y, p.x + 1).normal, p.u),
                  mix(nodes_(p.y + 1, p.x).normal, nodes_(p.y + 1, p.x + 1).normal, p.u), p.v));
}
double Relief::open(Vec2 at) const {
  const Place p = place(at);
  return mix(mix(nodes_(p.y, p.x).open, nodes_(p.y, p.x + 1).open, p.u),
             mix(nodes_(p.y + 1, p.x).open, nodes_(p.y + 1, p.x + 1).open, p.u), p.v);
}

Path Relief::outline(double inset) const {
  // Marching squares. Every grid edge that the contour crosses leads to exactly one next edge
  // (walking with the inside to the right), so the curves are read off by following the links.
  const Size size = nodes_.size();
  const auto edge_id = [&](int y, int x, bool downwards) {
    return (static_cast<std::int64_t>(y) * size.width + x) * 2 + (downwards ? 1 : 0);
  };
  const auto crossing = [&](std::int64_t id) {
    const bool downwards = id % 2 == 1;
    const int x = static_cast<int>(id / 2 % size.width);
    const int y = static_cast<int>(id / 2 / size.width);
    const double from = nodes_(y, x).inside - inset;
    const double to = (downwards ? nodes_(y + 1, x) : nodes_(y, x + 1)).inside - inset;
    const double t = from / (from - to);
    return low_ + step_ * (downwards ? Vec2{1.0 * x, y + t} : Vec2{x + t, 1.0 * y});
  };
  std::unordered_map<std::int64_t, std::int64_t> next;
  std::vector<std::int64_t> starts;
  for (int y = 0; y + 1 < size.height; ++y) {
    for (int x = 0; x + 1 < size.width; ++x) {
      const bool corner[4] = {nodes_(y, x).inside > inset, nodes_(y, x + 1).inside > inset,
                              nodes_(y + 1, x + 1).inside > inset, nodes_(y + 1, x).inside > inset};
      // Side i runs from corner i to corner i + 1, clockwise.
      const std::int64_t side[4] = {edge_id(y, x, false), edge_id(y, x + 1, true),
                                    edge_id(y + 1, x, false), edge_id(y, x, true)};
      for (int i = 0; i < 4; ++i) {
        if (!corner[i] || corner[(i + 1) % 4]) continue;  // the contour leaves the inside here
        int j = i;
        do {
          j = (j + 3) % 4;
        } while (corner[j] || !corner[(j + 1) % 4]);
        next[side[i]] = side[j];
        starts.push_back(side[i]);
      }
    }
  }
  Path path;
  for (const std::int64_t start : starts) {
    Outline outline;
    for (auto link = next.find(start); link != next.end();) {
      outline.push_back(crossing(link->first));
      const std::int64_t following = link->second;
      next.erase(link);
      link = next.find(following);
    }
    if (outline.size() > 2) path.push_back(std::move(outline));
  }
  return path;
}

}  // namespace mbench::datasets::demo

#pragma once
#include "datasets/demo/relief.hpp"
#include "datasets/demo/vec.hpp"

namespace mbench::datasets::demo {

/// Where a figure stands in the picture: figures are modelled around (0, 0) in their own unit (a
/// head's radius, say) and placed by scale and mirror image.
struct Frame {
  Vec2 origin{};
  double unit{100.0};  ///< scene units per unit of the figure
  double mirror{1.0};  ///< -1: left and right exchanged

  [[nodiscard]] Vec2 to_scene(Vec2 p) const {
    return {origin.x + unit * mirror * p.x, origin.y + unit * p.y};
  }
  [[nodiscard]] Vec2 to_figure(Vec2 at) const {
    return {(at.x - origin.x) / (unit * mirror), (at.y - origin.y) / unit};
  }
  [[nodiscard]] Vec2 direction(Vec2 d) const { return {mirror * d.x, d.y}; }
  [[nodiscard]] ReliefPart part(ReliefPart p) const {
    return {to_scene(p.centre), unit * p.radius_x, unit * p.radius_y,
            mirror * p.turns,   unit * p.depth,    unit * p.bulge};
  }
  [[nodiscard]] ReliefBump bump(ReliefBump b) const {
    return {to_scene(b.centre), unit * b.radius_x, unit * b.radius_y, mirror * b.turns,
            unit * b.height};
  }
  /// The relief of a figure's parts; `blend` in the figure's unit.
  [[nodiscard]] Relief relief(const std::vector<ReliefPart>& parts,
                              const std::vector<ReliefBump>& bumps, double blend) const {
    std::vector<ReliefPart> placed;
    for (const ReliefPart& p : parts) placed.push_back(part(p));
    std::vector<ReliefBump> raised;
    for (const ReliefBump& b : bumps) raised.push_back(bump(b));
    return Relief{placed, raised, unit * blend};
  }
};

}  // namespace mbench::datasets::demo

#pragma once
#include <cstdint>
#include <vector>

#include "core/plane.hpp"
#include "datasets/demo/coverage.hpp"
#include "datasets/demo/vec.hpp"

namespace mbench::datasets::demo {

/// An ellipsoid seen along z: one mass of a body.
struct ReliefPart {
  Vec2 centre{};
  double radius_x{}, radius_y{};
  double turns{};  ///< rotation in the picture plane
  double depth{};  ///< z of the centre: larger is nearer
  double bulge{};  ///< radius along z
};

/// A soft swelling (or, with negative height, a hollow) on the finished surface.
struct ReliefBump {
  Vec2 centre{};
  double radius_x{}, radius_y{};
  double turns{};
  double height{};
};

/// A body as a surface z(x, y) over its silhouette: ellipsoids melted into one another. It is
/// tabulated on a grid of scene units, so that it is the same at every resolution.
class Relief {
 public:
  /// `blend` is the width in units over which two parts melt together.
  Relief(const std::vector<ReliefPart>& parts, const std::vector<ReliefBump>& bumps, double blend,
         double step = 2.0);

  /// Signed distance to the silhouette, roughly, in units; positive inside.
  [[nodiscard]] double inside(Vec2 at) const;
  [[nodiscard]] double height(Vec2 at) const;
  [[nodiscard]] Vec3 normal(Vec2 at) const;
  /// Share of the surroundings that the place sees: low in creases, 1 on ridges.
  [[nodiscard]] double open(Vec2 at) const;
  /// The closed curves where inside() = inset.
  [[nodiscard]] Path outline(double inset = 0.0) const;
  [[nodiscard]] Vec2 low() const { return low_; }
  [[nodiscard]] Vec2 high() const { return high_; }

 private:
  struct Node {
    double inside{}, height{}, open{1.0};
    Vec3 normal{0, 0, 1};
  };
  struct Place {
    int x{}, y{};
    double u{}, v{};
  };
  struct NodeRange {
    int first_x{}, last_x{}, first_y{}, last_y{};
  };
  [[nodiscard]] Place place(Vec2 at) const;
  /// The nodes of the square of half side `reach` about a place, cut at the grid.
  [[nodiscard]] NodeRange nodes_within(Vec2 centre, double reach) const;
  void finish_normals();
  void finish_open();

  Vec2 low_{}, high_{};
  double step_{};
  Plane<Node> nodes_{};
};

}  // namespace mbench::datasets::demo

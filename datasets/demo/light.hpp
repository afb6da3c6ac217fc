#pragma once
#include "datasets/demo/vec.hpp"

namespace mbench::datasets::demo {

/// One soft lamp and the light of the surroundings.
struct Light {
  Vec3 direction{};  ///< towards the lamp, a unit vector
  Vec3 key{};        ///< colour of the lamp
  Vec3 sky{};        ///< surroundings above
  Vec3 ground{};     ///< surroundings below
};

/// Colour of a matt surface: wrapped cosine law (a large lamp reaches around the edge) plus the
/// surroundings. `open` in [0, 1] is the share of the surroundings that the place sees.
[[nodiscard]] Vec3 shade_matt(const Light& light, Vec3 albedo, Vec3 normal, double open = 1.0);

/// Strength of the mirror image of the lamp, in [0, 1]: Blinn's half-vector model.
[[nodiscard]] double shade_gloss(const Light& light, Vec3 normal, double sharpness);

/// Colour of a hair of direction `tangent` that grows on a surface of the given normal: Kajiya and
/// Kay's model, diffuse ~ sin(tangent, light), gloss ~ sin(tangent, half)^sharpness.
[[nodiscard]] Vec3 shade_hair(const Light& light, Vec3 albedo, Vec3 tangent, Vec3 normal,
                              double gloss, double open = 1.0);

/// Keeps highlights from clipping: the identity below 0.7, then a smooth approach to 1.
[[nodiscard]] Vec3 soft_clip(Vec3 colour);

[[nodiscard]] constexpr double brightness(Vec3 c) { return 0.3 * c.x + 0.59 * c.y + 0.11 * c.z; }

}  // namespace mbench::datasets::demo

#pragma once
#include <cstdint>
#include <vector>

#include "core/random.hpp"
#include "datasets/demo/canvas.hpp"
#include "datasets/demo/light.hpp"

namespace mbench::datasets::demo {

/// A point of a guide: place (x, y, z) and the normal of the mass of hair there.
struct GuidePoint {
  Vec3 at{};
  Vec3 normal{0, 0, 1};
};
using Guide = std::vector<GuidePoint>;

/// Long hair, fringes, grass, straw: strands that follow guides.
struct HairStyle {
  int strands{4000};
  int segments{18};
  double half_width{0.55};     ///< at the root, units; a quarter of it at the tip
  double length_sigma{0.12};   ///< spread of the length (log-normal), share of the guide's
  double spread{2.0};          ///< of the strands about their guides at the root, units
  double loosen{5.0};          ///< further spread at the tip
  int clump{12};               ///< strands that share one lock
  double gather{0.6};          ///< how far a strand joins its lock at the tip
  double wave{0.0};            ///< amplitude of waves, units
  double wave_length{60.0};    ///< units
  std::uint32_t wave_seed{1};  ///< neighbouring locks wave together; this says how
  double frizz{0.8};           ///< random walk of each strand, units per segment
  double flyaway{0.03};        ///< share of strands that leave the mass
  double flyaway_reach{22.0};  ///< how far they leave it at the tip, units
  double tone{0.2};            ///< spread of brightness
  double gloss{0.35};
  Vec3 root{}, tip{};  ///< colours
};

/// Draws strands between the guides, which are given in order around the head: neighbours in the
/// list are neighbours in the hair. Larger z is nearer.
void draw_hair(Canvas& canvas, const Light& light, const std::vector<Guide>& guides,
               const HairStyle& style, Random random);

}  // namespace mbench::datasets::demo

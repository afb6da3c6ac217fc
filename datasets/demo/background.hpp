#pragma once
#include "core/image.hpp"
#include "core/random.hpp"
#include "datasets/demo/vec.hpp"

namespace mbench::datasets::demo {

/// What kind of place the picture was taken at.
enum class Place { foliage, meadow, hills, evening, room, studio, wall };

/// How a background is seen.
struct BackgroundStyle {
  Place place{Place::foliage};
  double blur{12.0};  ///< radius of the box blur in units (three passes); 0 = sharp
};

/// Renders a background, colours in [0, 1].
[[nodiscard]] Plane<Vec3> render_background(Size size, const BackgroundStyle& style, Random random);

/// The photograph, scaled so that it covers `size` (area-weighted when shrinking, bilinear when
/// enlarging), cropped at the centre and blurred.
[[nodiscard]] Plane<Vec3> fit_photograph(const Image& photograph, Size size, double blur);

/// Three passes of a box mean of the given radius in pixels (a fraction weighs the two outermost
/// pixels), edges repeated: close to a Gaussian.
[[nodiscard]] Plane<Vec3> box_blur(const Plane<Vec3>& image, double radius_px);

/// Bilinear interpolation onto another size; pixel centres correspond.
[[nodiscard]] Plane<Vec3> resample(const Plane<Vec3>& image, Size size);

}  // namespace mbench::datasets::demo

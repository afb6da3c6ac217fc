#include "datasets/demo/background.hpp"

#include <algorithm>
#include <cmath>

#include "core/exact_math.hpp"
#include "datasets/demo/canvas.hpp"
#include "datasets/demo/places.hpp"

namespace mbench::datasets::demo {
namespace {

/// Blurred places are drawn at this size whatever the picture's: there is no detail to lose.
constexpr int kBlurredLongSide = 320;

Size with_long_side(Size size, int long_side) {
  const double scale = static_cast<double>(long_side) / std::max(size.width, size.height);
  return {std::max(1, static_cast<int>(std::floor(size.width * scale + 0.5))),
          std::max(1, static_cast<int>(std::floor(size.height * scale + 0.5)))};
}

Plane<Vec3> pixels_of(const Canvas& canvas) {
  Plane<Vec3> image{canvas.size()};
  for (int y = 0; y < canvas.size().height; ++y) {
    for (int x = 0; x < canvas.size().width; ++x) image(y, x) = canvas.pixel(y, x).premultiplied;
  }
  return image;
}

/// One pass along rows; the result is transposed, so that two passes blur both axes.
Plane<Vec3> blur_rows_transposed(const Plane<Vec3>& image, double radius) {
  const Size size = image.size();
  const int whole = static_cast<int>(radius);
  const double part = radius - whole;
  const double norm = 1.0 / (2.0 * radius + 1.0);
  Plane<Vec3> result{Size{size.height, size.width}};
  for (int y = 0; y < size.height; ++y) {
    const auto row = image.row(y);
    const auto at = [&](int x) {
      return row[static_cast<std::size_t>(std::clamp(x, 0, size.width - 1))];
    };
    Vec3 sum{};
    for (int x = -whole; x <= whole; ++x) sum = sum + at(x);
    for (int x = 0; x < size.width; ++x) {
      result(x, y) = norm * (sum + part * (at(x - whole - 1) + at(x + whole + 1)));
      sum = sum + at(x + whole + 1) - at(x - whole);
    }
  }
  return result;
}

/// Means over the rectangles of source pixels that fall on one pixel; for shrinking.
Plane<Vec3> shrink(const Plane<Rgb<double>>& image, Size size, double scale, Vec2 offset) {
  Plane<Vec3> result{size};
  for (int y = 0; y < size.height; ++y) {
    const double top = offset.y + y / scale;
    const double bottom = offset.y + (y + 1) / scale;
    for (int x = 0; x < size.width; ++x) {
      const double left = offset.x + x / scale;
      const double right = offset.x + (x + 1) / scale;
      Vec3 sum{};
      double weights = 0.0;
      const int last_y = std::min(image.size().height - 1, static_cast<int>(bottom));
      const int last_x = std::min(image.size().width - 1, static_cast<int>(right));
      for (int v = std::max(0, static_cast<int>(top)); v <= last_y; ++v) {
        const double share_y = std::min(bottom, v + 1.0) - std::max(top, 1.0 * v);
        for (int u = std::max(0, static_cast<int>(left)); u <= last_x; ++u) {
          const double share = share_y * (std::min(right, u + 1.0) - std::max(left, 1.0 * u));
          if (share <= 0.0) continue;
          const Rgb<double>& c = image(v, u);
          sum = sum + share * Vec3{c.r, c.g, c.b};
          weights += share;
        }
      }
      result(y, x) = (1.0 / weights) * sum;
    }
  }
  return result;
}

}  // namespace

Plane<Vec3> box_blur(const Plane<Vec3>& image, double radius_px) {
  Plane<Vec3> blurred = image;
  if (radius_px <= 0.0) return blurred;
  for (int pass = 0; pass < 6; ++pass) blurred = blur_rows_transposed(blurred, radius_px);
  return blurred;
}

Plane<Vec3> resample(const Plane<Vec3>& image, Size size) {
  if (image.size() == size) return image;
  Plane<Vec3> result{size};
  const double step_x = static_cast<double>(image.size().width) / size.width;
  const double step_y = static_cast<double>(image.size().height) / size.height;
  for (int y = 0; y < size.height; ++y) {
    const double v = std::clamp((y + 0.5) * step_y - 0.5, 0.0, image.size().height - 1.0);
    const int y0 = static_cast<int>(v);
    const int y1 = std::min(y0 + 1, image.size().height - 1);
    for (int x = 0; x < size.width; ++x) {
      const double u = std::clamp((x + 0.5) * step_x - 0.5, 0.0, image.size().width - 1.0);
      const int x0 = static_cast<int>(u);
      const int x1 = std::min(x0 + 1, image.size().width - 1);
      result(y, x) = mix(mix(image(y0, x0), image(y0, x1), u - x0),
                         mix(image(y1, x0), image(y1, x1), u - x0), v - y0);
    }
  }
  return result;
}

Plane<Vec3> render_background(Size size, const BackgroundStyle& style, Random random) {
  const Size drawn = style.blur > 0.0 ? with_long_side(size, kBlurredLongSide) : size;
  Canvas canvas{drawn};
  draw_place(canvas, style.place, random);
  return resample(box_blur(pixels_of(canvas), style.blur * canvas.pixels_per_unit()), size);
}

Plane<Vec3> fit_photograph(const Image& photograph, Size size, double blur) {
  const Plane<Rgb<double>> pixels = to_f64(photograph);
  const Size from = pixels.size();
  const double scale = std::max(static_cast<double>(size.width) / from.width,
                                static_cast<double>(size.height) / from.height);
  const Vec2 offset{0.5 * (from.width - size.width / scale),
                    0.5 * (from.height - size.height / scale)};
  Plane<Vec3> fitted;
  if (scale <= 1.0) {
    fitted = shrink(pixels, size, scale, offset);
  } else {
    fitted = Plane<Vec3>{size};
    for (int y = 0; y < size.height; ++y) {
      const double v = std::clamp(offset.y + (y + 0.5) / scale - 0.5, 0.0, from.height - 1.0);
      const int y0 = static_cast<int>(v);
      const int y1 = std::min(y0 + 1, from.height - 1);
      for (int x = 0; x < size.width; ++x) {
        const double u = std::clamp(offset.x + (x + 0.5) / scale - 0.5, 0.0, from.width - 1.0);
        const int x0 = static_cast<int>(u);
        const int x1 = std::min(x0 + 1, from.width - 1);
        const auto at = [&](int row, int column) {
          const Rgb<double>& c = pixels(row, column);
          return Vec3{c.r, c.g, c.b};
        };
        fitted(y, x) =
            mix(mix(at(y0, x0), at(y0, x1), u - x0), mix(at(y1, x0), at(y1, x1), u - x0), v - y0);
      }
    }
  }
  return box_blur(fitted, blur * std::max(size.width, size.height) / Canvas::kLongSide);
}

}  // namespace mbench::datasets::demo

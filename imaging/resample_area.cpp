#include "imaging/resample_area.hpp"

#include <cstdint>

#include "imaging/resample_rows.hpp"

namespace mbench::imaging {
namespace {

struct Span {
  int begin{}, end{};
  [[nodiscard]] float length() const { return static_cast<float>(end - begin); }
};

/// The inputs that output i overlaps.
Span overlapped(int i, int n_out, int n_in) {
  const std::int64_t in = n_in;
  return {.begin = static_cast<int>(i * in / n_out),
          .end = static_cast<int>(((i + 1) * in + n_out - 1) / n_out)};
}

}  // namespace

Plane<float> resize_area(PixelView<float> image, Size size) {
  const Size from = image.size();
  rows::require_sides(from, size);
  Plane<float> result{size};
  for (int y = 0; y < size.height; ++y) {
    const Span rows = overlapped(y, size.height, from.height);
    for (int x = 0; x < size.width; ++x) {
      const Span columns = overlapped(x, size.width, from.width);
      float sum = 0.0F;
      for (int v = rows.begin; v < rows.end; ++v) {
        for (int u = columns.begin; u < columns.end; ++u) sum += image(v, u);
      }
      result(y, x) = sum / rows.length() / columns.length();
    }
  }
  return result;
}

}  // namespace mbench::imaging

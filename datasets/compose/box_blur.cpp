#include "datasets/compose/box_blur.hpp"

#include <vector>

#include <fmt/core.h>

#include "core/error.hpp"
#include "imaging/border.hpp"

namespace mbench::datasets::compose {
namespace {

using imaging::mirrored_index;
using Pixel = Rgb<double>;

/// The sums of k neighbours in a row.
void sum_along(PixelView<Pixel> image, int y, int k, std::vector<Pixel>& padded, Pixel* sums) {
  const int width = image.size().width;
  for (int i = 0; i < width + k - 1; ++i) {
    padded[static_cast<std::size_t>(i)] = image(y, mirrored_index(i - k / 2, width));
  }
  Pixel sum{};
  for (int i = 0; i < k; ++i) {
    const Pixel& next = padded[static_cast<std::size_t>(i)];
    sum = {sum.r + next.r, sum.g + next.g, sum.b + next.b};
  }
  sums[0] = sum;
  for (int x = 1; x < width; ++x) {
    const Pixel& next = padded[static_cast<std::size_t>(x - 1 + k)];
    const Pixel& last = padded[static_cast<std::size_t>(x - 1)];
    sum = {sum.r + (next.r - last.r), sum.g + (next.g - last.g), sum.b + (next.b - last.b)};
    sums[x] = sum;
  }
}

}  // namespace

Plane<Pixel> box_blur(PixelView<Pixel> image, int k) {
  if (k < 1) {
    throw Error{ErrorKind::usage,
                {.what = "a box blur needs a size",
                 .expected = "at least 1 pixel",
                 .found = fmt::format("{}", k)}};
  }
  const Size size = image.size();
  Plane<Pixel> along{size};
  std::vector<Pixel> padded(static_cast<std::size_t>(size.width + k - 1));
  for (int y = 0; y < size.height; ++y) sum_along(image, y, k, padded, along.row(y).data());

  Plane<Pixel> result{size};
  const double scale = 1.0 / (static_cast<double>(k) * k);
  std::vector<Pixel> sums(static_cast<std::size_t>(size.width));  // of k - 1 rows of `along`
  const auto add_row = [&](int y) {
    const auto row = along.row(mirrored_index(y - k / 2, size.height));
    for (std::size_t x = 0; x < row.size(); ++x) {
      sums[x] = {sums[x].r + row[x].r, sums[x].g + row[x].g, sums[x].b + row[x].b};
    }
  };
  for (int y = 0; y < k - 1; ++y) add_row(y);
  for (int y = 0; y < size.height; ++y) {
    add_row(y + k - 1);
    const auto first = along.row(mirrored_index(y - k / 2, size.height));
    const auto to = result.row(y);
    for (std::size_t x = 0; x < to.size(); ++x) {
      to[x] = {sums[x].r * scale, sums[x].g * scale, sums[x].b * scale};
      sums[x] = {sums[x].r - first[x].r, sums[x].g - first[x].g, sums[x].b - first[x].b};
    }
  }
  return result;
}

}  // namespace mbench::datasets::compose

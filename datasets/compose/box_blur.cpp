#include "datasets/compose/box_blur.hpp"

#include <algorithm>
#include <utility>

#include <fmt/core.h>

#include "core/error.hpp"
#include "core/simd_clones.hpp"
#include "imaging/border.hpp"
#include "imaging/resample_rows.hpp"

namespace mbench::datasets::compose {
namespace {

using imaging::mirrored_index;
using imaging::rows::numbers;
using Pixel = Rgb<double>;

/// The sums of k neighbours in a row.
void sum_along(const std::vector<Pixel>& row, int k, std::vector<Pixel>& padded, Pixel* sums) {
  const int width = static_cast<int>(row.size());
  for (int i = 0; i < width + k - 1; ++i) {
    padded[static_cast<std::size_t>(i)] =
        row[static_cast<std::size_t>(mirrored_index(i - k / 2, width))];
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

MBENCH_SIMD_CLONES void add_row(double* __restrict sums, const double* row, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) sums[i] += row[i];
}

/// The sums go one row on: `next` comes, `last` leaves; in between they are those of the result.
MBENCH_SIMD_CLONES void slide(double* __restrict sums, const double* next, const double* last,
                              double scale, double* __restrict result, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) {
    const double sum = sums[i] + next[i];
    result[i] = sum * scale;
    sums[i] = sum - last[i];
  }
}

Size checked(Size size, int k) {
  if (k >= 1) return size;
  throw Error{ErrorKind::usage,
              {.what = "a box blur needs a size",
               .expected = "at least 1 pixel",
               .found = fmt::format("{}", k)}};
}

}  // namespace

BoxBlur::BoxBlur(Size size, int k, Source source)
    : size_{checked(size, k)},
      k_{k},
      source_{std::move(source)},
      along_{std::min(k, size.height), static_cast<std::size_t>(size.width)},
      row_(static_cast<std::size_t>(size.width)),
      padded_(static_cast<std::size_t>(size.width + k - 1)),
      sums_(static_cast<std::size_t>(size.width)) {}

const Pixel* BoxBlur::sums_along(int y) {
  return along_.get(mirrored_index(y, size_.height), [&](int from, Pixel* to) {
    source_(from, row_.data());
    sum_along(row_, k_, padded_, to);
  });
}

void BoxBlur::write_next(Pixel* to) {
  const std::size_t length = 3 * sums_.size();
  if (next_ == 0) {
    for (int i = 0; i < k_ - 1; ++i) {
      add_row(numbers(sums_.data()), numbers(sums_along(i - k_ / 2)), length);
    }
  }
  const int first = next_ - k_ / 2;
  const double* const next = numbers(sums_along(first + k_ - 1));
  slide(numbers(sums_.data()), next, numbers(sums_along(first)),
        1.0 / (static_cast<double>(k_) * k_), numbers(to), length);
  ++next_;
}

Plane<Pixel> box_blur(PixelView<Pixel> image, int k) {
  const Size size = image.size();
  BoxBlur blur{size, k, [&](int y, Pixel* to) { std::ranges::copy(image.row(y), to); }};
  Plane<Pixel> result{size};
  for (int y = 0; y < size.height; ++y) blur.write_next(result.row(y).data());
  return result;
}

}  // namespace mbench::datasets::compose

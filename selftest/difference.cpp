#include "selftest/difference.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "core/error.hpp"
#include "imaging/memory_io.hpp"
#include "selftest/npy.hpp"

namespace mbench::selftest {
namespace {

Difference incomparable(std::size_t values) {
  const auto count = static_cast<std::int64_t>(std::max<std::size_t>(values, 1));
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  return {.largest = kInfinity, .sum = kInfinity, .differing = count, .values = count};
}

template <typename T>
Difference difference_of(std::span<const T> expected, std::span<const T> found) {
  if (expected.size() != found.size()) return incomparable(expected.size());
  Difference result{.values = static_cast<std::int64_t>(expected.size())};
  for (std::size_t i = 0; i < expected.size(); ++i) {
    if (expected[i] == found[i]) continue;
    ++result.differing;
    const double apart = std::abs(static_cast<double>(expected[i]) - static_cast<double>(found[i]));
    // NaN counts as infinitely far.
    const double distance = std::isnan(apart) ? std::numeric_limits<double>::infinity() : apart;
    result.largest = std::max(result.largest, distance);
    result.sum += distance;
  }
  return result;
}

void add(Difference& sum, const Difference& row) {
  sum.largest = std::max(sum.largest, row.largest);
  sum.sum += row.sum;
  sum.differing += row.differing;
  sum.values += row.values;
}

std::span<const std::uint8_t> numbers(std::span<const std::uint8_t> row) { return row; }
template <typename T>
std::span<const T> numbers(std::span<const Rgb<T>> row) {
  return {reinterpret_cast<const T*>(row.data()), 3 * row.size()};
}

template <typename Pixel>
Difference difference_of(PixelView<Pixel> expected, PixelView<Pixel> found) {
  if (expected.size() != found.size()) {
    return incomparable(static_cast<std::size_t>(expected.size().pixels()));
  }
  Difference sum;
  for (int y = 0; y < expected.size().height; ++y) {
    add(sum, difference_of(numbers(expected.row(y)), numbers(found.row(y))));
  }
  return sum;
}

}  // namespace

double Difference::share() const {
  return values == 0 ? 0.0 : static_cast<double>(differing) / static_cast<double>(values);
}

double Difference::mean() const { return values == 0 ? 0.0 : sum / static_cast<double>(values); }

Difference difference(std::span<const std::uint8_t> expected, std::span<const std::uint8_t> found) {
  return difference_of(expected, found);
}
Difference difference(std::span<const double> expected, std::span<const double> found) {
  return difference_of(expected, found);
}
Difference difference(PixelView<std::uint8_t> expected, PixelView<std::uint8_t> found) {
  return difference_of(expected, found);
}
Difference difference(PixelView<Rgb<std::uint8_t>> expected, PixelView<Rgb<std::uint8_t>> found) {
  return difference_of(expected, found);
}
Difference difference(PixelView<Rgb<double>> expected, PixelView<Rgb<double>> found) {
  return difference_of(expected, found);
}

void add_largest(Comparison& row, std::string_view case_name, const Difference& difference) {
  row.add(case_name, {.number = 0.0}, Score::of(difference.largest));
}
void add_share(Comparison& row, std::string_view case_name, const Difference& difference) {
  row.add(case_name, {.number = 0.0}, Score::of(difference.share()));
}
void add_mean(Comparison& row, std::string_view case_name, const Difference& difference) {
  row.add(case_name, {.number = 0.0}, Score::of(difference.mean()));
}

void add_missing(Comparison& row, std::string_view case_name, std::string_view file) {
  row.add(case_name, {.number = 0.0},
          Score::undefined(fmt::format("{} is listed and missing", file)));
}

Plane<Rgb<std::uint8_t>> read_colours(const References& references, std::string_view file) {
  try {
    const Image image = imaging::decode_colours(references.read(file));
    return image.visit([&](const auto& pixels) -> Plane<Rgb<std::uint8_t>> {
      if constexpr (std::is_same_v<std::decay_t<decltype(pixels)>, Plane<Rgb<std::uint8_t>>>) {
        return pixels;
      } else {
        throw Error{ErrorKind::bad_input,
                    {.what = "not an image of the references",
                     .expected = "8 bits per channel",
                     .found = std::string{to_string(image.depth())}}};
      }
    });
  } catch (const Error& error) {
    if (!error.parts().where.empty()) throw;
    throw error.at(references.place(file));
  }
}

Plane<Rgb<double>> read_colour_array(const References& references, std::string_view file) {
  try {
    const NumpyArrayF64 array = parse_npy_f64(references.read(file));
    if (array.shape.size() != 3 || array.shape[2] != 3) {
      throw Error{ErrorKind::bad_input,
                  {.what = "not an array of colours",
                   .expected = "the shape (height, width, 3)",
                   .found = fmt::format("({})", fmt::join(array.shape, ", "))}};
    }
    Plane<Rgb<double>> colours{
        {static_cast<int>(array.shape[1]), static_cast<int>(array.shape[0])}};
    std::size_t i = 0;
    for (Rgb<double>& pixel : colours.values()) {
      pixel = {array.values[i], array.values[i + 1], array.values[i + 2]};
      i += 3;
    }
    return colours;
  } catch (const Error& error) {
    if (!error.parts().where.empty()) throw;
    throw error.at(references.place(file));
  }
}

}  // namespace mbench::selftest

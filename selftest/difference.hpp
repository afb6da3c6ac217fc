#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "core/image.hpp"
#include "core/plane.hpp"
#include "selftest/comparison.hpp"
#include "selftest/references.hpp"

namespace mbench::selftest {

/// How far two lists of numbers lie apart. Lists of different lengths are infinitely far apart.
struct Difference {
  double largest{};
  double sum{};  ///< of all differences
  std::int64_t differing{}, values{};
  [[nodiscard]] double share() const;  ///< of the values that differ
  [[nodiscard]] double mean() const;   ///< over all values
};
[[nodiscard]] Difference difference(std::span<const std::uint8_t> expected,
                                    std::span<const std::uint8_t> found);
[[nodiscard]] Difference difference(std::span<const double> expected,
                                    std::span<const double> found);
/// Of images of different sizes: infinite.
[[nodiscard]] Difference difference(PixelView<std::uint8_t> expected,
                                    PixelView<std::uint8_t> found);
[[nodiscard]] Difference difference(PixelView<Rgb<std::uint8_t>> expected,
                                    PixelView<Rgb<std::uint8_t>> found);
[[nodiscard]] Difference difference(PixelView<Rgb<double>> expected, PixelView<Rgb<double>> found);

/// One case of a row whose bound is that of the largest difference.
void add_largest(Comparison& row, std::string_view case_name, const Difference& difference);
/// One case of a row whose bound is that of the share of values that differ.
void add_share(Comparison& row, std::string_view case_name, const Difference& difference);
/// One case of a row whose bound is that of the mean difference.
void add_mean(Comparison& row, std::string_view case_name, const Difference& difference);
/// One case whose reference is listed and not there: it fails.
void add_missing(Comparison& row, std::string_view case_name, std::string_view file);

/// The colour channels of an 8-bit image among the references, grey as three equal ones. Throws
/// bad_input, naming the file, if it is missing or of another depth.
[[nodiscard]] Plane<Rgb<std::uint8_t>> read_colours(const References& references,
                                                    std::string_view file);
/// An array of height x width x 3 numbers among the references. Throws bad_input, naming the file,
/// if it is missing or of another shape.
[[nodiscard]] Plane<Rgb<double>> read_colour_array(const References& references,
                                                   std::string_view file);

}  // namespace mbench::selftest

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "imaging/resample.hpp"
#include "tests/imaging/cv_planes.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"

using namespace mbench;
using namespace mbench::imaging;
using namespace mbench::testing;

namespace {

struct Case {
  Size from, to;
};

/// Up, down, mixed, the same, exactly half, one row or column, and rows that end in every way that
/// vector code can end.
std::vector<Case> cases() {
  std::vector<Case> cases{{{64, 48}, {256, 192}}, {{97, 61}, {31, 20}},   {{40, 30}, {20, 15}},
                          {{33, 21}, {33, 21}},   {{1, 17}, {9, 5}},      {{23, 1}, {7, 6}},
                          {{1, 1}, {5, 4}},       {{50, 20}, {25, 61}},   {{3, 2}, {100, 90}},
                          {{128, 5}, {127, 11}},  {{200, 150}, {67, 50}}, {{30, 40}, {30, 80}}};
  for (int width = 30; width < 50; ++width) cases.push_back({{41, 29}, {width, 83 - width}});
  return cases;
}

int cv_interpolation(Interpolation interpolation) {
  switch (interpolation) {
    case Interpolation::nearest: return cv::INTER_NEAREST;
    case Interpolation::linear: return cv::INTER_LINEAR;
    case Interpolation::cubic: return cv::INTER_CUBIC;
    case Interpolation::lanczos4: break;
  }
  return cv::INTER_LANCZOS4;
}

template <typename Pixel>
Plane<Pixel> resized_by_opencv(Plane<Pixel> image, Size size, Interpolation interpolation) {
  cv::Mat result;
  cv::resize(mat_on(image), result, {size.width, size.height}, 0.0, 0.0,
             cv_interpolation(interpolation));
  return plane_of<Pixel>(result);
}

/// Three planes of noise side by side as one picture; every second value is drawn to 0 or 255.
Plane<Rgb<std::uint8_t>> noise_colours(Size size, std::uint64_t seed) {
  const Plane<std::uint8_t> noise = noise_plane({3 * size.width, size.height}, seed);
  const auto hard = [](std::uint8_t value) {
    return value % 2 == 0 ? value : static_cast<std::uint8_t>(value < 128 ? 0 : 255);
  };
  Plane<Rgb<std::uint8_t>> image{size};
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      image(y, x) = {hard(noise(y, 3 * x)), hard(noise(y, 3 * x + 1)), hard(noise(y, 3 * x + 2))};
    }
  }
  return image;
}

template <typename T>
Plane<T> first_channel(const Plane<Rgb<std::uint8_t>>& image, double scale) {
  Plane<T> plane{image.size()};
  std::ranges::transform(image.values(), plane.values().begin(),
                         [&](const auto& pixel) { return static_cast<T>(pixel.r * scale); });
  return plane;
}

template <typename T>
double largest_difference(const Plane<T>& a, const Plane<T>& b) {
  double largest = 0.0;
  for (std::size_t i = 0; i < a.values().size(); ++i) {
    largest = std::max(
        largest, std::abs(static_cast<double>(a.values()[i]) - static_cast<double>(b.values()[i])));
  }
  return largest;
}

}  // namespace

TEST_CASE("8-bit resizing equals OpenCV's bit for bit", "[imaging][resample][opencv]") {
  const Interpolation interpolation = GENERATE(Interpolation::nearest, Interpolation::linear,
                                               Interpolation::cubic, Interpolation::lanczos4);
  std::uint64_t seed = 0;
  for (const Case& sizes : cases()) {
    CAPTURE(interpolation, to_string(sizes.from), to_string(sizes.to));
    const auto colours = noise_colours(sizes.from, ++seed);
    const auto grey = first_channel<std::uint8_t>(colours, 1.0);
    CHECK(resize_opencv(grey, sizes.to, interpolation) ==
          resized_by_opencv(grey, sizes.to, interpolation));
    CHECK(resize_opencv(colours, sizes.to, interpolation) ==
          resized_by_opencv(colours, sizes.to, interpolation));
  }
}

TEMPLATE_TEST_CASE("resizing of floats agrees with OpenCV's", "[imaging][resample][opencv]", float,
                   double) {
  const Interpolation interpolation = GENERATE(Interpolation::nearest, Interpolation::linear,
                                               Interpolation::cubic, Interpolation::lanczos4);
  std::uint64_t seed = 0;
  for (const Case& sizes : cases()) {
    CAPTURE(interpolation, to_string(sizes.from), to_string(sizes.to));
    const auto grey = first_channel<TestType>(noise_colours(sizes.from, ++seed), 1.0 / 255.0);
    const auto ours = resize_opencv(grey, sizes.to, interpolation);
    const auto theirs = resized_by_opencv(grey, sizes.to, interpolation);
    CHECK(largest_difference(ours, theirs) <= 1e-6);
    Plane<Rgb<TestType>> colours{sizes.from};
    for (std::size_t i = 0; i < grey.values().size(); ++i) {
      const TestType value = grey.values()[i];
      colours.values()[i] = {value, 1 - value, 2 * value};
    }
    const auto our_colours = resize_opencv(colours, sizes.to, interpolation);
    const auto their_colours = resized_by_opencv(colours, sizes.to, interpolation);
    double largest = 0.0;
    for (std::size_t i = 0; i < our_colours.values().size(); ++i) {
      const auto& a = our_colours.values()[i];
      const auto& b = their_colours.values()[i];
      largest = std::max({largest, static_cast<double>(std::abs(a.r - b.r)),
                          static_cast<double>(std::abs(a.g - b.g)),
                          static_cast<double>(std::abs(a.b - b.b))});
    }
    CHECK(largest <= 2e-6);  // the third channel goes up to 2
  }
}

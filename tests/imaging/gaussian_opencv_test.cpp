#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "imaging/gaussian.hpp"
#include "tests/imaging/cv_planes.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"

using namespace mbench;
using namespace mbench::imaging;
using namespace mbench::testing;

namespace {

const std::vector<Size> kSizes{{120, 90}, {31, 64}, {7, 5}, {1, 20}, {40, 1}, {1, 1}, {33, 15}};

}  // namespace

TEST_CASE("the 8-bit Gaussian blur equals OpenCV's bit for bit", "[imaging][gaussian][opencv]") {
  for (int size = 1; size <= 61; size += 2) {
    for (const double sigma : {0.15 * size + 0.35, 0.3, 0.8, 2.5, 5.0, 11.0}) {
      for (const Size image_size : kSizes) {
        CAPTURE(size, sigma, to_string(image_size));
        Plane<std::uint8_t> image = noise_plane(image_size, 7);
        for (std::uint8_t& value : image.values()) value = value % 3 == 0 ? value : 255;
        cv::Mat expected;
        cv::GaussianBlur(mat_on(image), expected, {size, size}, sigma);
        CHECK(gaussian_blur(image, {.size = size, .sigma_px = sigma}) ==
              plane_of<std::uint8_t>(expected));
      }
    }
  }
}

TEST_CASE("the default sigma is the one that OpenCV takes for sigma 0",
          "[imaging][gaussian][opencv]") {
  for (int size = 11; size <= 61; size += 2) {
    Plane<std::uint8_t> image = noise_plane({50, 40}, 3);
    cv::Mat expected;
    cv::GaussianBlur(mat_on(image), expected, {size, size}, 0.0);
    CHECK(gaussian_blur(image, default_gaussian(size)) == plane_of<std::uint8_t>(expected));
  }
  CHECK(default_gaussian(31).sigma_px == 5.0);
}

TEST_CASE("the Gaussian blur of floats agrees with OpenCV's", "[imaging][gaussian][opencv]") {
  for (const int size : {1, 3, 5, 7, 21, 31, 41}) {
    for (const Size image_size : kSizes) {
      CAPTURE(size, to_string(image_size));
      const Plane<std::uint8_t> noise = noise_plane(image_size, 5);
      Plane<float> image{image_size};
      std::ranges::transform(noise.values(), image.values().begin(),
                             [](std::uint8_t value) { return static_cast<float>(value) / 255.0F; });
      cv::Mat expected;
      cv::GaussianBlur(mat_on(image), expected, {size, size}, 5.0);
      const Plane<float> blurred = gaussian_blur(image, {.size = size, .sigma_px = 5.0});
      const Plane<float> theirs = plane_of<float>(expected);
      float largest = 0.0F;
      for (std::size_t i = 0; i < blurred.values().size(); ++i) {
        largest = std::max(largest, std::abs(blurred.values()[i] - theirs.values()[i]));
      }
      CHECK(largest <= 1e-6F);
    }
  }
}

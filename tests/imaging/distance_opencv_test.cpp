#include <cmath>
#include <opencv2/imgproc.hpp>

#include "imaging/distance.hpp"
#include "tests/imaging/cv_planes.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"

using namespace mbench;
using namespace mbench::imaging;
using namespace mbench::testing;

TEST_CASE("the root of squared distances is OpenCV's precise distance transform",
          "[imaging][distance][opencv]") {
  for (const Size size : {Size{120, 90}, Size{7, 200}, Size{300, 5}, Size{1, 1}, Size{64, 64}}) {
    for (const int threshold : {0, 2, 60}) {
      CAPTURE(to_string(size), threshold);
      Plane<std::uint8_t> mask = noise_plane(size, 11);
      for (std::uint8_t& value : mask.values()) value = value <= threshold ? 0 : value;
      mask(0, size.width - 1) = 0;
      cv::Mat expected;
      cv::distanceTransform(mat_on(mask), expected, cv::DIST_L2, cv::DIST_MASK_PRECISE);
      const Plane<float> theirs = plane_of<float>(expected);
      const Plane<std::int64_t> squared = squared_distances(mask);
      bool equal = true;
      for (std::size_t i = 0; i < squared.values().size(); ++i) {
        equal = equal && std::sqrt(static_cast<float>(squared.values()[i])) == theirs.values()[i];
      }
      CHECK(equal);
    }
  }
}

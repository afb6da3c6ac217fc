#include <opencv2/imgproc.hpp>

#include "imaging/morphology.hpp"
#include "tests/imaging/cv_planes.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"

// A program of its own, built only where OpenCV's imgproc is installed.

using namespace mbench;
using namespace mbench::imaging;
using namespace mbench::testing;

TEST_CASE("the elliptic element is OpenCV's", "[imaging][morphology][opencv]") {
  for (int k = 1; k <= 300; ++k) {
    CAPTURE(k);
    const cv::Mat element = cv::getStructuringElement(cv::MORPH_ELLIPSE, {k, k});
    const auto rows = ellipse_rows(k);
    REQUIRE(rows.size() == static_cast<std::size_t>(k));
    bool equal = true;
    for (int i = 0; i < k; ++i) {
      for (int j = 0; j < k; ++j) {
        const ElementRow& row = rows[static_cast<std::size_t>(i)];
        equal = equal && (element.at<std::uint8_t>(i, j) != 0) == (j >= row.first && j < row.last);
      }
    }
    CHECK(equal);
  }
}

TEST_CASE("dilation and erosion equal OpenCV's on random masks", "[imaging][morphology][opencv]") {
  const Size size = GENERATE(Size{67, 41}, Size{5, 60}, Size{1, 33}, Size{128, 3});
  for (int k = 1; k <= 31; ++k) {
    CAPTURE(k, size.width, size.height);
    Plane<std::uint8_t> mask = noise_plane(size, static_cast<std::uint64_t>(k));
    for (std::uint8_t& value : mask.values()) value = value < 4 ? 255 : 0;
    cv::Mat source{size.height, size.width, CV_8U, mask.values().data()};
    const cv::Mat element = cv::getStructuringElement(cv::MORPH_ELLIPSE, {k, k});
    cv::Mat expected;
    cv::dilate(source, expected, element);
    CHECK(dilate_by_ellipse(mask, k) == plane_of<std::uint8_t>(expected));
    source = 255 - source;  // in place: the mask changes with it
    cv::erode(source, expected, element);
    CHECK(erode_by_ellipse(mask, k) == plane_of<std::uint8_t>(expected));
  }
}

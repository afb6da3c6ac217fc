#pragma once
#include <opencv2/core.hpp>

#include "core/image.hpp"
#include "core/plane.hpp"

namespace mbench::testing {

/// OpenCV's type of a pixel.
template <typename Pixel>
constexpr int kCvType = cv::traits::Type<Pixel>::value;
template <typename T>
constexpr int kCvType<Rgb<T>> = CV_MAKETYPE(cv::traits::Type<T>::value, 3);

/// The plane's own memory as a cv::Mat; lives as long as the plane.
template <typename Pixel>
[[nodiscard]] cv::Mat mat_on(Plane<Pixel>& plane) {
  return {plane.size().height, plane.size().width, kCvType<Pixel>, plane.values().data()};
}

/// A copy of the matrix as a plane.
template <typename Pixel>
[[nodiscard]] Plane<Pixel> plane_of(const cv::Mat& image) {
  Plane<Pixel> plane{{image.cols, image.rows}};
  image.copyTo(mat_on(plane));
  return plane;
}

}  // namespace mbench::testing

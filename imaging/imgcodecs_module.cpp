#include "imaging/imgcodecs_module.hpp"

#include <climits>
#include <cstdio>
#include <exception>
#include <memory>
#include <utility>

#include <opencv2/core.hpp>
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/imgcodecs.hpp>

namespace {

/// OpenCV stores blue first.
template <typename T>
void swap_red_and_blue(cv::Mat& image) {
  for (int y = 0; y < image.rows; ++y) {
    T* p = image.ptr<T>(y);
    for (int x = 0; x < image.cols; ++x, p += image.channels()) std::swap(p[0], p[2]);
  }
}

/// -1 for what mbench has no type for.
int sample_kind(int depth) {
  switch (depth) {
    case CV_8U: return 0;
    case CV_16U: return 1;
    case CV_32F: return 2;
    default: return -1;
  }
}

int fail(char* message, std::size_t message_size, const char* text) {
  std::snprintf(message, message_size, "%s", text);
  return 0;
}

int decode(const void* bytes, std::size_t size, MbenchImgcodecsPixels* pixels, char* message,
           std::size_t message_size) try {
  if (size > INT_MAX) return fail(message, message_size, "a file of more than 2 GiB");
  cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
  // imdecode only reads, but has no type for that.
  const cv::Mat file{1, static_cast<int>(size), CV_8U, const_cast<void*>(bytes)};
  auto image = std::make_unique<cv::Mat>(cv::imdecode(file, cv::IMREAD_UNCHANGED));
  if (image->empty()) return fail(message, message_size, "OpenCV cannot decode it");
  const int kind = sample_kind(image->depth());
  if (kind < 0) return fail(message, message_size, "samples that are not 8 bit, 16 bit or float");
  if (!image->isContinuous()) *image = image->clone();
  if (image->channels() >= 3) {
    if (kind == 0) swap_red_and_blue<unsigned char>(*image);
    if (kind == 1) swap_red_and_blue<unsigned short>(*image);
    if (kind == 2) swap_red_and_blue<float>(*image);
  }
  pixels->samples = image->data;
  pixels->width = image->cols;
  pixels->height = image->rows;
  pixels->channels = image->channels();
  pixels->sample_kind = kind;
  pixels->owner = image.release();
  return 1;
} catch (const std::exception& error) {
  return fail(message, message_size, error.what());
}

void release(MbenchImgcodecsPixels* pixels) {
  delete static_cast<cv::Mat*>(pixels->owner);
  pixels->owner = nullptr;
}

}  // namespace

extern "C" __attribute__((visibility("default")))
const MbenchImgcodecsFunctions mbench_imgcodecs_functions = {kMbenchImgcodecsVersion, decode,
                                                             release};

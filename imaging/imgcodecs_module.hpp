#pragma once
#include <cstddef>
#include <cstdint>

// The border between mbench and its optional module for TIFF, EXR and WebP. The module alone is
// linked with OpenCV's imgcodecs, which brings more than a hundred libraries and 80 ms of start-up:
// it is opened when the first such file is read. Plain C across the border, no exceptions.

extern "C" {

/// Decoded samples, interleaved (red first, alpha last), in the machine's byte order, without gaps.
struct MbenchImgcodecsPixels {
  const void* samples;
  std::int32_t width;
  std::int32_t height;
  std::int32_t channels;
  std::int32_t sample_kind;  ///< 0: 8 bits, 1: 16 bits, 2: float
  void* owner;               ///< to be handed to `release`
};

/// The module's only symbol is `mbench_imgcodecs_functions`, a table of this type.
struct MbenchImgcodecsFunctions {
  std::int32_t version;  ///< kMbenchImgcodecsVersion
  /// Decodes the file in memory. On failure returns 0 and writes why into `message`, ended by 0.
  int (*decode)(const void* bytes, std::size_t size, MbenchImgcodecsPixels* pixels, char* message,
                std::size_t message_size);
  void (*release)(MbenchImgcodecsPixels* pixels);
};

}  // extern "C"

inline constexpr std::int32_t kMbenchImgcodecsVersion = 1;

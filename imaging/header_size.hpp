#pragma once
#include <cstdint>

#include "imaging/decoder.hpp"

namespace mbench::imaging {

/// What must be known of a file before a foreign decoder may allocate for it.
struct HeaderSize {
  std::int64_t width{};
  std::int64_t height{};
  int orientation{1};  ///< TIFF: 1 upright, 2 to 8 mirrored or turned
};

/// The size that the first image of a TIFF or BigTIFF file claims. Throws damaged_file.
[[nodiscard]] HeaderSize tiff_header_size(FileBytes file);

/// The size of the data window of an EXR file. Throws damaged_file.
[[nodiscard]] HeaderSize exr_header_size(FileBytes file);

}  // namespace mbench::imaging

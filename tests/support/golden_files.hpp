#pragma once
#include <string>

#include "imaging/memory_io.hpp"
#include "tests/support/files.hpp"
#include "tests/support/synthetic_pair.hpp"

namespace mbench::testing {

/// Prediction, truth and trimap as the PNG files that a data set has, for timing.
struct PngTriple {
  std::vector<std::byte> predicted;
  std::vector<std::byte> truth;
  std::vector<std::byte> trimap;
};

/// The same, read.
struct DecodedTriple {
  Matte predicted;
  Matte truth;
  Trimap trimap;
};

[[nodiscard]] inline DecodedTriple decode(const PngTriple& files) {
  return {.predicted = imaging::decode_matte(files.predicted),
          .truth = imaging::decode_matte(files.truth),
          .trimap = imaging::decode_trimap(files.trimap)};
}

/// The largest pair of tests/golden, 1623 x 1080.
[[nodiscard]] inline PngTriple golden_files() {
  const auto bytes = [](const std::string& folder) {
    return imaging::read_bytes(source_path("tests/golden") / folder / "large_1080x1623.png");
  };
  return {.predicted = bytes("pred"), .truth = bytes("alpha"), .trimap = bytes("trimap")};
}

/// A synthetic pair, written as PNG in memory.
[[nodiscard]] inline PngTriple synthetic_files(Size size) {
  const SyntheticPair pair = synthetic_pair(size);
  const auto encoded = [size](const Plane<std::uint8_t>& plane) {
    return imaging::encode_png(size, 1, Depth::u8, std::as_bytes(plane.values()));
  };
  return {.predicted = encoded(pair.predicted),
          .truth = encoded(pair.truth),
          .trimap = encoded(pair.trimap)};
}

/// A plane of any size, filled with copies of another one.
[[nodiscard]] inline Plane<std::uint8_t> repeated(const Plane<std::uint8_t>& tile, Size size) {
  Plane<std::uint8_t> result{size};
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      result(y, x) = tile(y % tile.size().height, x % tile.size().width);
    }
  }
  return result;
}

}  // namespace mbench::testing

#pragma once
#include <string>

#include "core/matte.hpp"
#include "core/trimap.hpp"

namespace mbench::testing {

/// A pair of tests/golden as 8-bit planes, for timing and for tests of single metrics.
struct GoldenPair {
  Plane<std::uint8_t> predicted;
  Plane<std::uint8_t> truth;
  Trimap trimap;
};

/// "large_1080x1623": the files of that name.
[[nodiscard]] GoldenPair golden_pair(const std::string& name);

}  // namespace mbench::testing

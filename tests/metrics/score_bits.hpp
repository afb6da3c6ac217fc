#pragma once
#include <string>

namespace mbench::testing {

/// The scores of the golden pairs and of some random ones under every protocol, one line per pair
/// and protocol, with every bit: "hair_blur aim sad=0x1.3013p+3 ...". Random pairs combine 8 bits,
/// 16 bits and floats, in sizes around the widths in which pixels are processed.
[[nodiscard]] std::string score_bits();

}  // namespace mbench::testing

#include "selftest/bounds.hpp"

#include <algorithm>
#include <array>

namespace mbench::selftest {
namespace {

/// A program whose arithmetic is coarser than that of the others.
struct CoarseProgram {
  std::string_view protocol;
  std::string_view column;  ///< "" for all
  double relative;
};

// indexnet-py stores the stretched mattes as float32, and on images whose values lie on the
// thresholds of Conn this rounding decides which pixels reach them.
constexpr std::array kCoarsePrograms{CoarseProgram{"indexnet-py", "conn", 2.5e-3},
                                     CoarseProgram{"indexnet-py", "", 1e-4}};

constexpr std::array<std::string_view, 2> kSqueezingPrograms{"paddle", "paddle-whole"};

}  // namespace

Bound score_bound(std::string_view protocol, std::string_view column, Reference reference) {
  if (reference == Reference::exact) {
    // The order in which a gradient is summed is free; everything else is integer arithmetic.
    return column == "grad" ? Bound{.relative = 1e-9, .absolute = 1e-11}
                            : Bound{.relative = 1e-12, .absolute = 1e-15};
  }
  const auto coarse = std::ranges::find_if(kCoarsePrograms, [&](const CoarseProgram& program) {
    return program.protocol == protocol && (program.column.empty() || program.column == column);
  });
  return {.relative = coarse == kCoarsePrograms.end() ? 1e-5 : coarse->relative, .absolute = 1e-9};
}

std::string_view exclusion(std::string_view protocol, Size size) {
  if (size.width > 1 && size.height > 1) return "";
  const bool squeezes = std::ranges::find(kSqueezingPrograms, protocol) != kSqueezingPrograms.end();
  return squeezes ? "the program drops the axis of an image with one row or one column" : "";
}

}  // namespace mbench::selftest

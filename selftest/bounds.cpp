#include "selftest/bounds.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace mbench::selftest {
namespace {

// indexnet-py stores the stretched mattes as float32 and compares these with the thresholds of
// Conn.
constexpr std::string_view kSinglePrecision = "indexnet-py";

// paddle and paddle-whole lose an axis there: Grad is that of another filter, and Conn fails. Sums
// over all pixels, as SAD and MSE are, do not notice.
constexpr std::array<std::string_view, 2> kSqueezingPrograms{"paddle", "paddle-whole"};
constexpr std::array<std::string_view, 2> kSqueezedColumns{"grad", "conn"};

bool contains(const std::array<std::string_view, 2>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

}  // namespace

Bound score_bound(std::string_view protocol, std::string_view column, Reference reference) {
  if (reference == Reference::exact) {
    // The order in which a gradient is summed is free; everything else is integer arithmetic.
    return column == "grad" ? Bound{.relative = 1e-9, .absolute = 1e-11}
                            : Bound{.relative = 1e-12, .absolute = 1e-15};
  }
  return {.relative = protocol == kSinglePrecision ? 1e-4 : 1e-5, .absolute = 1e-9};
}

bool has_values_on_thresholds(AlphaView matte) {
  constexpr double kRounding = 1e-6;  // of ten times a float: 16-bit values lie 1.5e-4 apart
  double low = INFINITY;
  double high = -INFINITY;
  const auto for_each_alpha = [&](auto use) {
    for (int y = 0; y < matte.size().height; ++y) {
      for (int x = 0; x < matte.size().width; ++x) use(matte.alpha(y, x));
    }
  };
  for_each_alpha([&](double alpha) {
    low = std::min(low, alpha);
    high = std::max(high, alpha);
  });
  if (!(low < high)) return false;  // stretched to 0 everywhere
  bool found = false;
  for_each_alpha([&](double alpha) {
    const double tenths = 10.0 * (alpha - low) / (high - low);
    const double nearest = std::round(tenths);
    if (nearest < 1.0 || nearest > 9.0) return;
    found = found || std::abs(tenths - nearest) <= kRounding;
  });
  return found;
}

Bound bound_on_thresholds(std::string_view protocol, std::string_view column, Reference reference) {
  Bound bound = score_bound(protocol, column, reference);
  const bool rounds = protocol == kSinglePrecision && column == "conn";
  if (rounds && reference == Reference::program) bound.relative = 2.5e-3;  // 0.2 % was seen
  return bound;
}

std::string_view exclusion(std::string_view protocol, std::string_view column, Size size) {
  if (size.width > 1 && size.height > 1) return "";
  return contains(kSqueezingPrograms, protocol) && contains(kSqueezedColumns, column)
             ? "the program drops the axis of an image with one row or one column"
             : "";
}

}  // namespace mbench::selftest

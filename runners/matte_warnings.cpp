#include "runners/matte_warnings.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/core.h>

namespace mbench::runners {
namespace {

/// Calls use(value) for every float; mattes of integers have none.
template <typename Use>
void for_each_float(AlphaView matte, Use use) {
  if (matte.depth() != Depth::f32) return;
  matte.visit([&](const auto& pixels) {
    for (int y = 0; y < pixels.size().height; ++y) {
      for (const auto value : pixels.row(y)) use(static_cast<double>(value));
    }
  });
}

}  // namespace

bool is_finite(AlphaView matte) {
  bool finite = true;
  for_each_float(matte, [&](double value) { finite = finite && std::isfinite(value); });
  return finite;
}

std::vector<datasets::Problem> matte_warnings(const imaging::MatteFile& matte,
                                              std::string_view role,
                                              const std::filesystem::path& file) {
  std::vector<datasets::Problem> warnings;
  const auto warn = [&](std::string code, ErrorParts parts) {
    parts.where = file.string();
    warnings.push_back({.code = std::move(code),
                        .parts = std::move(parts),
                        .severity = datasets::Severity::warning,
                        .file = file});
  };
  double low = 0.0;
  double high = 1.0;
  for_each_float(matte.matte, [&](double value) {
    low = std::min(low, value);
    high = std::max(high, value);
  });
  if (low < 0.0 || high > 1.0) {
    warn("range", {.what = fmt::format(
                       "the {} has values outside [0, 1]; they are scored as they are", role),
                   .expected = "alpha from 0 (transparent) to 1 (opaque) in a float file",
                   .found = fmt::format("values from {:g} to {:g}", low, high),
                   .fix = high > 2.0 ? "divide by the value that stands for opaque, e.g. 255"
                                     : "clip the matte to [0, 1] if that is what its users do"});
  }
  if (matte.grey_may_be_meant) {
    warn("two-channels",
         {.what =
              fmt::format("the {} has a matte in two channels; the alpha channel is scored", role),
          .expected = "one channel, or an alpha channel over one plain colour",
          .found = "grey values and an alpha channel that both vary and differ",
          .fix = "save the channel that is meant alone as a grey PNG"});
  }
  return warnings;
}

}  // namespace mbench::runners

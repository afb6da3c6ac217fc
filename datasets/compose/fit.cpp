#include "datasets/compose/fit.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>

#include <fmt/core.h>

#include "core/error.hpp"

namespace mbench::datasets::compose {
namespace {

Colours upper_left(ColourView image, Size size) {
  Colours part{size};
  for (int y = 0; y < size.height; ++y) {
    std::ranges::copy(image.row(y).first(static_cast<std::size_t>(size.width)),
                      part.row(y).begin());
  }
  return part;
}

[[noreturn]] void throw_too_narrow(std::string_view limit, Size background, double ratio) {
  throw Error{
      ErrorKind::bad_input,
      {.what = "the background is too narrow for this foreground",
       .expected = fmt::format("a background that covers the foreground with at most {}", limit),
       .found = fmt::format("{}, to be enlarged {} times", to_string(background), ratio),
       .fix = "choose a background of a more usual shape"}};
}

/// Throws bad_input if the whole enlarged background would need gigabytes.
void require_room(Size background, const Cover& cover) {
  if (cover.resized.pixels() <= std::int64_t{1} << 28) return;
  throw_too_narrow("2^28 pixels", background, cover.ratio);
}

double enlarged_side(int side, double ratio, WholePixels whole) {
  return whole == WholePixels::ceil ? std::ceil(side * ratio) : std::trunc(side * ratio + 1.0);
}

}  // namespace

Cover cover(Size background, Size foreground, WholePixels whole) {
  if (std::min({background.width, background.height, foreground.width, foreground.height}) < 1) {
    throw Error{ErrorKind::bad_input,
                {.what = "cannot fit a background to a foreground",
                 .expected = "images with at least one pixel",
                 .found = fmt::format("{} (foreground), {} (background)", to_string(foreground),
                                      to_string(background))}};
  }
  const double by_width = static_cast<double>(foreground.width) / background.width;
  const double by_height = static_cast<double>(foreground.height) / background.height;
  Cover result{.ratio = std::max(by_width, by_height), .resized = background};
  if (result.ratio > 1.0) {
    const double width = enlarged_side(background.width, result.ratio, whole);
    const double height = enlarged_side(background.height, result.ratio, whole);
    if (std::max(width, height) > std::numeric_limits<int>::max()) {
      throw_too_narrow("2^31 - 1 pixels in a row or column", background, result.ratio);
    }
    result.resized = {static_cast<int>(width), static_cast<int>(height)};
  }
  return result;
}

Colours fit_by_pillow(ColourView background, Size foreground, const Cover& cover) {
  if (cover.resized == background.size()) return upper_left(background, foreground);
  return imaging::resize_pillow_part(background, cover.resized, foreground,
                                     imaging::PillowFilter::bicubic);
}

Colours fit_by_opencv(ColourView background, Size foreground, const Cover& cover,
                      imaging::Interpolation interpolation) {
  if (cover.resized == background.size()) return upper_left(background, foreground);
  require_room(background.size(), cover);
  return upper_left(imaging::resize_opencv(background, cover.resized, interpolation), foreground);
}

}  // namespace mbench::datasets::compose

#include "datasets/compose/fit.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

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

int whole_pixels(int side, double ratio, WholePixels whole) {
  const double enlarged =
      whole == WholePixels::ceil ? std::ceil(side * ratio) : std::trunc(side * ratio + 1.0);
  if (enlarged <= std::numeric_limits<int>::max()) return static_cast<int>(enlarged);
  throw Error{ErrorKind::bad_input,
              {.what = "the background is too narrow for this foreground",
               .expected = "a background that covers the foreground with at most 2^31 - 1 pixels "
                           "in a row or column",
               .found = fmt::format("{} pixels, to be enlarged {} times", side, ratio),
               .fix = "choose a background of a more usual shape"}};
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
    result.resized = {whole_pixels(background.width, result.ratio, whole),
                      whole_pixels(background.height, result.ratio, whole)};
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
  return upper_left(imaging::resize_opencv(background, cover.resized, interpolation), foreground);
}

}  // namespace mbench::datasets::compose

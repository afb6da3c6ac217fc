#include "datasets/compose/blend.hpp"

#include <fmt/core.h>

#include "core/error.hpp"

namespace mbench::datasets::compose {
namespace {

void require_one_size(ColourView foreground, ColourView alpha, ColourView background) {
  if (alpha.size() == foreground.size() && background.size() == foreground.size()) return;
  throw Error{ErrorKind::bad_input,
              {.what = "foreground, matte and fitted background must have one size",
               .expected = fmt::format("{} (foreground)", to_string(foreground.size())),
               .found = fmt::format("{} (matte), {} (background)", to_string(alpha.size()),
                                    to_string(background.size())),
               .fix = "give each foreground the matte that belongs to it"}};
}

std::uint8_t blend(std::uint8_t v, std::uint8_t foreground, std::uint8_t background) {
  const double alpha = v / 255.0;
  return static_cast<std::uint8_t>(alpha * foreground + (1.0 - alpha) * background);
}

}  // namespace

Colours blend_truncated(ColourView foreground, ColourView alpha, ColourView background,
                        MatteChannels channels) {
  require_one_size(foreground, alpha, background);
  Colours result{foreground.size()};
  for (int y = 0; y < foreground.size().height; ++y) {
    for (int x = 0; x < foreground.size().width; ++x) {
      const Rgb<std::uint8_t> f = foreground(y, x);
      const Rgb<std::uint8_t> b = background(y, x);
      Rgb<std::uint8_t> v = alpha(y, x);
      if (channels == MatteChannels::first) v = {v.r, v.r, v.r};
      result(y, x) = {blend(v.r, f.r, b.r), blend(v.g, f.g, b.g), blend(v.b, f.b, b.b)};
    }
  }
  return result;
}

}  // namespace mbench::datasets::compose

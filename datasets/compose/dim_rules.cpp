#include <array>

#include <fmt/core.h>

#include "core/error.hpp"
#include "datasets/compose/blend.hpp"
#include "datasets/compose/fit.hpp"
#include "datasets/compose/rules.hpp"

namespace mbench::datasets::compose {
namespace {

void require_matte_size(const Ingredients& ingredients) {
  if (ingredients.alpha.size() == ingredients.foreground.size()) return;
  throw Error{ErrorKind::bad_input,
              {.what = "a foreground and its matte must have one size",
               .expected = fmt::format("{} (foreground)", to_string(ingredients.foreground.size())),
               .found = fmt::format("{} (matte)", to_string(ingredients.alpha.size())),
               .fix = "pair each foreground with the matte of the same name"}};
}

Particulars particulars_of(const Cover& cover) {
  return {{"ratio", fmt::format("{}", cover.ratio)},  // the shortest text that reads back the same
          {"resized", to_string(cover.resized)}};
}

Composite compose_dim(const Ingredients& in, const Options&, Random) {
  require_matte_size(in);
  const Size size = in.foreground.size();
  const Cover fitted = cover(in.background.size(), size, WholePixels::ceil);
  Composite composite{.background = fit_by_pillow(in.background, size, fitted),
                      .particulars = particulars_of(fitted)};
  composite.image =
      blend_truncated(in.foreground, in.alpha, composite.background, MatteChannels::first);
  return composite;
}

constexpr std::array<std::string_view, 1> kDimChoices{
    "The program fails on mattes with a single channel, which it cannot index; here they are taken "
    "as grey."};

}  // namespace

constinit const ComposeRule dim_rule{
    .facts = {.id = "dim",
              .title = "Composition-1k as Adobe's script makes it",
              .summary =
                  "The background is enlarged by Pillow's bicubic filter to ceil(b r) pixels, "
                  "r = max(w/bw, h/bh), where r > 1, never shrunk, and cropped at its upper left. "
                  "C = trunc(a F + (1 - a) B) in double precision, a = v/255 with the first "
                  "channel v of the matte.",
              .source = "Composition_code.py of Adobe's data set, as GCA-Matting and LSA-Matting "
                        "keep it",
              .cite = "xu2017",
              .open_choices = kDimChoices},
    .test_copies = 20,
    .train_copies = 100,
    .compose = compose_dim};

}  // namespace mbench::datasets::compose

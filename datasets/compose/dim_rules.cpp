#include <array>

#include <fmt/core.h>

#include "datasets/compose/blend.hpp"
#include "datasets/compose/fit.hpp"
#include "datasets/compose/ingredients.hpp"
#include "datasets/compose/rules.hpp"

namespace mbench::datasets::compose {
namespace {

Particulars particulars_of(const Cover& cover) {
  return {{"ratio", fmt::format("{}", cover.ratio)},  // the shortest text that reads back the same
          {"resized", to_string(cover.resized)}};
}

/// One of the makers of Composition-1k: the background covers the foreground, its upper left part
/// is blended.
template <typename Fit, typename Blend>
Composite compose_over_cover(const Ingredients& in, WholePixels whole, Fit fit, Blend blend) {
  require_matte_size(in);
  const Size size = in.foreground.size();
  const Cover covering = cover(in.background.size(), size, whole);
  Composite composite{.background = fit(in.background, size, covering),
                      .particulars = particulars_of(covering)};
  composite.image = blend(in.foreground, in.alpha, composite.background);
  return composite;
}

Composite compose_by_adobe(const Ingredients& in, MatteChannels channels) {
  return compose_over_cover(in, WholePixels::ceil, fit_by_pillow,
                            [&](ColourView foreground, ColourView alpha, ColourView background) {
                              return blend_truncated(foreground, alpha, background, channels);
                            });
}

Composite compose_dim(const Ingredients& in, const Options&, Random) {
  return compose_by_adobe(in, MatteChannels::first);
}

Composite compose_mmagic(const Ingredients& in, const Options&, Random) {
  return compose_by_adobe(in, MatteChannels::each);
}

Composite compose_foamliu(const Ingredients& in, const Options&, Random) {
  return compose_over_cover(
      in, WholePixels::ceil,
      [](ColourView background, Size size, const Cover& covering) {
        return fit_by_opencv(background, size, covering, imaging::Interpolation::cubic);
      },
      [](ColourView foreground, ColourView alpha, ColourView background) {
        return blend_truncated_f32(foreground, alpha, background, MatteChannels::grey);
      });
}

Composite compose_huochaitiantang(const Ingredients& in, const Options&, Random) {
  return compose_over_cover(
      in, WholePixels::plus_one,
      [](ColourView background, Size size, const Cover& covering) {
        return fit_by_opencv(background, size, covering, imaging::Interpolation::linear);
      },
      [](ColourView foreground, ColourView alpha, ColourView background) {
        return blend_rounded(foreground, alpha, background, MatteChannels::each);
      });
}

constexpr std::array<std::string_view, 1> kDimChoices{
    "The program fails on mattes with a single channel, which it cannot index; here they are taken "
    "as grey."};
constexpr std::array<std::string_view, 1> kFoamliuChoices{
    "OpenCV means 4.6 without Intel's IPP; other builds differ by one level in places."};
constexpr std::array<std::string_view, 1> kDistinctionsChoices{
    "The paper says that its composites are made by the rule of [xu2017] and names no program: the "
    "pixels are those of dim. It counts 596 x 100 training images; the published lists of "
    "backgrounds hold 596 x 80."};

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

constinit const ComposeRule mmagic_rule{
    .facts = {.id = "mmagic",
              .title = "Composition-1k as mmagic makes it",
              .summary =
                  "As dim, but every channel of the matte blends its colour: the same pixels "
                  "unless a matte's file has unequal channels.",
              .source = "tools/dataset_converters/comp1k/preprocess_comp1k_dataset.py of mmagic",
              .cite = "mmagic2023"},
    .test_copies = 20,
    .train_copies = 100,
    .compose = compose_mmagic};

constinit const ComposeRule foamliu_rule{
    .facts = {.id = "foamliu",
              .title = "Composition-1k as foamliu's programs make it",
              .summary =
                  "As dim, but enlarged by OpenCV's bicubic interpolation, C = trunc(a F + "
                  "(1 - a) B) in single precision, and the matte is read as a grey image, "
                  "v = (9797 r + 19234 g + 3737 b) >> 15. Up to 45 levels off dim at hard edges "
                  "of a background.",
              .source = "data_gen.py and pre_process.py of foamliu/Deep-Image-Matting-PyTorch",
              .cite = "foamliu2019",
              .open_choices = kFoamliuChoices},
    .test_copies = 20,
    .train_copies = 100,
    .compose = compose_foamliu};

constinit const ComposeRule huochaitiantang_rule{
    .facts = {.id = "huochaitiantang",
              .title = "Composition-1k as huochaitiantang's programs make it",
              .summary =
                  "As dim, but enlarged by OpenCV's bilinear interpolation to trunc(b r + 1) "
                  "pixels, and a F + (1 - a) B in double precision is rounded to nearest, halves "
                  "to even. Up to 136 levels off dim at hard edges of a background.",
              .source = "tools/composite.py of huochaitiantang/pytorch-deep-image-matting",
              .cite = "huochaitiantang2019",
              .open_choices = kFoamliuChoices},
    .test_copies = 20,
    .train_copies = 100,
    .compose = compose_huochaitiantang};

constinit const ComposeRule distinctions_646_rule{
    .facts = {.id = "distinctions-646",
              .title = "Distinctions-646",
              .summary = "The pixels of dim, on the foregrounds and pairings of Distinctions-646.",
              .source = "section 4.1 of the paper, which refers to [xu2017]",
              .cite = "qiao2020",
              .open_choices = kDistinctionsChoices},
    .test_copies = 20,
    .train_copies = 100,
    .compose = compose_dim};

}  // namespace mbench::datasets::compose

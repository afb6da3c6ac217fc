#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "core/plane_copy.hpp"
#include "datasets/compose/foreground_changes.hpp"
#include "datasets/compose/ingredients.hpp"
#include "datasets/compose/rules.hpp"

namespace mbench::datasets::compose {
namespace {

using imaging::Interpolation;

struct NamedInterpolation {
  Interpolation interpolation;
  std::string_view name;
};
constexpr std::array kInterpolations{NamedInterpolation{Interpolation::nearest, "nearest"},
                                     NamedInterpolation{Interpolation::linear, "linear"},
                                     NamedInterpolation{Interpolation::cubic, "cubic"},
                                     NamedInterpolation{Interpolation::lanczos4, "lanczos4"}};

// The streams of random numbers, one per step.
constexpr std::uint64_t kMerge = 1;
constexpr std::uint64_t kResize = 2;

/// What the option names, or what is drawn.
Interpolation chosen_interpolation(std::string_view step, const Options& options, Random& random,
                                   Particulars& particulars) {
  const std::string& name = options.text("interpolation");
  const NamedInterpolation* chosen =
      std::ranges::find(kInterpolations, name, &NamedInterpolation::name);
  if (chosen == kInterpolations.end()) {
    chosen = &random.pick(std::span<const NamedInterpolation>{kInterpolations});
  }
  particulars.emplace_back(step, chosen->name);
  return chosen->interpolation;
}

/// The grey value of each pixel over 255, divided in single precision.
Plane<float> float_matte(ColourView alpha) {
  Plane<float> matte{alpha.size()};
  std::ranges::transform(grey_matte(alpha).values(), matte.values().begin(),
                         [](std::uint8_t v) { return static_cast<float>(v) / 255.0F; });
  return matte;
}

/// The foreground, merged with the second one if the draw says so.
Merged maybe_merged(const Ingredients& in, const Options& options, Random random,
                    Particulars& particulars) {
  const auto alone = [&] {
    return Merged{.matted = {.foreground = copy_of(in.foreground), .alpha = float_matte(in.alpha)}};
  };
  if (in.second_foreground.size() == Size{}) {
    particulars.emplace_back("merge", "off: no second foreground was given");
    return alone();
  }
  require_matte_size(in.second_foreground.size(), in.second_alpha.size(), "second foreground");
  if (!step_taken("merge", options.number("merge"), random, particulars)) return alone();
  MergeInterpolation interpolation;
  interpolation.foreground = chosen_interpolation("merge_foreground", options, random, particulars);
  interpolation.alpha = chosen_interpolation("merge_alpha", options, random, particulars);
  Merged merged = merge_foregrounds(in.foreground, float_matte(in.alpha), in.second_foreground,
                                    float_matte(in.second_alpha), interpolation);
  if (!merged.is_merged) particulars.emplace_back("merged", "no: together they are opaque");
  return merged;
}

Composite compose_gca(const Ingredients& in, const Options& options, Random random) {
  require_matte_size(in);
  require_pixels(in.background.size());
  const Size size = in.foreground.size();
  Composite composite;
  Merged merged = maybe_merged(in, options, random.fork(kMerge), composite.particulars);
  Random resize_random = random.fork(kResize);
  composite.background = imaging::resize_opencv(
      in.background, size,
      chosen_interpolation("interpolation", options, resize_random, composite.particulars));
  composite.image =
      blend_float_rounded(merged.matted.foreground, merged.matted.alpha, composite.background);
  if (!merged.is_merged) return composite;
  composite.foreground = std::move(merged.matted.foreground);
  composite.alpha = Plane<std::uint8_t>{size};
  std::ranges::transform(
      merged.matted.alpha.values(), composite.alpha->values().begin(), [](float a) {
        return static_cast<std::uint8_t>(std::lrint(255.0F * std::clamp(a, 0.0F, 1.0F)));
      });
  return composite;
}

constexpr std::array kGcaOptions{
    OptionSpec{"interpolation",
               "how pictures are resized: one of OpenCV's, or drawn anew each time",
               OptionType::choice, "random", 0, 0, "random|nearest|linear|cubic|lanczos4"},
    OptionSpec{"merge", "probability of merging two foregrounds, where a second one is given",
               OptionType::number, "0.5", 0, 1},
};

constexpr std::array<std::string_view, 3> kGcaChoices{
    "The program passes the composite on as floats; here it is rounded to 8 bits, halves to even, "
    "as is the matte of a merged foreground.",
    "Left out is what changes the size or place of pictures and the colours of foregrounds: "
    "resizing to 640 x 640, affine warps, crops of 512 pixels, jitter in HSV.",
    "The program draws without a seed, foregrounds and backgrounds independently of each other."};

}  // namespace

constinit const ComposeRule gca_train_rule{
    .facts = {.id = "gca-train",
              .title = "Training composites of GCA-Matting",
              .summary =
                  "The background is resized by OpenCV straight to the foreground's size, the "
                  "interpolation drawn from four. With p = 0.5 a second foreground lies behind "
                  "the first: F' = trunc(a F + (1 - a) F2), a' = 1 - (1 - a)(1 - a2), unless a' "
                  "is 1 everywhere. C = a F + (1 - a) B in single precision.",
              .source = "dataloader/data_generator.py of Yaoyi-Li/GCA-Matting",
              .cite = "li2020gca",
              .options = kGcaOptions,
              .open_choices = kGcaChoices},
    .pairing = Pairing::shuffled,
    .train_copies = 1,
    .takes_second = true,
    .compose = compose_gca};

}  // namespace mbench::datasets::compose

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include <fmt/core.h>

#include "core/plane_copy.hpp"
#include "datasets/compose/foreground_changes.hpp"
#include "datasets/compose/ingredients.hpp"
#include "datasets/compose/rules.hpp"

namespace mbench::datasets::compose {
namespace {

// The streams of random numbers, one per step.
constexpr std::uint64_t kGamma = 1;
constexpr std::uint64_t kColour = 2;
constexpr std::uint64_t kInvert = 3;
constexpr std::uint64_t kPermute = 4;

bool follows_code(const Options& options) { return options.text("variant") == "code"; }

/// gamma: [0.5, 1.5] in the paper; in the program [0.5, 1) or [1, 2), with equal probability.
double drawn_gamma(bool as_in_code, Random& random) {
  if (!as_in_code) return random.uniform(0.5, 1.5);
  const bool is_below_1 = random.chance(0.5);
  return is_below_1 ? random.uniform(0.5, 1.0) : random.uniform(1.0, 2.0);
}

void bend_matte(Plane<std::uint8_t>& matte, const Options& options, Random random,
                Particulars& particulars) {
  if (!step_taken("gamma", options.number("gamma"), random, particulars)) return;
  const double gamma = drawn_gamma(follows_code(options), random);
  const GammaEnd end = random.chance(0.5) ? GammaEnd::clear : GammaEnd::opaque;
  particulars.emplace_back("gamma_value", fmt::format("{}", gamma));
  particulars.emplace_back("gamma_form", end == GammaEnd::clear ? "a^g" : "1-(1-a)^g");
  const std::array<std::uint8_t, 256> table = gamma_table(gamma, end);
  for (std::uint8_t& value : matte.values()) value = table[value];
}

ColourShift drawn_shift(bool as_in_code, Random& random, Particulars& particulars) {
  ColourShift shift;
  for (double& colour : shift.colour) colour = 255.0 * random.uniform();
  shift.weight.fill(random.uniform());
  if (as_in_code) {
    for (double& weight : shift.weight) weight = random.uniform();
  }
  const auto words = [](const std::array<double, 3>& values) {
    return fmt::format("{} {} {}", values[0], values[1], values[2]);
  };
  particulars.emplace_back("colour_u", words(shift.colour));
  particulars.emplace_back("colour_w", words(shift.weight));
  return shift;
}

std::array<int, 3> drawn_order(Random& random, Particulars& particulars) {
  constexpr std::array<std::array<int, 3>, 6> kOrders{
      {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}}};
  const auto& order = random.pick(std::span<const std::array<int, 3>>{kOrders});
  std::string name;
  for (const int channel : order) name += "rgb"[channel];
  particulars.emplace_back("order", name);
  return order;
}

Colours changed_foreground(ColourView foreground, const Options& options, Random random,
                           Particulars& particulars) {
  Colours changed = copy_of(foreground);
  Random colour = random.fork(kColour);
  if (step_taken("colour", options.number("colour"), colour, particulars)) {
    changed = shift_colours(changed, drawn_shift(follows_code(options), colour, particulars));
  }
  Random invert = random.fork(kInvert);
  if (step_taken("invert", options.number("invert"), invert, particulars)) {
    changed = inverted(changed);
  }
  Random permute = random.fork(kPermute);
  if (step_taken("permute", options.number("permute"), permute, particulars)) {
    changed = permuted(changed, drawn_order(permute, particulars));
  }
  return changed;
}

Composite compose_lsa(const Ingredients& in, const Options& options, Random random) {
  require_matte_size(in);
  require_pixels(in.background.size());
  Composite composite;
  const Size size = in.foreground.size();
  composite.background = imaging::resize_opencv(in.background, size, imaging::Interpolation::cubic);
  composite.alpha = grey_matte(in.alpha);
  bend_matte(*composite.alpha, options, random.fork(kGamma), composite.particulars);
  composite.foreground = changed_foreground(in.foreground, options, random, composite.particulars);
  Colours matte{size};
  std::ranges::transform(composite.alpha->values(), matte.values().begin(), [](std::uint8_t v) {
    return Rgb<std::uint8_t>{v, v, v};
  });
  composite.image =
      blend_rounded(*composite.foreground, matte, composite.background, MatteChannels::first);
  return composite;
}

constexpr std::array kLsaOptions{
    OptionSpec{"variant",
               "paper: one weight w for all channels, gamma in [0.5, 1.5]; code: a weight per "
               "channel, gamma in [0.5, 2)",
               OptionType::choice, "paper", 0, 0, "paper|code"},
    OptionSpec{"colour", "probability of the colour augmentation", OptionType::number, "1", 0, 1},
    OptionSpec{"gamma", "probability of a bent matte", OptionType::number, "0.3", 0, 1},
    OptionSpec{"invert", "probability of 255 - F", OptionType::number, "0.3", 0, 1},
    OptionSpec{"permute", "probability of permuted channels", OptionType::number, "0.3", 0, 1},
};

constexpr std::array<std::string_view, 4> kLsaChoices{
    "The paper gives no probability of its colour augmentation: 1. In the stored program it is "
    "commented out, with probability 0.3.",
    "The program passes the composite on as floats; here it is rounded to 8 bits, halves to even.",
    "Left out is what changes the size or place of pictures, blur, jitter and resizing there and "
    "back.",
    "The program draws without a seed, foregrounds and backgrounds independently of each other."};

}  // namespace

constinit const ComposeRule lsa_train_rule{
    .facts = {.id = "lsa-train",
              .title = "Training composites of LSA-Matting, with colour augmentation",
              .summary =
                  "The background is resized by OpenCV's cubic interpolation straight to the "
                  "foreground's size. The matte becomes a^g or 1 - (1 - a)^g (p = 0.3), the "
                  "foreground w F + (1 - w) u with a drawn colour u and w in [0, 1], then 255 - F "
                  "(p = 0.3), then its channels are permuted (p = 0.3). C = a F + (1 - a) B.",
              .source = "equation of section 4.2 and section 5.1 of the paper; the training data "
                        "of kfeng123/LSA-Matting",
              .cite = "wang2022",
              .options = kLsaOptions,
              .open_choices = kLsaChoices},
    .pairing = Pairing::shuffled,
    .train_copies = 1,
    .compose = compose_lsa};

}  // namespace mbench::datasets::compose

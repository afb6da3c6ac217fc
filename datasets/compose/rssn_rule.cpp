#include <array>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "core/error.hpp"
#include "core/plane_copy.hpp"
#include "datasets/compose/box_blur.hpp"
#include "datasets/compose/ingredients.hpp"
#include "datasets/compose/rssn.hpp"
#include "datasets/compose/rules.hpp"

namespace mbench::datasets::compose {
namespace {

constexpr std::array<int, 5> kBoxes{20, 30, 40, 50, 60};

// The streams of random numbers: what one step draws does not depend on the others.
constexpr std::uint64_t kDenoise = 1;
constexpr std::uint64_t kBlur = 2;
constexpr std::uint64_t kNoise = 3;

void require_denoised_pair(const Ingredients& in) {
  const Size foreground = in.denoised_foreground.size();
  const Size background = in.denoised_background.size();
  if (foreground == in.foreground.size() && background == in.background.size()) return;
  throw Error{
      ErrorKind::bad_input,
      {.what = "denoised pictures must have the sizes of the pictures that they replace",
       .expected = fmt::format("{} (foreground), {} (background)", to_string(in.foreground.size()),
                               to_string(in.background.size())),
       .found = fmt::format("{} (denoised foreground), {} (denoised background)",
                            to_string(foreground), to_string(background)),
       .fix = "give both pictures with and without noise, or neither without"}};
}

bool is_denoised(const Ingredients& in, const Options& options, Random random,
                 Particulars& particulars) {
  if (in.denoised_foreground.size() == Size{} && in.denoised_background.size() == Size{}) {
    particulars.emplace_back("denoise", "off: no denoised pictures were given");
    return false;
  }
  require_denoised_pair(in);
  return step_taken("denoise", options.number("denoise"), random, particulars);
}

/// The size of the box that blurs the background, if one does.
std::optional<int> drawn_box(const Ingredients& in, const Options& options, Random random,
                             Particulars& particulars) {
  const bool is_natural =
      options.text("variant") == "paper" && in.type == imaging::ImageType::non_salient;
  if (!step_taken("blur", is_natural ? 1.0 : options.number("blur"), random, particulars))
    return {};
  const int box = random.pick(std::span<const int>{kBoxes});
  particulars.emplace_back("box", fmt::format("{}", box));
  return box;
}

Composite compose_rssn(const Ingredients& given, const Options& options, Random random) {
  require_matte_size(given);
  Composite composite;
  Particulars& particulars = composite.particulars;
  const Size size = given.foreground.size();
  Ingredients in = given;
  if (is_denoised(given, options, random.fork(kDenoise), particulars)) {
    in.foreground = given.denoised_foreground;
    in.background = given.denoised_background;
    composite.foreground = copy_of(in.foreground);
  }
  BackgroundRows resized{in.background, size, imaging::resize_rule(options.text("resize"))};
  particulars.emplace_back("resized", to_string(size));
  std::optional<BoxBlur> blur;
  if (const auto box = drawn_box(in, options, random.fork(kBlur), particulars)) {
    blur.emplace(size, *box, [&](int y, Rgb<double>* to) { resized.write(y, to); });
  }
  Random noise_random = random.fork(kNoise);
  const bool is_noisy = step_taken("noise", options.number("noise"), noise_random, particulars);
  const double sigma = options.number("sigma");
  const Overflow overflow = options.text("compat") == "wrap" ? Overflow::wrap : Overflow::clamp;

  composite.image = Colours{size};
  composite.background = Colours{size};
  if (is_noisy) composite.foreground = Colours{size};
  const auto width = static_cast<std::size_t>(size.width);
  std::vector<Rgb<double>> background(width);
  std::vector<Rgb<double>> noise(is_noisy ? width : 0);
  std::vector<Rgb<std::uint8_t>> blended(noise.size());
  for (int y = 0; y < size.height; ++y) {
    if (blur) {
      blur->write_next(background.data());
    } else {
      resized.write(y, background.data());
    }
    Rgb<std::uint8_t>* const image = composite.image.row(y).data();
    blend_rssn_row(in.foreground.row_data(y), in.alpha.row_data(y), background.data(),
                   is_noisy ? blended.data() : image, width);
    Rgb<std::uint8_t>* const below = composite.background.row(y).data();
    if (!is_noisy) {
      truncate_row(background.data(), below, width);
      continue;
    }
    write_noise_row(y, sigma, noise_random, noise.data(), width);
    add_noise_row(blended.data(), noise.data(), overflow, image, width);
    add_noise_row(background.data(), noise.data(), overflow, below, width);
    add_noise_row(in.foreground.row_data(y), noise.data(), overflow,
                  composite.foreground->row(y).data(), width);
  }
  return composite;
}

constexpr std::array kRssnOptions{
    OptionSpec{"variant", "paper: backgrounds of NS images are always blurred; code: as others",
               OptionType::choice, "paper", 0, 0, "paper|code"},
    OptionSpec{"resize", "whose scikit-image resizes: 0.19, or 0.14 without smoothing",
               OptionType::choice, "skimage019", 0, 0, "skimage019|skimage014"},
    OptionSpec{"denoise", "probability of taking the denoised pictures, where they are given",
               OptionType::number, "0.5", 0, 1},
    OptionSpec{"blur", "probability of a blurred background", OptionType::number, "0.5", 0, 1},
    OptionSpec{"noise", "probability of noise", OptionType::number, "0.5", 0, 1},
    OptionSpec{"sigma", "standard deviation of the noise in levels", OptionType::number, "10", 0,
               1000},
    OptionSpec{"compat", "clamp: noisy values stay within 0 ... 255; wrap: modulo 256 as published",
               OptionType::choice, "clamp", 0, 0, "clamp|wrap"},
    OptionSpec{"copies", "backgrounds per foreground: 5 for DIM and HAtt, 2 for AM-2k",
               OptionType::integer, "5", 1, 1000000},
};

constexpr std::array<std::string_view, 5> kRssnChoices{
    "The programs draw without a seed: only their distributions can be met, not their draws.",
    "GFM says 5 backgrounds per foreground; its program makes one. AIM makes 5 of DIM and HAtt "
    "foregrounds and 2 of AM-2k, each set with the list of backgrounds from its beginning.",
    "Denoising by BM3D is done beforehand, by the user, its strength is not published; AIM's "
    "program has no such step.",
    "Noise that leaves 0 ... 255 is clamped; the programs let it wrap: compat=wrap.",
    "AIM's page asks for scikit-image 0.14, which did not smooth before shrinking and faded at "
    "the edges: resize=skimage014. The numbers of 0.19 are the default, as they are checked."};

}  // namespace

constinit const ComposeRule rssn_rule{
    .facts = {.id = "rssn",
              .title = "RSSN: resolution, sharpness, semantics, noise",
              .summary =
                  "The background is resized by scikit-image to the foreground's exact size; with "
                  "p = 0.5 both are replaced by denoised ones; with p = 0.5 (NS images: always) "
                  "the background is blurred by a box of 20, 30, 40, 50 or 60 pixels; "
                  "C = trunc(a F + (1 - a) B); with p = 0.5 the same Gaussian noise of sigma 10 "
                  "is added to C, F and B.",
              .source =
                  "core/util.py and core/data.py of JizhiziLi/GFM and JizhiziLi/AIM; section 4.2 "
                  "of [li2021]",
              .cite = "li2022gfm",
              .options = kRssnOptions,
              .open_choices = kRssnChoices},
    .pairing = Pairing::shuffled,
    .train_copies = 5,
    .takes_denoised = true,
    .takes_types = true,
    .compose = compose_rssn};

}  // namespace mbench::datasets::compose

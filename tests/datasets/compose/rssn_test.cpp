#include "datasets/compose/rssn.hpp"

#include <cmath>

#include "datasets/compose/box_blur.hpp"
#include "imaging/border.hpp"
#include "tests/datasets/compose/pictures.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::datasets::compose;
using Catch::Contains;
using mbench::testing::compose;
using mbench::testing::grey;
using mbench::testing::noise_colours;
using mbench::testing::noise_grey_matte;
using mbench::testing::particular;

namespace {

struct Pictures {
  Colours foreground{noise_colours({50, 40}, 1)};
  Colours alpha{noise_grey_matte({50, 40}, 2)};
  Colours background{noise_colours({61, 70}, 3)};
  [[nodiscard]] Ingredients ingredients() const {
    return {.foreground = foreground, .alpha = alpha, .background = background};
  }
};

Rgb<double> number(double value) { return {value, value, value}; }

/// The mean over the box, each pixel on its own.
Rgb<double> mean_of_box(const ExactColours& image, int y, int x, int k) {
  const Size size = image.size();
  double r = 0.0;
  double g = 0.0;
  double b = 0.0;
  for (int dy = -(k / 2); dy < k - k / 2; ++dy) {
    for (int dx = -(k / 2); dx < k - k / 2; ++dx) {
      const auto& pixel = image(imaging::mirrored_index(y + dy, size.height),
                                imaging::mirrored_index(x + dx, size.width));
      r += pixel.r;
      g += pixel.g;
      b += pixel.b;
    }
  }
  const double count = static_cast<double>(k) * k;
  return {r / count, g / count, b / count};
}

ExactColours gaussian_noise(Size size, double sigma, const Random& random) {
  ExactColours noise{size};
  for (int y = 0; y < size.height; ++y) {
    const auto row = noise.row(y);
    write_noise_row(y, sigma, random, row.data(), row.size());
  }
  return noise;
}

Colours truncated(const ExactColours& colours) {
  Colours result{colours.size()};
  for (int y = 0; y < colours.size().height; ++y) {
    const auto row = result.row(y);
    truncate_row(colours.row(y).data(), row.data(), row.size());
  }
  return result;
}

}  // namespace

TEST_CASE("a box of two pixels looks to the left and upwards", "[compose][rssn]") {
  ExactColours image{{3, 2}};
  image(0, 0) = number(4.0);
  image(1, 2) = number(8.0);
  const ExactColours blurred = box_blur(image, 2);
  CHECK(blurred(0, 0) == number(1.0));  // beyond the edges lie (0, 1), (1, 0) and (1, 1)
  CHECK(blurred(0, 1) == number(1.0));
  CHECK(blurred(0, 2) == number(2.0));  // the row above is row 1
  CHECK(blurred(1, 0) == number(1.0));
  CHECK(blurred(1, 1) == number(1.0));
  CHECK(blurred(1, 2) == number(2.0));
}

TEST_CASE("boxes of any size are means of the mirrored image", "[compose][rssn]") {
  for (const Size size : {Size{1, 1}, Size{7, 1}, Size{5, 9}, Size{31, 22}}) {
    const Colours noise = noise_colours(size, 4);
    ExactColours image{size};
    for (std::size_t i = 0; i < noise.values().size(); ++i) {
      const auto& pixel = noise.values()[i];
      image.values()[i] = {pixel.r / 3.0, pixel.g / 7.0, 1.0 * pixel.b};
    }
    for (const int k : {1, 2, 3, 20, 30}) {
      const ExactColours blurred = box_blur(image, k);
      for (int y = 0; y < size.height; ++y) {
        for (int x = 0; x < size.width; ++x) {
          CAPTURE(to_string(size), k, y, x);
          const Rgb<double> mean = mean_of_box(image, y, x, k);
          CHECK(std::abs(blurred(y, x).r - mean.r) < 1e-9);
          CHECK(std::abs(blurred(y, x).g - mean.g) < 1e-9);
          CHECK(std::abs(blurred(y, x).b - mean.b) < 1e-9);
        }
      }
    }
  }
  CHECK_THAT(testing::refusal([] {
               (void)box_blur(ExactColours{{2, 2}}, 0);
             }),
             Contains("at least 1 pixel"));
}

TEST_CASE("noise is added before truncation, clamped or wrapped", "[compose][rssn]") {
  const Colours colours{{1, 1}, Rgb<std::uint8_t>{2, 250, 100}};
  ExactColours noise{{1, 1}};
  const auto add = [&](Rgb<double> values, Overflow overflow) {
    noise(0, 0) = values;
    return add_noise(colours.view(), noise, overflow)(0, 0);
  };
  CHECK(add({-5.7, 9.9, 0.9}, Overflow::clamp) == Rgb<std::uint8_t>{0, 255, 100});
  CHECK(add({-5.7, 9.9, 0.9}, Overflow::wrap) == Rgb<std::uint8_t>{253, 3, 100});
  CHECK(add({-2.9, 5.9, -0.1}, Overflow::clamp) == Rgb<std::uint8_t>{0, 255, 99});
  CHECK(add({-2.9, 5.9, -0.1}, Overflow::wrap) == Rgb<std::uint8_t>{0, 255, 99});  // towards 0
  const ExactColours wide{{2, 1}};
  CHECK_THAT(testing::refusal([&] { (void)add_noise(colours.view(), wide, Overflow::clamp); }),
             Contains("1x1 (image)") && Contains("2x1 (noise)"));
}

TEST_CASE("the noise field has the mean and deviation asked for, per channel", "[compose][rssn]") {
  const ExactColours noise = gaussian_noise({301, 201}, 10.0, Random{5});
  const auto count = static_cast<double>(noise.values().size());
  std::array<double, 3> sum{};
  std::array<double, 3> squares{};
  double together = 0.0;
  double beside = 0.0;
  for (std::size_t i = 0; i < noise.values().size(); ++i) {
    const auto& n = noise.values()[i];
    const std::array<double, 3> values{n.r, n.g, n.b};
    for (std::size_t c = 0; c < 3; ++c) {
      sum[c] += values[c];
      squares[c] += values[c] * values[c];
    }
    together += n.r * n.g;
    if (i > 0) beside += n.r * noise.values()[i - 1].r;
  }
  for (std::size_t c = 0; c < 3; ++c) {  // five standard errors
    CHECK(std::abs(sum[c] / count) < 5.0 * 10.0 / std::sqrt(count));
    CHECK(std::abs(std::sqrt(squares[c] / count) - 10.0) < 5.0 * 10.0 / std::sqrt(2.0 * count));
  }
  CHECK(std::abs(together / count) < 5.0 * 100.0 / std::sqrt(count));
  CHECK(std::abs(beside / count) < 5.0 * 100.0 / std::sqrt(count));
}

TEST_CASE("without blur and noise RSSN resizes and blends", "[compose][rssn]") {
  const Pictures in;
  const Composite composite = compose("rssn:blur=0:noise=0", in.ingredients());
  const ExactColours background =
      resized_background(in.background, {50, 40}, imaging::ResizeRule::skimage019);
  CHECK(composite.image == blend_rssn(in.foreground, in.alpha, background));
  CHECK(composite.background == truncated(background));
  CHECK(!composite.foreground);
  CHECK(particular(composite, "blur") == "no");
  CHECK(particular(composite, "noise") == "no");
  CHECK(particular(composite, "denoise") == "off: no denoised pictures were given");
  const Composite old = compose("rssn:blur=0:noise=0:resize=skimage014", in.ingredients());
  CHECK(old.background != composite.background);
}

TEST_CASE("the composite of a pixel is that of single-precision alpha", "[compose][rssn]") {
  for (int v = 0; v < 256; ++v) {
    const Colours foreground{{1, 1}, grey(201)};
    const Colours alpha{{1, 1}, Rgb<std::uint8_t>{static_cast<std::uint8_t>(v), 1, 2}};
    const ExactColours background{{1, 1}, number(77.3)};
    const auto a = static_cast<float>(v / 255.0);
    const float front = a * 201.0F;
    const double sum = static_cast<double>(front) + static_cast<double>(1.0F - a) * 77.3;
    CHECK(blend_rssn(foreground, alpha, background)(0, 0) == grey(static_cast<int>(sum)));
  }
}

TEST_CASE("the box is one of five, half of the backgrounds are blurred", "[compose][rssn]") {
  const Pictures in;
  std::array<int, 5> drawn{};
  int blurred = 0;
  for (std::uint64_t sample = 0; sample < 400; ++sample) {
    const Composite composite = compose("rssn:noise=0", in.ingredients(), sample);
    if (particular(composite, "blur") == "no") continue;
    ++blurred;
    const int box = std::stoi(particular(composite, "box"));
    REQUIRE((box >= 20 && box <= 60 && box % 10 == 0));
    ++drawn[static_cast<std::size_t>(box / 10 - 2)];
  }
  CHECK(std::abs(blurred - 200) < 50);
  for (const int count : drawn) CHECK(std::abs(count - blurred / 5) < 30);
}

TEST_CASE("natural images are always blurred in the paper, not in the code", "[compose][rssn]") {
  const Pictures in;
  Ingredients natural = in.ingredients();
  natural.type = imaging::ImageType::non_salient;
  Ingredients salient = in.ingredients();
  salient.type = imaging::ImageType::salient_opaque;
  for (std::uint64_t sample = 0; sample < 20; ++sample) {
    CHECK(particular(compose("rssn:blur=0", natural, sample), "blur") == "yes");
    CHECK(particular(compose("rssn:blur=0", salient, sample), "blur") == "no");
    CHECK(particular(compose("rssn:blur=0:variant=code", natural, sample), "blur") == "no");
  }
}

TEST_CASE("one field of noise lies on composite, foreground and background", "[compose][rssn]") {
  const Pictures in;
  const Composite quiet = compose("rssn:blur=0:noise=0", in.ingredients());
  const Composite noisy = compose("rssn:blur=0:noise=1:compat=wrap", in.ingredients());
  REQUIRE(noisy.foreground);
  CHECK(particular(noisy, "noise") == "yes");
  for (std::size_t i = 0; i < quiet.image.values().size(); ++i) {
    // Modulo 256 the truncated noise of two 8-bit images differs by one at most.
    const int image = (noisy.image.values()[i].g - quiet.image.values()[i].g) & 255;
    const int front = (noisy.foreground->values()[i].g - in.foreground.values()[i].g) & 255;
    const int apart = (image - front + 256) & 255;
    CHECK((apart <= 1 || apart == 255));
  }
  const Composite clamped = compose("rssn:blur=0:noise=1", in.ingredients());
  CHECK(clamped.image != noisy.image);
}

TEST_CASE("the draws of one step do not depend on the other steps", "[compose][rssn]") {
  const Pictures in;
  for (std::uint64_t sample = 0; sample < 10; ++sample) {
    const Composite both = compose("rssn", in.ingredients(), sample);
    const Composite noise = compose("rssn:blur=0", in.ingredients(), sample);
    const Composite blur = compose("rssn:noise=0", in.ingredients(), sample);
    CHECK(particular(both, "noise_drawn") == particular(noise, "noise_drawn"));
    CHECK(particular(both, "blur_drawn") == particular(blur, "blur_drawn"));
    CHECK(particular(both, "box") == particular(blur, "box"));
  }
}

TEST_CASE("denoised pictures take the place of both with the probability asked for",
          "[compose][rssn]") {
  const Pictures in;
  const Colours foreground = noise_colours({50, 40}, 11);
  const Colours background = noise_colours({61, 70}, 13);
  Ingredients given = in.ingredients();
  given.denoised_foreground = foreground;
  given.denoised_background = background;
  const Composite denoised = compose("rssn:denoise=1:blur=0:noise=0", given);
  REQUIRE(denoised.foreground);
  CHECK(*denoised.foreground == foreground);
  CHECK(denoised.image ==
        compose("rssn:blur=0:noise=0",
                {.foreground = foreground, .alpha = in.alpha, .background = background})
            .image);
  CHECK(compose("rssn:denoise=0:blur=0:noise=0", given).image ==
        compose("rssn:blur=0:noise=0", in.ingredients()).image);

  given.denoised_background = foreground;
  CHECK_THAT(testing::refusal([&] { (void)compose("rssn", given); }),
             Contains("50x40 (foreground), 61x70 (background)") &&
                 Contains("50x40 (denoised foreground), 50x40 (denoised background)"));
  given.denoised_background = {};
  CHECK_THAT(testing::refusal([&] { (void)compose("rssn", given); }),
             Contains("0x0 (denoised background)"));
}

#include "imaging/io.hpp"
#include "tests/imaging/one_file.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::imaging;
using namespace mbench::testing;

namespace {

constexpr Size kSize{5, 4};

std::vector<std::uint16_t> noise(int bits = 8, std::uint64_t seed = 1) {
  return noise_samples(kSize.width, kSize.height, 1, seed, bits);
}

/// Colour (as many samples as there are colours) and alpha, pixel by pixel.
std::vector<std::uint16_t> with_alpha(const std::vector<std::uint16_t>& colour,
                                      const std::vector<std::uint16_t>& alpha) {
  const std::size_t colours = colour.size() / alpha.size();
  std::vector<std::uint16_t> samples;
  for (std::size_t i = 0; i < alpha.size(); ++i) {
    for (std::size_t c = 0; c < colours; ++c) samples.push_back(colour[i * colours + c]);
    samples.push_back(alpha[i]);
  }
  return samples;
}

std::vector<std::uint16_t> constant_colour(std::initializer_list<std::uint16_t> colour) {
  std::vector<std::uint16_t> samples;
  for (std::int64_t i = 0; i < kSize.pixels(); ++i) {
    samples.insert(samples.end(), colour.begin(), colour.end());
  }
  return samples;
}

Matte matte8(const std::vector<std::uint16_t>& samples) {
  return plane_of<std::uint8_t>(kSize, samples);
}

}  // namespace

TEST_CASE("a matte saved as RGB with equal channels is its first channel", "[imaging][matte]") {
  const OneFile file{{.size = kSize, .colour = PngColour::rgb, .samples = repeated(noise(), 3)}};
  CHECK(read_matte(file.path()) == matte8(noise()));

  const OneFile wide{{.size = kSize,
                      .colour = PngColour::rgb,
                      .bit_depth = 16,
                      .samples = repeated(noise(16), 3)}};
  CHECK(read_matte(wide.path()) == Matte{plane_of<std::uint16_t>(kSize, noise(16))});
}

TEST_CASE("a matte saved with a grey palette is read through the palette", "[imaging][matte]") {
  const std::vector<Rgb<std::uint8_t>> palette{{200, 200, 200}, {0, 0, 0}, {17, 17, 17}};
  std::vector<std::uint16_t> indices;
  std::vector<std::uint16_t> values;
  for (const std::uint16_t value : noise()) {
    indices.push_back(static_cast<std::uint16_t>(value % 3));
    values.push_back(palette[indices.back()].r);
  }
  const OneFile file{
      {.size = kSize, .colour = PngColour::palette, .samples = indices, .palette = palette}};
  CHECK(read_matte(file.path()) == matte8(values));
}

TEST_CASE("RGB with unequal channels is refused as a matte, naming the pixel", "[imaging][matte]") {
  auto samples = repeated(noise(), 3);
  const std::size_t at = 3 * (2 * kSize.width + 3);
  samples[at] = 10;
  samples[at + 1] = 10;
  samples[at + 2] = 11;
  const OneFile file{{.size = kSize, .colour = PngColour::rgb, .samples = samples}};
  const Error error = error_of([&] { (void)read_matte(file.path()); });
  CHECK(error.kind() == ErrorKind::bad_input);
  CHECK(error.parts().found == "red 10, green 10, blue 11 at row 2, column 3");
  CHECK(error.parts().fix == "save the matte as a grey PNG");
}

TEST_CASE("of RGBA with constant or equal colour the alpha channel is the matte",
          "[imaging][matte]") {
  const auto alpha = noise();
  const auto colour = GENERATE(constant_colour({255, 255, 255}), constant_colour({0, 0, 0}),
                               constant_colour({10, 20, 30}), repeated(noise(8, 2), 3));
  const OneFile file{
      {.size = kSize, .colour = PngColour::rgba, .samples = with_alpha(colour, alpha)}};
  CHECK(read_matte(file.path()) == matte8(alpha));
}

TEST_CASE("of RGBA with constant alpha the equal colour channels are the matte",
          "[imaging][matte]") {
  const std::uint16_t opacity = GENERATE(as<std::uint16_t>{}, 255, 0, 77);
  const std::vector<std::uint16_t> alpha(noise().size(), opacity);
  const OneFile file{{.size = kSize,
                      .colour = PngColour::rgba,
                      .samples = with_alpha(repeated(noise(), 3), alpha)}};
  CHECK(read_matte(file.path()) == matte8(noise()));
}

TEST_CASE("a file whose grey and alpha channels are two mattes says so", "[imaging][matte]") {
  const auto is_ambiguous = [](const std::vector<std::uint16_t>& grey,
                               const std::vector<std::uint16_t>& alpha) {
    const OneFile file{
        {.size = kSize, .colour = PngColour::grey_alpha, .samples = with_alpha(grey, alpha)}};
    return read_matte_file(file.path()).grey_may_be_meant;
  };
  CHECK(is_ambiguous(noise(8, 2), noise()));
  CHECK_FALSE(is_ambiguous(noise(), noise()));
  CHECK_FALSE(is_ambiguous(constant_colour({255}), noise()));
  CHECK_FALSE(is_ambiguous(noise(), constant_colour({255})));
}

TEST_CASE("grey with alpha follows the same rule", "[imaging][matte]") {
  const OneFile constant_grey{{.size = kSize,
                               .colour = PngColour::grey_alpha,
                               .samples = with_alpha(constant_colour({255}), noise())}};
  CHECK(read_matte(constant_grey.path()) == matte8(noise()));
  const std::vector<std::uint16_t> opaque(noise().size(), 255);
  const OneFile constant_alpha{
      {.size = kSize, .colour = PngColour::grey_alpha, .samples = with_alpha(noise(), opaque)}};
  CHECK(read_matte(constant_alpha.path()) == matte8(noise()));
}

TEST_CASE("a cut-out, RGBA with colours that vary, is refused as a matte", "[imaging][matte]") {
  const auto colours = noise_samples(kSize.width, kSize.height, 3, 5);
  const OneFile file{
      {.size = kSize, .colour = PngColour::rgba, .samples = with_alpha(colours, noise())}};
  const Error error = error_of([&] { (void)read_matte(file.path()); });
  CHECK(error.kind() == ErrorKind::bad_input);
  CHECK_THAT(error.parts().found, Catch::Contains("at row 0, column 0"));
  CHECK(error.parts().fix == "save its alpha channel alone as a grey PNG");
}

TEST_CASE("a single colour with constant alpha is no matte", "[imaging][matte]") {
  const std::vector<std::uint16_t> opaque(noise().size(), 255);
  const OneFile file{{.size = kSize,
                      .colour = PngColour::rgba,
                      .samples = with_alpha(constant_colour({10, 20, 30}), opaque)}};
  CHECK_THROWS_WITH(read_matte(file.path()), Catch::Contains("red 10, green 20, blue 30"));
}

TEST_CASE("a grey value declared transparent does not turn a matte into a mask",
          "[imaging][matte]") {
  auto values = noise();
  values[3] = 0;
  const OneFile file{{.size = kSize, .samples = values, .transparency = {0, 0}}};
  CHECK(read_matte(file.path()) == matte8(values));
}

#include "imaging/io.hpp"
#include "tests/imaging/one_file.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::imaging;
using namespace mbench::testing;

namespace {

constexpr Size kSize{13, 11};  // not a multiple of 8: low bit depths end inside a byte

template <typename T>
Plane<Rgb<T>> rgb_plane(Size size, const std::vector<std::uint16_t>& samples) {
  Plane<Rgb<T>> plane{size};
  for (std::size_t i = 0; i < plane.values().size(); ++i) {
    plane.values()[i] = {static_cast<T>(samples[3 * i]), static_cast<T>(samples[3 * i + 1]),
                         static_cast<T>(samples[3 * i + 2])};
  }
  return plane;
}

}  // namespace

TEST_CASE("grey files of 1, 2, 4 and 8 bits are spread over 0 to 255", "[imaging][png]") {
  const int bits = GENERATE(1, 2, 4, 8);
  const bool interlaced = GENERATE(false, true);
  CAPTURE(bits, interlaced);
  const auto samples = noise_samples(kSize.width, kSize.height, 1, 1, bits);
  const OneFile file{
      {.size = kSize, .bit_depth = bits, .samples = samples, .interlaced = interlaced}};
  Plane<std::uint8_t> expected{kSize};
  for (std::size_t i = 0; i < samples.size(); ++i) {
    expected.values()[i] = static_cast<std::uint8_t>(samples[i] * 255 / ((1 << bits) - 1));
  }
  CHECK(read_matte(file.path()) == Matte{expected});
  CHECK(probe_image(file.path()).channels == 1);
  CHECK(probe_image(file.path()).depth == Depth::u8);
}

TEST_CASE("16-bit values are read exactly", "[imaging][png]") {
  const bool interlaced = GENERATE(false, true);
  auto samples = noise_samples(kSize.width, kSize.height, 1, 2, 16);
  samples[0] = 0;
  samples[1] = 1;
  samples[2] = 256;
  samples[3] = 65534;
  samples[4] = 65535;
  const OneFile file{
      {.size = kSize, .bit_depth = 16, .samples = samples, .interlaced = interlaced}};
  CHECK(read_matte(file.path()) == Matte{plane_of<std::uint16_t>(kSize, samples)});
  CHECK(probe_image(file.path()).depth == Depth::u16);
}

TEST_CASE("RGB files are read red first in their own depth", "[imaging][png]") {
  const bool interlaced = GENERATE(false, true);
  const auto samples = noise_samples(kSize.width, kSize.height, 3, 3);
  const OneFile file{
      {.size = kSize, .colour = PngColour::rgb, .samples = samples, .interlaced = interlaced}};
  CHECK(read_image(file.path()) == Image{rgb_plane<std::uint8_t>(kSize, samples)});

  const auto wide = noise_samples(kSize.width, kSize.height, 3, 3, 16);
  const OneFile wide_file{{.size = kSize,
                           .colour = PngColour::rgb,
                           .bit_depth = 16,
                           .samples = wide,
                           .interlaced = interlaced}};
  CHECK(read_image(wide_file.path()) == Image{rgb_plane<std::uint16_t>(kSize, wide)});
}

TEST_CASE("a grey file read as an image has three equal channels", "[imaging][png]") {
  const auto samples = noise_samples(kSize.width, kSize.height, 1, 4);
  const OneFile file{{.size = kSize, .samples = samples}};
  CHECK(read_image(file.path()) == Image{rgb_plane<std::uint8_t>(kSize, repeated(samples, 3))});
}

TEST_CASE("palettes are expanded at every bit depth", "[imaging][png]") {
  const int bits = GENERATE(1, 2, 4, 8);
  CAPTURE(bits);
  std::vector<Rgb<std::uint8_t>> palette;
  for (int i = 0; i < 1 << bits; ++i) {
    palette.push_back({static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(255 - i),
                       static_cast<std::uint8_t>(i * 37)});
  }
  const auto samples = noise_samples(kSize.width, kSize.height, 1, 5, bits);
  const OneFile file{{.size = kSize,
                      .colour = PngColour::palette,
                      .bit_depth = bits,
                      .samples = samples,
                      .palette = palette}};
  Plane<Rgb<std::uint8_t>> expected{kSize};
  for (std::size_t i = 0; i < samples.size(); ++i) expected.values()[i] = palette[samples[i]];
  CHECK(read_image(file.path()) == Image{expected});
}

TEST_CASE("an opaque alpha channel is dropped, a transparent one refused", "[imaging][png]") {
  const auto samples = noise_samples(kSize.width, kSize.height, 3, 6);
  std::vector<std::uint16_t> with_alpha;
  for (std::size_t i = 0; i < samples.size(); i += 3) {
    with_alpha.insert(with_alpha.end(), {samples[i], samples[i + 1], samples[i + 2], 255});
  }
  const OneFile opaque{{.size = kSize, .colour = PngColour::rgba, .samples = with_alpha}};
  CHECK(read_image(opaque.path()) == Image{rgb_plane<std::uint8_t>(kSize, samples)});

  with_alpha[4 * (2 * kSize.width + 5) + 3] = 254;
  const OneFile transparent{{.size = kSize, .colour = PngColour::rgba, .samples = with_alpha}};
  const Error error = error_of([&] { (void)read_image(transparent.path()); });
  CHECK(error.kind() == ErrorKind::bad_input);
  CHECK(error.parts().found == "alpha 254 at row 2, column 5");
}

TEST_CASE("a palette entry declared transparent makes the image transparent", "[imaging][png]") {
  const OneFile file{{.size = {2, 1},
                      .colour = PngColour::palette,
                      .samples = {0, 1},
                      .palette = {{1, 2, 3}, {4, 5, 6}},
                      .transparency = {255, 100}}};
  CHECK(probe_image(file.path()).channels == 4);
  CHECK_THROWS_WITH(read_image(file.path()), Catch::Contains("alpha 100 at row 0, column 1"));
}

TEST_CASE("gamma chunks are not applied", "[imaging][png]") {
  std::string bytes = png_bytes({.size = {3, 1}, .samples = {0, 100, 255}});
  bytes.insert(33, png_chunk("gAMA", std::string{"\0\0\xB1\x8F", 4}));  // behind the header chunk
  const OneFile file{bytes};
  CHECK(read_matte(file.path()) == Matte{plane_of<std::uint8_t>({3, 1}, {0, 100, 255})});
}

TEST_CASE("the header is read without the pixels", "[imaging][png]") {
  const std::string whole = png_bytes(
      {.size = {700, 500}, .colour = PngColour::rgb, .samples = noise_samples(700, 500, 3, 7)});
  REQUIRE(whole.size() > 200'000);
  const OneFile file{whole.substr(0, 100'000)};
  const ImageInfo info = probe_image(file.path());
  CHECK(info.size == Size{700, 500});
  CHECK(info.channels == 3);
  CHECK(info.format == "PNG");
  CHECK_THROWS_AS(read_image(file.path()), Error);
}

TEST_CASE("a header behind a long comment is found", "[imaging][png]") {
  std::string bytes = png_bytes({.size = {1, 1}, .samples = {9}});
  bytes.insert(33, png_chunk("tEXt", "Comment" + std::string(1, '\0') + std::string(90'000, 'x')));
  const OneFile file{bytes};
  CHECK(probe_image(file.path()).size == Size{1, 1});
  CHECK(read_matte(file.path()).view().alpha(0, 0) == 9 / 255.0);
}

TEST_CASE("colours are read without the alpha channel beside them", "[imaging][png]") {
  const PngColour colour = GENERATE(PngColour::rgba, PngColour::grey_alpha);
  const int channels = colour == PngColour::rgba ? 4 : 2;
  const auto samples = noise_samples(kSize.width, kSize.height, channels, 5);
  const OneFile file{PngSpec{.size = kSize, .colour = colour, .bit_depth = 8, .samples = samples}};
  std::vector<std::uint16_t> colours;
  for (std::size_t i = 0; i < samples.size(); i += static_cast<std::size_t>(channels)) {
    for (std::size_t c = 0; c < 3; ++c) colours.push_back(samples[i + (channels == 4 ? c : 0)]);
  }
  CHECK(read_colours(file.path()) == Image{rgb_plane<std::uint8_t>(kSize, colours)});
  CHECK_THAT(error_of([&] { (void)read_image(file.path()); }).what(),
             Catch::Contains("partly transparent"));
}

TEST_CASE("colours of files without an alpha channel are the image", "[imaging][png]") {
  const int bits = GENERATE(8, 16);
  const OneFile file{PngSpec{.size = kSize,
                             .colour = PngColour::rgb,
                             .bit_depth = bits,
                             .samples = noise_samples(kSize.width, kSize.height, 3, 6, bits)}};
  CHECK(read_colours(file.path()) == read_image(file.path()));
}

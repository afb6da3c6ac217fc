#include <cmath>
#include <cstring>
#include <limits>

#include "imaging/codec_imgcodecs.hpp"
#include "imaging/io.hpp"
#include "tests/imaging/one_file.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::imaging;
using namespace mbench::testing;

namespace {

constexpr Size kSize{7, 5};

#ifdef MBENCH_TEST_IMGCODECS

std::vector<float> floats() {
  std::vector<float> values;
  for (int i = 0; i < 35; ++i) values.push_back(static_cast<float>(i) / 33);  // ends above 1
  values[3] = -0.25F;
  return values;
}

/// Equal bit by bit: NaN as well.
bool same_bits(const Matte& matte, const std::vector<float>& values) {
  return matte.visit([&](const auto& pixels) {
    return pixels.values().size_bytes() == values.size() * sizeof(float) &&
           std::memcmp(pixels.values().data(), values.data(), pixels.values().size_bytes()) == 0;
  });
}

#endif

}  // namespace

TEST_CASE("without the module a TIFF is unavailable and the package is named",
          "[imaging][imgcodecs]") {
  const TemporaryFolder empty;
  const std::vector<std::filesystem::path> folders{empty.path(), empty / "absent"};
  const Error error = error_of([&] { (void)open_imgcodecs_module(folders); });
  CHECK(error.kind() == ErrorKind::unavailable);
  CHECK_THAT(error.parts().found, Catch::Contains(empty.path().string()));
  CHECK_THAT(error.parts().fix, Catch::Contains("libopencv-imgcodecs-dev"));
}

TEST_CASE("a module that cannot be loaded is unavailable, with the reason",
          "[imaging][imgcodecs]") {
  const TemporaryFolder folder;
  write_text(folder / "libmbench_imgcodecs.so", "no library");
  const std::vector<std::filesystem::path> folders{folder.path()};
  const Error error = error_of([&] { (void)open_imgcodecs_module(folders); });
  CHECK(error.kind() == ErrorKind::unavailable);
  CHECK_THAT(error.parts().found, Catch::Contains("libmbench_imgcodecs.so"));
}

TEST_CASE("hostile sizes and damaged headers of TIFF and EXR are refused before decoding",
          "[imaging][imgcodecs]") {
  // Header checks come before the module is opened: this holds in every build.
  const std::vector<std::uint8_t> samples(35, 1);
  std::string tiff = tiff_bytes(kSize, 1, samples);
  const std::size_t width_entry = tiff.size() - 4 - 11 * 12;
  for (std::size_t i = 8; i < 12; ++i) tiff[width_entry + i] = '\x7f';
  CHECK_THROWS_WITH(probe_image(OneFile{tiff}.path()), Catch::Contains("impossible size"));
  CHECK_THROWS_WITH(probe_image(OneFile{tiff.substr(0, 60)}.path()),
                    Catch::Contains("ends inside its header"));
  CHECK_THROWS_WITH(probe_image(OneFile{tiff.substr(0, 6)}.path()),
                    Catch::Contains("ends inside its header"));

  std::string exr = exr_bytes(kSize, std::vector<float>(35, 0.5F));
  CHECK_THROWS_WITH(probe_image(OneFile{exr.substr(0, 20)}.path()),
                    Catch::Contains("ends inside its header"));
  const std::size_t window = exr.find(std::string{"box2i\0\x10\0\0\0", 10}) + 10;
  exr[window + 11] = '\x7f';  // last column
  CHECK_THROWS_WITH(probe_image(OneFile{exr}.path()), Catch::Contains("impossible size"));
}

TEST_CASE("a TIFF that asks to be turned is refused", "[imaging][imgcodecs]") {
  for (int orientation = 2; orientation <= 8; ++orientation) {
    const OneFile file{tiff_bytes(kSize, 1, std::vector<std::uint8_t>(35, 1), orientation)};
    const Error error = error_of([&] { (void)read_matte(file.path()); });
    CHECK(error.kind() == ErrorKind::bad_input);
    CHECK(error.parts().found == "orientation " + std::to_string(orientation));
  }
}

#ifdef MBENCH_TEST_IMGCODECS

TEST_CASE("TIFF files of 8 and 16 bits are read exactly", "[imaging][imgcodecs]") {
  const Plane<std::uint8_t> noise = noise_plane(kSize, 1);
  const OneFile file{
      tiff_bytes<std::uint8_t>(kSize, 1, {noise.values().begin(), noise.values().end()})};
  CHECK(read_matte(file.path()) == Matte{noise});
  CHECK(probe_image(file.path()).format == "TIFF");

  const auto wide = noise_samples(7, 5, 1, 2, 16);
  const OneFile wide_file{tiff_bytes(kSize, 1, wide)};
  CHECK(read_matte(wide_file.path()) == Matte{plane_of<std::uint16_t>(kSize, wide)});
}

TEST_CASE("a colour TIFF is read red first", "[imaging][imgcodecs]") {
  const Image image = noise_image(kSize, 3);
  std::vector<std::uint8_t> samples;
  image.visit([&](const auto& pixels) {
    for (const auto& p : pixels.values()) {
      for (const auto value : {p.r, p.g, p.b}) samples.push_back(static_cast<std::uint8_t>(value));
    }
  });
  CHECK(read_image(OneFile{tiff_bytes(kSize, 3, samples)}.path()) == image);
  const auto wide = noise_samples(7, 5, 3, 4, 16);
  read_image(OneFile{tiff_bytes(kSize, 3, wide)}.path()).visit([&](const auto& pixels) {
    CHECK(pixels(0, 1).r == wide[3]);
    CHECK(pixels(0, 1).g == wide[4]);
    CHECK(pixels(0, 1).b == wide[5]);
  });
}

TEST_CASE("float mattes keep every bit, NaN and values outside [0, 1] too",
          "[imaging][imgcodecs]") {
  auto values = floats();
  const OneFile tiff{tiff_bytes(kSize, 1, values)};
  CHECK(read_matte(tiff.path()).depth() == Depth::f32);
  CHECK(same_bits(read_matte(tiff.path()), values));
  const OneFile exr{exr_bytes(kSize, values)};
  CHECK(probe_image(exr.path()).format == "EXR");
  CHECK(same_bits(read_matte(exr.path()), values));

  values[8] = std::numeric_limits<float>::quiet_NaN();
  CHECK(same_bits(read_matte(OneFile{tiff_bytes(kSize, 1, values)}.path()), values));
  CHECK(same_bits(read_matte(OneFile{exr_bytes(kSize, values)}.path()), values));
}

TEST_CASE("a float matte saved as three equal channels keeps its NaN", "[imaging][imgcodecs]") {
  std::vector<float> rgb(3 * 35, 0.5F);
  for (std::size_t c = 0; c < 3; ++c) rgb[6 + c] = std::numeric_limits<float>::quiet_NaN();
  read_matte(OneFile{tiff_bytes(kSize, 3, rgb)}.path()).visit([](const auto& pixels) {
    CHECK(std::isnan(static_cast<float>(pixels(0, 2))));
    CHECK(pixels(0, 1) == 0.5F);
  });
}

TEST_CASE("a float file is no trimap", "[imaging][imgcodecs]") {
  const OneFile file{tiff_bytes(kSize, 1, std::vector<float>(35, 1.0F))};
  CHECK_THROWS_WITH(read_trimap(file.path()), Catch::Contains("must hold integers"));
}

TEST_CASE("a lossless WebP is read exactly", "[imaging][imgcodecs]") {
  // Two pixels, written by Pillow 9.4: (10, 20, 30) and (200, 100, 50).
  const unsigned char bytes[] = {0x52, 0x49, 0x46, 0x46, 0x22, 0x00, 0x00, 0x00, 0x57, 0x45, 0x42,
                                 0x50, 0x56, 0x50, 0x38, 0x4c, 0x16, 0x00, 0x00, 0x00, 0x2f, 0x01,
                                 0x00, 0x00, 0x00, 0x0f, 0x70, 0x0a, 0xa8, 0x2b, 0xf8, 0x9e, 0xc2,
                                 0x63, 0xfe, 0x83, 0x07, 0x15, 0x88, 0xe8, 0x7f, 0x00};
  const OneFile file{std::string{reinterpret_cast<const char*>(bytes), sizeof bytes}};
  CHECK(probe_image(file.path()).format == "WebP");
  const Plane<Rgb<std::uint8_t>> expected{{2, 1}, {{10, 20, 30}, {200, 100, 50}}};
  CHECK(read_image(file.path()) == Image{expected});
}

TEST_CASE("truncated TIFF and EXR files are refused", "[imaging][imgcodecs]") {
  // An EXR's last tenth is pixels only, a TIFF's is its directory.
  for (const std::string& whole : {tiff_bytes(kSize, 1, floats()), exr_bytes(kSize, floats())}) {
    for (std::size_t tenth = 1; tenth < 10; ++tenth) {
      CAPTURE(tenth);
      const OneFile file{whole.substr(0, whole.size() * tenth / 10)};
      CHECK(error_of([&] { (void)read_matte(file.path()); }).kind() == ErrorKind::bad_input);
    }
  }
}

#endif

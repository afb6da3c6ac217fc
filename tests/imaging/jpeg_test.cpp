#include <cstdlib>

#include "imaging/io.hpp"
#include "tests/imaging/one_file.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::imaging;
using namespace mbench::testing;

namespace {

constexpr Size kSize{24, 10};

/// A smooth image, which JPEG keeps almost as it is; wider than high, so that turning shows.
std::vector<std::uint8_t> ramp(int channels) {
  std::vector<std::uint8_t> samples;
  for (int y = 0; y < kSize.height; ++y) {
    for (int x = 0; x < kSize.width; ++x) {
      for (int c = 0; c < channels; ++c) {
        samples.push_back(static_cast<std::uint8_t>(40 + 5 * x + 6 * y));
      }
    }
  }
  return samples;
}

}  // namespace

TEST_CASE("the EXIF orientation is ignored", "[imaging][jpeg]") {
  const OneFile upright{jpeg_bytes(kSize, 3, ramp(3))};
  const Image expected = read_image(upright.path());
  REQUIRE(expected.size() == kSize);
  for (int orientation = 1; orientation <= 8; ++orientation) {
    const OneFile turned{jpeg_bytes(kSize, 3, ramp(3), orientation)};
    CHECK(read_image(turned.path()) == expected);
    CHECK(probe_image(turned.path()).size == kSize);
  }
}

TEST_CASE("a grey JPEG is one channel, and three equal ones as an image", "[imaging][jpeg]") {
  const OneFile file{jpeg_bytes(kSize, 1, ramp(1))};
  CHECK(probe_image(file.path()).channels == 1);
  const Matte matte = read_matte(file.path());
  read_image(file.path()).visit([&](const auto& pixels) {
    for (int y = 0; y < kSize.height; ++y) {
      for (int x = 0; x < kSize.width; ++x) {
        const auto& p = pixels(y, x);
        CHECK((p.r == p.g && p.g == p.b));
        CHECK(matte.view().alpha(y, x) == p.r / 255.0);
        CHECK(std::abs(static_cast<double>(p.r) - (40 + 5 * x + 6 * y)) <= 3);
      }
    }
  });
}

TEST_CASE("a JPEG of equal channels is a matte", "[imaging][jpeg]") {
  const OneFile file{jpeg_bytes(kSize, 3, ramp(3))};
  CHECK(read_matte(file.path()).size() == kSize);
}

TEST_CASE("a CMYK JPEG is refused", "[imaging][jpeg]") {
  const OneFile file{jpeg_bytes(kSize, 4, ramp(4))};
  const Error error = error_of([&] { (void)read_image(file.path()); });
  CHECK(error.kind() == ErrorKind::bad_input);
  CHECK(error.parts().found == "4 channels (CMYK)");
  CHECK_THROWS_AS(probe_image(file.path()), Error);
}

TEST_CASE("a trimap saved as JPEG is refused for its levels", "[imaging][jpeg][trimap]") {
  const Trimap trimap = noise_trimap({32, 32}, 1);
  const OneFile file{jpeg_bytes({32, 32}, 1, {trimap.values().begin(), trimap.values().end()}),
                     "trimap.jpg"};
  const Error error = error_of([&] { (void)read_trimap(file.path()); });
  CHECK_THAT(error.parts().found, Catch::Contains("levels: ") && Catch::Contains("more"));
  CHECK_THAT(error.parts().fix, Catch::Contains("PNG"));
}

TEST_CASE("bytes behind the end of a JPEG are ignored", "[imaging][jpeg]") {
  const std::string bytes = jpeg_bytes(kSize, 3, ramp(3));
  const OneFile plain{bytes};
  const OneFile followed{bytes + "appended by a camera"};
  CHECK(read_image(followed.path()) == read_image(plain.path()));
}

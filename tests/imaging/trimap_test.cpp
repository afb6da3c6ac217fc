#include <cstdio>

#include "imaging/io.hpp"
#include "tests/imaging/one_file.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::imaging;
using namespace mbench::testing;

namespace {

/// A one-row grey file with these values.
OneFile row_of(const std::vector<std::uint16_t>& values, int bits = 8) {
  return OneFile{
      PngSpec{.size = {static_cast<int>(values.size()), 1}, .bit_depth = bits, .samples = values}};
}

Error error_for(const std::vector<std::uint16_t>& values, TrimapLevels levels = {}, int bits = 8) {
  const OneFile file = row_of(values, bits);
  return error_of([&] { (void)read_trimap(file.path(), levels); });
}

Trimap trimap_row(const std::vector<std::uint16_t>& values) {
  return plane_of<std::uint8_t>({static_cast<int>(values.size()), 1}, values);
}

}  // namespace

TEST_CASE("a trimap of 0, 128 and 255 is read as it is", "[imaging][trimap]") {
  CHECK(read_trimap(row_of({0, 128, 255, 128}).path()) == trimap_row({0, 128, 255, 128}));
  CHECK(read_trimap(row_of({128, 128}).path()) == trimap_row({128, 128}));  // all unknown exists
}

TEST_CASE("palette trimaps, as alphamatting.com has them, are read", "[imaging][trimap]") {
  const OneFile file{{.size = {4, 1},
                      .colour = PngColour::palette,
                      .bit_depth = 2,
                      .samples = {2, 1, 0, 1},
                      .palette = {{255, 255, 255}, {128, 128, 128}, {0, 0, 0}}}};
  CHECK(read_trimap(file.path()) == trimap_row({0, 128, 255, 128}));
}

TEST_CASE("an RGBA trimap whose unknown is 102 is refused with the setting that accepts it",
          "[imaging][trimap]") {
  const OneFile file{
      {.size = {4, 1},
       .colour = PngColour::rgba,
       .samples = {0, 0, 0, 255, 102, 102, 102, 255, 102, 102, 102, 255, 255, 255, 255, 255}}};
  const Error error = error_of([&] { (void)read_trimap(file.path()); });
  CHECK(error.kind() == ErrorKind::bad_input);
  CHECK(error.parts().found == "3 levels: 0 (1 px), 102 (2 px), 255 (1 px)");
  CHECK_THAT(error.parts().fix, Catch::Contains("set trimap_levels = [0, 102, 255]"));
  CHECK(read_trimap(file.path(), {.unknown = 102}) == trimap_row({0, 128, 128, 255}));
}

TEST_CASE("with fewer than three levels the suggested setting moves the usual ones least",
          "[imaging][trimap]") {
  const auto [values, setting] = GENERATE(table<std::vector<std::uint16_t>, std::string>({
      {{0, 127}, "[0, 127, 255]"},
      {{127, 255}, "[0, 127, 255]"},
      {{0, 254}, "[0, 128, 254]"},
      {{1, 254}, "[1, 128, 254]"},
      {{129}, "[0, 129, 255]"},
      {{3}, "[3, 128, 255]"},
      {{128, 250}, "[0, 128, 250]"},
      {{0, 1, 2}, "[0, 1, 2]"},
  }));
  const Error error = error_for(values);
  CHECK_THAT(error.parts().fix, Catch::Contains("trimap_levels = " + setting + " "));
}

TEST_CASE("every suggested setting accepts the file", "[imaging][trimap]") {
  const Plane<std::uint8_t> noise = noise_plane({3, 200}, 8);
  for (int y = 0; y < 200; ++y) {
    const OneFile file = row_of({noise.row(y).begin(), noise.row(y).begin() + 1 + y % 3});
    const Error error = error_of([&] { (void)read_trimap(file.path()); });
    const std::string& fix = error.parts().fix;
    int b = 0;
    int u = 0;
    int f = 0;
    if (error.kind() == ErrorKind::internal) continue;  // the row is made of 0, 128 and 255
    REQUIRE(std::sscanf(fix.c_str(), "set trimap_levels = [%d, %d, %d]", &b, &u, &f) == 3);
    CHECK_NOTHROW(read_trimap(file.path(), {b, u, f}));
  }
}

TEST_CASE("more than three levels are listed with their counts and no setting is suggested",
          "[imaging][trimap]") {
  const Error error = error_for({0, 128, 255, 254, 254});
  CHECK(error.parts().found == "4 levels: 0 (1 px), 128 (1 px), 254 (2 px), 255 (1 px)");
  CHECK_THAT(error.parts().fix, !Catch::Contains("trimap_levels"));
  CHECK_THAT(error.parts().fix, Catch::Contains("three levels"));

  const Error many = error_for({0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
  CHECK_THAT(many.parts().found, Catch::Contains("7 (1 px) and 2 more"));
}

TEST_CASE("16-bit trimaps hold multiples of 257", "[imaging][trimap]") {
  CHECK(read_trimap(row_of({0, 128 * 257, 65535}, 16).path()) == trimap_row({0, 128, 255}));
  const Error scaled = error_for({0, 102 * 257, 65535}, {}, 16);
  CHECK_THAT(scaled.parts().fix, Catch::Contains("[0, 102, 255]"));
  const Error half = error_for({0, 32768, 65535}, {}, 16);
  CHECK(half.parts().found == "3 levels: 0 (1 px), 32768 (1 px), 65535 (1 px)");
  CHECK_THAT(half.parts().expected, Catch::Contains("times 257"));
  CHECK_THAT(half.parts().fix, !Catch::Contains("trimap_levels"));
}

TEST_CASE("levels that are no three different bytes are refused as usage", "[imaging][trimap]") {
  CHECK(error_for({0}, {0, 0, 255}).kind() == ErrorKind::usage);
  CHECK(error_for({0}, {0, 128, 256}).kind() == ErrorKind::usage);
  CHECK(error_for({0}, {-1, 128, 255}).kind() == ErrorKind::usage);
}

TEST_CASE("inverted levels are accepted when they are asked for", "[imaging][trimap]") {
  CHECK(read_trimap(row_of({0, 128, 255}).path(), {255, 128, 0}) == trimap_row({255, 128, 0}));
}

TEST_CASE("a photograph is refused as a trimap", "[imaging][trimap]") {
  const OneFile file{{.size = {2, 1}, .colour = PngColour::rgb, .samples = {1, 2, 3, 4, 5, 6}}};
  CHECK_THROWS_WITH(read_trimap(file.path()), Catch::Contains("colour image"));
}

#include "imaging/resample.hpp"

#include <algorithm>
#include <cmath>

#include "imaging/io.hpp"
#include "tests/imaging/one_file.hpp"
#include "tests/imaging/resample_golden.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::imaging;
using namespace mbench::testing;

namespace {

constexpr std::array kRules{ResizeRule::skimage014, ResizeRule::skimage019};
constexpr std::array kInterpolations{Interpolation::nearest, Interpolation::linear,
                                     Interpolation::cubic, Interpolation::lanczos4};
constexpr std::array kFilters{PillowFilter::bilinear, PillowFilter::bicubic};
const std::vector<Size> kSizes{{80, 60}, {20, 15}, {13, 64}, {1, 1}, {40, 30}};

double largest_difference(const std::vector<double>& a, const std::vector<double>& b) {
  REQUIRE(a.size() == b.size());
  double largest = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) largest = std::max(largest, std::abs(a[i] - b[i]));
  return largest;
}

std::vector<double> resized(const GoldenArray& image, Size size, ResizeRule rule) {
  if (image.type == "float32") {
    return numbers_of(resize_skimage(pixels_of<float>(image), size, rule));
  }
  if (image.channels == 3) {
    return numbers_of(resize_skimage(pixels_of<Rgb<std::uint8_t>>(image), size, rule));
  }
  return numbers_of(resize_skimage(pixels_of<std::uint8_t>(image), size, rule));
}

/// 0.19 stores floats after each of three steps. The golden values of 0.14 come from a
/// transformation that was estimated, and, for floats, from one in single precision throughout,
/// which 0.14 did not have.
double tolerance(const GoldenArray& array) {
  const bool is_float = array.type == "float32";
  if (array.rule == "skimage014") return is_float ? 2e-6 : 1e-13;
  return is_float ? 2e-7 : 1e-15;
}

Plane<float> noise_floats(Size size, std::uint64_t seed) {
  const Plane<std::uint8_t> noise = noise_plane(size, seed);
  Plane<float> plane{size};
  std::ranges::transform(noise.values(), plane.values().begin(),
                         [](std::uint8_t value) { return static_cast<float>(value) / 255.0F; });
  return plane;
}

}  // namespace

TEST_CASE("resizing by both rules equals scikit-image's on every golden image",
          "[imaging][resample][golden]") {
  GoldenArray image;
  int compared = 0;
  for (const GoldenArray& array : golden_arrays("skimage.txt")) {
    if (array.rule == "image") {
      image = array;
      continue;
    }
    CAPTURE(array.name, array.rule, to_string(image.size), to_string(array.size));
    const auto ours = resized(image, array.size, resize_rule(array.rule));
    CHECK(largest_difference(ours, array.values) <= tolerance(array));
    ++compared;
  }
  CHECK(compared == 38);
}

TEST_CASE("resizing of 8-bit images equals Pillow's bit for bit", "[imaging][resample][golden]") {
  GoldenArray image;
  int compared = 0;
  for (const GoldenArray& array : golden_arrays("pillow.txt")) {
    if (array.rule == "image") {
      image = array;
      continue;
    }
    CAPTURE(array.name, array.rule, to_string(image.size), to_string(array.size));
    const auto filter = array.rule == "bilinear" ? PillowFilter::bilinear : PillowFilter::bicubic;
    const auto ours =
        image.channels == 3
            ? numbers_of(resize_pillow(pixels_of<Rgb<std::uint8_t>>(image), array.size, filter))
            : numbers_of(resize_pillow(pixels_of<std::uint8_t>(image), array.size, filter));
    CHECK(ours == array.values);
    ++compared;
  }
  CHECK(compared == 32);
}

TEST_CASE("resizing equals the pictures that Pillow resized", "[imaging][resample][golden]") {
  const auto folder = shared_path("golden-compose/pil-resize");
  if (!folder) return;
  int compared = 0;
  for (const auto& entry : std::filesystem::directory_iterator{*folder}) {
    const std::string file = entry.path().filename().string();
    const auto split = file.find("_bi");
    if (split == std::string::npos) continue;
    CAPTURE(file);
    const auto filter = file.find("_bilinear") != std::string::npos ? PillowFilter::bilinear
                                                                    : PillowFilter::bicubic;
    const Image image = read_image(*folder / (file.substr(0, split) + "_in.png"));
    const Image expected = read_image(entry.path());
    CHECK(Image{image.visit([&](const auto& pixels) -> Plane<Rgb<std::uint8_t>> {
            if constexpr (std::is_same_v<decltype(pixels), const Plane<Rgb<std::uint8_t>>&>) {
              return resize_pillow(pixels, expected.size(), filter);
            }
            return {};
          })} == expected);
    ++compared;
  }
  CHECK(compared > 0);
}

TEST_CASE("a constant image stays constant under every rule", "[imaging][resample]") {
  const auto value =
      GENERATE(std::uint8_t{0}, std::uint8_t{1}, std::uint8_t{100}, std::uint8_t{255});
  const Plane<std::uint8_t> image{{40, 30}, value};
  for (const Size size : kSizes) {
    CAPTURE(value, to_string(size));
    for (const ResizeRule rule : kRules) {
      // Clipping to the range of the image undoes even the fading at the edges.
      CHECK(resize_skimage(image, size, rule) == Plane<double>{size, value * (1.0 / 255.0)});
    }
    for (const Interpolation interpolation : kInterpolations) {
      CHECK(resize_opencv(image, size, interpolation) == Plane<std::uint8_t>{size, value});
    }
    for (const PillowFilter filter : kFilters) {
      CHECK(resize_pillow(image, size, filter) == Plane<std::uint8_t>{size, value});
    }
  }
}

TEST_CASE("resizing to the same size changes nothing", "[imaging][resample]") {
  const Size size{37, 23};
  const Plane<std::uint8_t> bytes = noise_plane(size, 1);
  const Plane<float> floats = noise_floats(size, 2);
  for (const ResizeRule rule : kRules) CHECK(resize_skimage(floats, size, rule) == floats);
  for (const Interpolation interpolation : kInterpolations) {
    CHECK(resize_opencv(bytes, size, interpolation) == bytes);
    CHECK(resize_opencv(floats, size, interpolation) == floats);
  }
  for (const PillowFilter filter : kFilters) CHECK(resize_pillow(bytes, size, filter) == bytes);
}

TEST_CASE("resizing in two steps, one axis each, is resizing", "[imaging][resample]") {
  const Plane<float> floats = noise_floats({40, 30}, 3);
  const Plane<std::uint8_t> bytes = noise_plane({40, 30}, 3);
  for (const Size size : {Size{90, 70}, Size{17, 70}, Size{90, 11}}) {
    const Size between{size.width, 30};
    CAPTURE(to_string(size));
    for (const Interpolation interpolation : kInterpolations) {
      const auto steps =
          resize_opencv(resize_opencv(floats, between, interpolation), size, interpolation);
      CHECK(largest_difference(numbers_of(resize_opencv(floats, size, interpolation)),
                               numbers_of(steps)) <= 1e-6);
    }
    for (const PillowFilter filter : kFilters) {
      CHECK(resize_pillow(resize_pillow(bytes, between, filter), size, filter) ==
            resize_pillow(bytes, size, filter));
    }
    for (const ResizeRule rule : kRules) {
      const auto steps = resize_skimage(resize_skimage(floats, between, rule), size, rule);
      CHECK(largest_difference(numbers_of(resize_skimage(floats, size, rule)), numbers_of(steps)) <=
            2e-7);
    }
  }
}

TEST_CASE("the channels of an image are resized each on its own", "[imaging][resample]") {
  const Size from{29, 31};
  const Plane<float> red = noise_floats(from, 1);
  Plane<Rgb<float>> colours{from};
  for (std::size_t i = 0; i < red.values().size(); ++i) {
    colours.values()[i] = {red.values()[i], 0.0F, 1.0F};  // 0 and 1: one range for the clipping
  }
  for (const Size size : {Size{64, 70}, Size{9, 12}}) {
    const auto check = [&](const Plane<Rgb<float>>& all, const Plane<float>& one) {
      for (std::size_t i = 0; i < one.values().size(); ++i) {
        REQUIRE(all.values()[i].r == Approx(one.values()[i]).margin(1e-6));
      }
    };
    for (const ResizeRule rule : kRules) {
      check(resize_skimage(colours, size, rule), resize_skimage(red, size, rule));
    }
    for (const Interpolation interpolation : kInterpolations) {
      check(resize_opencv(colours, size, interpolation), resize_opencv(red, size, interpolation));
    }
  }
}

TEST_CASE("the rule of scikit-image 0.14 fades an enlarged image at its edges",
          "[imaging][resample]") {
  Plane<std::uint8_t> image{{4, 1}, 255};
  image(0, 3) = 0;
  const auto old_rule = resize_skimage(image, {16, 1}, ResizeRule::skimage014);
  const auto new_rule = resize_skimage(image, {16, 1}, ResizeRule::skimage019);
  CHECK(old_rule(0, 0) == 0.625);  // at -0.375: 37.5 % of what lies outside
  CHECK(old_rule(0, 1) == 0.875);
  CHECK(old_rule(0, 2) == 1.0);
  for (int x = 0; x < 10; ++x) CHECK(new_rule(0, x) == 1.0);  // exactly: methods compare with 1
  for (int x = 10; x < 14; ++x) CHECK(new_rule(0, x) == 1.0 - (x - 9.5) / 4.0);
}

TEST_CASE("scikit-image 0.19 with mode constant is black beyond the edges", "[imaging][resample]") {
  constexpr ResizeRule kConstant = ResizeRule::skimage019_constant;
  Plane<std::uint8_t> image{{4, 1}, 255};
  image(0, 3) = 0;
  const auto larger = resize_skimage(image, {16, 1}, kConstant);
  CHECK(larger == resize_skimage(image, {16, 1}, ResizeRule::skimage014));  // both fade
  // Where it shrinks, weights of exp(-2 x^2) within 2 pixels come first.
  const auto smaller = resize_skimage(image, {2, 1}, kConstant);
  const double near = std::exp(-2.0), far = std::exp(-8.0), sum = 1.0 + 2.0 * (near + far);
  const double first = (1.0 + near + far) / sum, second = (1.0 + 2.0 * near) / sum;
  CHECK(smaller(0, 0) == Approx((first + second) / 2.0).epsilon(1e-14));
  // The edge of a plane image fades and is then raised to the range of the image.
  const Plane<std::uint8_t> plain{{4, 4}, 255};
  CHECK(resize_skimage(plain, {2, 16}, kConstant) == Plane<double>{{2, 16}, 1.0});
}

TEST_CASE("a part of an image resized by Pillow's rule is that of the whole",
          "[imaging][resample]") {
  const Plane<std::uint8_t> noise = noise_plane({3 * 23, 17}, 8);
  Plane<Rgb<std::uint8_t>> image{{23, 17}};
  for (std::size_t i = 0; i < image.values().size(); ++i) {
    const std::uint8_t* const p = noise.values().data() + 3 * i;
    image.values()[i] = {p[0], p[1], p[2]};
  }
  for (const Size size : {Size{23, 17}, Size{50, 17}, Size{23, 40}, Size{61, 43}, Size{9, 30}}) {
    for (const PillowFilter filter : kFilters) {
      const auto whole = resize_pillow(image, size, filter);
      for (const Size part : {Size{1, 1}, Size{9, 17}, Size{5, size.height}, Size{size.width, 2}}) {
        CAPTURE(to_string(size), to_string(part));
        const auto kept = resize_pillow_part(image, size, part, filter);
        REQUIRE(kept.size() == part);
        bool is_equal = true;
        for (int y = 0; y < part.height; ++y) {
          for (int x = 0; x < part.width; ++x) is_equal &= kept(y, x) == whole(y, x);
        }
        CHECK(is_equal);
      }
    }
  }
  const Error error = error_of([&] {
    (void)resize_pillow_part(image, {30, 30}, {31, 2}, PillowFilter::bicubic);
  });
  CHECK(error.kind() == ErrorKind::bad_input);
  CHECK_THAT(error.what(), Catch::Contains("at most 30x30") && Catch::Contains("31x2"));
}

TEST_CASE("a resize rule is known by its name", "[imaging][resample]") {
  for (const ResizeRule rule : kRules) CHECK(resize_rule(to_string(rule)) == rule);
  const Error error = error_of([] { (void)resize_rule("skimage"); });
  CHECK(error.kind() == ErrorKind::usage);
  CHECK_THAT(error.what(), Catch::Contains("skimage014 or skimage019"));
}

TEST_CASE("resizing from or to nothing is refused", "[imaging][resample]") {
  const Plane<std::uint8_t> image{{5, 4}};
  const Error error = error_of([&] { (void)resize_opencv(image, {0, 3}, Interpolation::linear); });
  CHECK(error.kind() == ErrorKind::bad_input);
  CHECK_THAT(error.what(), Catch::Contains("5x4 resized to 0x3"));
  CHECK(error_of([&] {
          (void)resize_skimage(Plane<float>{}, {3, 3}, ResizeRule::skimage019);
        }).kind() == ErrorKind::bad_input);
  CHECK(error_of([&] {
          (void)resize_pillow(image, {3, 0}, PillowFilter::bilinear);
        }).kind() == ErrorKind::bad_input);
}

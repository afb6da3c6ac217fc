#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <string>

#include "core/error.hpp"
#include "core/sha256.hpp"
#include "datasets/demo/background.hpp"
#include "datasets/demo/finish.hpp"
#include "datasets/demo/sample.hpp"
#include "imaging/io.hpp"
#include "imaging/trimap_rules.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"

namespace mbench::datasets::demo {
namespace {

template <typename Pixel>
std::string digest(const Plane<Pixel>& plane) {
  return sha256_hex(std::as_bytes(plane.values()));
}

double share(const Plane<std::uint8_t>& alpha, int low, int high) {
  const auto inside =
      std::ranges::count_if(alpha.values(), [&](std::uint8_t a) { return a >= low && a <= high; });
  return static_cast<double>(inside) / static_cast<double>(alpha.size().pixels());
}

DemoOptions tiny(std::uint64_t seed) {
  DemoOptions options;
  options.seed = seed;
  options.long_side = 96;
  return options;
}

/// The largest distance between an image and its composition, in levels.
double identity_error(const DemoSample& s) {
  double worst = 0.0;
  for (int y = 0; y < s.alpha.size().height; ++y) {
    for (int x = 0; x < s.alpha.size().width; ++x) {
      const double a = s.alpha(y, x) / 255.0;
      const auto& i = s.image(y, x);
      const auto& f = s.foreground(y, x);
      const auto& b = s.background(y, x);
      worst = std::max({worst, std::abs(i.r - (a * f.r + (1 - a) * b.r)),
                        std::abs(i.g - (a * f.g + (1 - a) * b.g)),
                        std::abs(i.b - (a * f.b + (1 - a) * b.b))});
    }
  }
  return worst;
}

}  // namespace

TEST_CASE("The first 40 samples have AIM-500's types and categories in the planned numbers",
          "[demo][catalog]") {
  std::map<std::string, int> types;
  std::map<std::string, int> salient;
  std::set<std::string> ids;
  for (int i = 0; i < 40; ++i) {
    const DemoTitle title = demo_title(i);
    ++types[title.type];
    if (title.type == "SO") ++salient[title.category];
    CHECK(ids.insert(title.id).second);
  }
  CHECK(types == std::map<std::string, int>{{"SO", 28}, {"STM", 7}, {"NS", 5}});
  CHECK(salient == std::map<std::string, int>{{"portrait", 6},
                                              {"animal", 10},
                                              {"plant", 5},
                                              {"furniture", 3},
                                              {"toy", 2},
                                              {"fruit", 2}});
  CHECK(demo_title(0).id == "portrait_01");
  CHECK(demo_title(40).id == "portrait_07");
}

TEST_CASE("Eight samples already show every type and category", "[demo][catalog]") {
  std::set<std::string> types;
  std::set<std::string> categories;
  for (int i = 0; i < 8; ++i) {
    types.insert(demo_title(i).type);
    categories.insert(demo_title(i).category);
  }
  CHECK(types.size() == 3);
  CHECK(categories == std::set<std::string>{"animal", "fruit", "furniture", "plant", "portrait",
                                            "toy", "transparent"});
}

TEST_CASE("Every id is used once, however many samples are asked for", "[demo][catalog]") {
  std::set<std::string> ids;
  for (int i = 0; i < 2000; ++i) CHECK(ids.insert(demo_title(i).id).second);
}

TEST_CASE("Samples are the same pixels on every machine", "[demo][golden]") {
  // SHA-256 of the pixels at long side 96, seed 7: a change of any of them must raise
  // kRecipeVersion and be told in the CHANGELOG.
  struct Golden {
    int index;
    std::string_view id, alpha, image;
  };
  const auto golden = GENERATE(
      Golden{0, "portrait_01", "06d9f4473e98f1d7aa9525e9ce4dd735a2f9c69bf359ddbd9635b60ed24b6e12",
             "7ff5d940d146ba596a6467c4acccc0a44aab3fc424caabfd1c5c6436eb458c3e"},
      Golden{2, "wine-glass_01", "0d5858b9fd1262301cb39504f785ded3b8461a2073697ca448009a5602008d39",
             "2d12cbbfc03b839c94714ac54aa24cbf03341087f3f599f6398e188a53aea106"},
      Golden{4, "web_01", "74d08e07d812aceb8d6a9c8a8cfd0b5ec858f3e8061e8c056eccf2fffdd8e271",
             "4e4c4c8dc569eb48d43f8f25528af33dd7e0c2e348d719fb68f4417e36e7be46"},
      Golden{11, "rabbit_01", "f0e8f26129efd8ea384b79148c0c7be2164e2d03589617a4e7793720c27b2267",
             "8bb5ad6f791a56f1976a3d8d1e2467da751019fd6e3e4df347d1a4ac937e22cd"},
      Golden{3, "fern_01", "f4d3f327e6d3c7715632c53d922ea96257e6c02e758a5a42be1f9099b9f634aa",
             "892406a63272ac6c724589fa905528157c95e296b58b12d58457ea4b1f77e98c"},
      Golden{9, "smoke_01", "aef81997822c13e4e4884ebd07037fcbbf3319f81d986f866f67aaac471715e7",
             "aef1d86d72d611ce80206f38d2eec74ee628c16b4a64c6bf580fc91c9b2f6001"});
  const DemoSample sample = render_demo_sample(golden.index, tiny(7));
  CHECK(sample.id == golden.id);
  CHECK(digest(sample.alpha) == golden.alpha);
  CHECK(digest(sample.image) == golden.image);
}

TEST_CASE("A sample is a function of its index and the options; the count plays no part",
          "[demo]") {
  DemoOptions options = tiny(11);
  const DemoSample first = render_demo_sample(5, options);
  options.count = 3;
  const DemoSample again = render_demo_sample(5, options);
  CHECK(first.image == again.image);
  CHECK(first.alpha == again.alpha);
  options.seed = 12;
  CHECK_FALSE(render_demo_sample(5, options).alpha == first.alpha);
}

TEST_CASE("The image is alpha F + (1 - alpha) B within half a level, for every sample",
          "[demo][property]") {
  const std::uint64_t seed = GENERATE(7U, 991U);
  for (int index = 0; index < 40; ++index) {
    const DemoSample sample = render_demo_sample(index, tiny(seed));
    CAPTURE(sample.id);
    CHECK(identity_error(sample) <= 0.5 + 1e-9);
    CHECK(sample.image.size() == sample.alpha.size());
    CHECK(sample.trimap.size() == sample.alpha.size());
    CHECK(std::max(sample.alpha.size().width, sample.alpha.size().height) == 96);
  }
}

TEST_CASE("At 640 pixels every sample looks like matting data of its type", "[demo][property]") {
  DemoOptions options;
  options.seed = GENERATE(7U, 4242U);
  for (int index = 0; index < 40; ++index) {
    const DemoSample s = render_demo_sample(index, options);
    CAPTURE(options.seed, s.id);
    const double fractional = share(s.alpha, 1, 254);
    const double opaque = share(s.alpha, 255, 255);
    const TrimapCounts known = count_levels(s.trimap);
    const TrimapCounts unified = count_levels(s.unified);
    CAPTURE(fractional, opaque);
    if (s.type == "SO") {
      CHECK(s.trimap_kernel == 25);
      CHECK(fractional >= 0.03);
      CHECK(fractional <= 0.25);
      // A method that needs both scribbles can run.
      CHECK(known.foreground > s.alpha.size().pixels() / 100);
      CHECK(known.background > s.alpha.size().pixels() / 20);
      CHECK(unified.foreground > 0);
    } else if (s.type == "STM") {
      CHECK(s.trimap_kernel == 30);
      CHECK(opaque <= 0.005);
      CHECK(fractional > 0.10);
      CHECK(unified.foreground == 0);
      CHECK(known.background > 0);
    } else {
      CHECK(s.trimap_kernel == 30);
      CHECK(fractional > 0.10);
      CHECK(unified.unknown == s.alpha.size().pixels());
    }
    CHECK(identity_error(s) <= 0.5 + 1e-9);
    // The trimap tells the truth wherever it claims to know.
    bool truthful = true;
    for (int y = 0; y < s.alpha.size().height; ++y) {
      for (int x = 0; x < s.alpha.size().width; ++x) {
        const int level = s.trimap(y, x);
        truthful = truthful && (level != kForeground || s.alpha(y, x) == 255) &&
                   (level != kBackground || s.alpha(y, x) == 0);
      }
    }
    CHECK(truthful);
    CHECK(s.trimap == imaging::make_trimap(s.alpha.view(), s.trimap_kernel));
    CHECK(s.made_by == "gfm:" + std::to_string(s.trimap_kernel));
  }
}

TEST_CASE("One scene at two resolutions has the same alpha up to sampling", "[demo][property]") {
  const int index = GENERATE(0, 2, 5, 8, 26, 34);
  DemoOptions options;
  options.long_side = 160;
  const DemoSample small = render_demo_sample(index, options);
  options.long_side = 640;
  const DemoSample large = render_demo_sample(index, options);
  CAPTURE(small.id);
  REQUIRE(large.alpha.size().width / 4 == small.alpha.size().width);
  double difference = 0.0;
  for (int y = 0; y < std::min(small.alpha.size().height, large.alpha.size().height / 4); ++y) {
    for (int x = 0; x < small.alpha.size().width; ++x) {
      double sum = 0.0;
      for (int v = 0; v < 4; ++v) {
        for (int u = 0; u < 4; ++u) sum += large.alpha(4 * y + v, 4 * x + u);
      }
      difference += std::abs(sum / 16.0 - small.alpha(y, x)) / 255.0;
    }
  }
  CHECK(difference / static_cast<double>(small.alpha.size().pixels()) < 0.01);
}

TEST_CASE("The smallest pictures are rendered too", "[demo]") {
  DemoOptions options;
  options.long_side = kSmallestLongSide;
  for (int index = 0; index < 40; ++index) {
    const DemoSample sample = render_demo_sample(index, options);
    CAPTURE(sample.id);
    CHECK(sample.trimap_kernel >= 3);
    CHECK(share(sample.alpha, 1, 255) > 0.01);
  }
}

TEST_CASE("The foreground runs on smoothly where alpha is 0", "[demo]") {
  const DemoSample sample = render_demo_sample(1, tiny(7));
  int jumps = 0;
  int pairs = 0;
  for (int y = 0; y < sample.alpha.size().height; ++y) {
    for (int x = 1; x < sample.alpha.size().width; ++x) {
      if (sample.alpha(y, x) != 0 || sample.alpha(y, x - 1) != 0) continue;
      ++pairs;
      const int step = sample.foreground(y, x).g - sample.foreground(y, x - 1).g;
      if (std::abs(step) > 24) ++jumps;
    }
  }
  REQUIRE(pairs > 100);
  CHECK(jumps < pairs / 50);
}

TEST_CASE("A long side or kernel out of range is refused with the range", "[demo][error]") {
  DemoOptions options;
  options.long_side = GENERATE(63, 4097, -1);
  try {
    static_cast<void>(render_demo_sample(0, options));
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::usage);
    CHECK(error.parts().what == "the long side of the demo data set is out of range");
    CHECK(error.parts().expected == "64 to 4096 pixels");
    CHECK(error.parts().found == std::to_string(options.long_side));
  }
  options.long_side = 96;
  options.trimap_kernel = 0;
  CHECK_THROWS_AS(render_demo_sample(0, options), Error);
}

TEST_CASE("Another trimap rule than gfm is used as it stands, and says what it drew",
          "[demo][trimap]") {
  DemoOptions options;
  options.long_side = 96;
  for (const char* rule : {"opt", "gca-random", "usr", "dist:3"}) {
    CAPTURE(rule);
    options.trimap_rule = trimaps::choose_rule(rule);
    const DemoSample sample = render_demo_sample(0, options);
    const auto made = trimaps::choose_rule(sample.made_by);
    const trimaps::TrimapInput input{.alpha = sample.alpha.view(),
                                     .type = imaging::image_type(sample.type)};
    CHECK(sample.trimap == trimaps::make_trimap(made, input, 0, "").trimap);
    CHECK_FALSE(made.rule->draws);
  }
}

TEST_CASE("A photograph is scaled to cover the picture and cropped at its centre",
          "[demo][background]") {
  // 8 x 4: four columns of brightness 0, 1 (the middle four), 0.
  Plane<Rgb<std::uint8_t>> photo{Size{8, 4}};
  for (int y = 0; y < 4; ++y) {
    for (int x = 2; x < 6; ++x) photo(y, x) = {255, 255, 255};
  }
  const Plane<Vec3> halved = fit_photograph(Image{photo}, Size{2, 2}, 0.0);
  for (const Vec3& c : halved.values()) CHECK(c.x == Approx(1.0));
  const Plane<Vec3> wide = fit_photograph(Image{photo}, Size{4, 2}, 0.0);
  CHECK(wide(0, 0).x == Approx(0.0));
  CHECK(wide(1, 1).x == Approx(1.0));
  const Plane<Vec3> larger = fit_photograph(Image{photo}, Size{32, 32}, 0.0);
  for (const Vec3& c : larger.values()) CHECK(c.x == Approx(1.0).margin(0.51));
}

TEST_CASE("The box blur keeps a constant image and the mean of a distant spot",
          "[demo][background]") {
  const double radius = GENERATE(0.0, 0.5, 1.0, 2.7);
  Plane<Vec3> image{Size{41, 37}, Vec3{.25, .5, .75}};
  const Plane<Vec3> same = box_blur(image, radius);
  for (const Vec3& c : same.values()) CHECK(c.y == Approx(0.5));
  image = Plane<Vec3>{Size{41, 37}};
  image(18, 20) = {1, 1, 1};
  double sum = 0.0;
  const Plane<Vec3> spot = box_blur(image, radius);
  for (const Vec3& c : spot.values()) sum += c.x;
  CHECK(sum == Approx(1.0));
  CHECK(spot(18, 19).x == Approx(spot(18, 21).x));
  CHECK(spot(17, 20).x == Approx(spot(18, 21).x));
}

TEST_CASE("The composition in integers rounds to the nearest level", "[demo][property]") {
  Plane<std::uint8_t> alpha{Size{256, 1}};
  Plane<Rgb<std::uint8_t>> front{Size{256, 1}};
  Plane<Rgb<std::uint8_t>> back{Size{256, 1}};
  for (int f = 0; f < 256; f += 15) {
    for (int b = 0; b < 256; b += 17) {
      for (int a = 0; a < 256; ++a) {
        alpha(0, a) = static_cast<std::uint8_t>(a);
        front(0, a).r = static_cast<std::uint8_t>(f);
        back(0, a).r = static_cast<std::uint8_t>(b);
      }
      const auto image = compose(alpha, front, back);
      for (int a = 0; a < 256; ++a) {
        REQUIRE(std::abs(image(0, a).r - (a * f + (255 - a) * b) / 255.0) < 0.5);
      }
    }
  }
}

}  // namespace mbench::datasets::demo

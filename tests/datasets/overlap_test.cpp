#include "datasets/overlap.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "datasets/demo/generate.hpp"
#include "datasets/perceptual_hash.hpp"
#include "imaging/io.hpp"
#include "imaging/resample.hpp"
#include "tests/datasets/published_sets.hpp"
#include "tests/datasets/small_sets.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"

using namespace mbench;
using namespace mbench::datasets;
using namespace mbench::testing;
using Catch::Contains;

namespace {

namespace fs = std::filesystem;
using Colours = Plane<Rgb<std::uint8_t>>;

/// A picture of the demo set with its matte.
struct Pair {
  std::string id;
  Colours picture;
  Plane<std::uint8_t> alpha;
};

/// The demo set, rendered once for all tests.
const std::vector<Pair>& demo_pairs() {
  static const TemporaryFolder folder;
  static const std::vector<Pair> pairs = [] {
    demo::generate_demo(folder.path(), {.seed = 7, .count = 40, .long_side = 320});
    std::vector<Pair> all;
    const Dataset dataset = open_folder(folder.path());
    for (const SampleFiles& files : dataset.samples) {
      Colours picture;
      imaging::read_image(files.image).visit([&](const auto& pixels) {
        if constexpr (std::is_same_v<std::decay_t<decltype(pixels)>, Colours>) picture = pixels;
      });
      all.push_back({files.id, std::move(picture), to_u8(imaging::read_matte(files.truth))});
    }
    return all;
  }();
  return pairs;
}

std::uint64_t hash(const Pair& pair) {
  return perceptual_hash(Image{pair.picture}, Matte{pair.alpha}).value();
}

Pair rescaled(const Pair& pair, double factor) {
  const Size old = pair.alpha.size();
  const Size size{static_cast<int>(old.width * factor), static_cast<int>(old.height * factor)};
  return {pair.id,
          imaging::resize_pillow(pair.picture.view(), size, imaging::PillowFilter::bicubic),
          imaging::resize_pillow(pair.alpha.view(), size, imaging::PillowFilter::bicubic)};
}

template <typename Change>
Pair changed(Pair pair, const Change& change) {
  for (auto& pixel : pair.picture.values()) {
    pixel = {change(pixel.r), change(pixel.g), change(pixel.b)};
  }
  return pair;
}

Pair brightened(const Pair& pair, double gain, double offset) {
  return changed(pair, [&](std::uint8_t level) {
    return static_cast<std::uint8_t>(std::clamp(gain * level + offset, 0.0, 255.0));
  });
}

Pair recompressed(const Pair& pair, const TemporaryFolder& folder) {
  std::vector<std::uint8_t> samples;
  for (const auto& pixel : pair.picture.values()) {
    samples.insert(samples.end(), {pixel.r, pixel.g, pixel.b});
  }
  write_text(folder / "copy.jpg", jpeg_bytes(pair.alpha.size(), 3, samples));
  Pair copy = pair;
  imaging::read_image(folder / "copy.jpg").visit([&](const auto& pixels) {
    if constexpr (std::is_same_v<std::decay_t<decltype(pixels)>, Colours>) copy.picture = pixels;
  });
  return copy;
}

template <typename T>
Plane<T> flipped(const Plane<T>& plane) {
  Plane<T> result{plane.size()};
  for (int y = 0; y < plane.size().height; ++y) {
    std::ranges::reverse_copy(plane.row(y), result.row(y).begin());
  }
  return result;
}

Fingerprint print_of(std::string id, std::optional<std::uint64_t> foreground,
                     std::optional<std::uint64_t> whole) {
  return {.id = id, .sha256 = id, .foreground = foreground, .whole = whole};
}

}  // namespace

TEST_CASE("copies that were rescaled, compressed again or brightened keep their hash",
          "[datasets][overlap]") {
  const TemporaryFolder folder;
  int most = 0;
  for (const Pair& pair : demo_pairs()) {
    if (!perceptual_hash(Image{pair.picture}, Matte{pair.alpha})) continue;
    CAPTURE(pair.id);
    for (const Pair& copy :
         {rescaled(pair, 0.5), rescaled(pair, 0.25), rescaled(pair, 1.6), brightened(pair, 1.2, 0),
          brightened(pair, 0.8, 20), recompressed(pair, folder)}) {
      most = std::max(most, hash_distance(hash(pair), hash(copy)));
    }
  }
  CHECK(most <= kSamePicture);
}

TEST_CASE("pictures of different things have hashes far apart", "[datasets][overlap]") {
  const std::vector<Pair>& pairs = demo_pairs();
  const auto kind = [](const Pair& pair) { return pair.id.substr(0, pair.id.rfind('_')); };
  int alike = 0;  // of one kind: drawn alike
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    for (std::size_t k = i + 1; k < pairs.size(); ++k) {
      const auto first = perceptual_hash(Image{pairs[i].picture}, Matte{pairs[i].alpha});
      const auto second = perceptual_hash(Image{pairs[k].picture}, Matte{pairs[k].alpha});
      if (!first || !second) continue;
      const int distance =
          std::min(hash_distance(*first, *second), hash_distance(mirrored(*first), *second));
      CAPTURE(pairs[i].id, pairs[k].id, distance);
      if (kind(pairs[i]) == kind(pairs[k])) {
        alike += distance <= kSamePicture ? 1 : 0;
      } else {
        CHECK(distance > kSamePicture);
      }
    }
  }
  CHECK(alike <= 2);
}

TEST_CASE("the hash of a mirror image follows from the hash", "[datasets][overlap]") {
  for (const Pair& pair : demo_pairs()) {
    const Pair mirror{pair.id, flipped(pair.picture), flipped(pair.alpha)};
    CAPTURE(pair.id);
    if (!perceptual_hash(Image{pair.picture}, Matte{pair.alpha})) continue;
    CHECK(hash_distance(hash(mirror), mirrored(hash(pair))) <= 2);  // signs of what is nearly 0
  }
  CHECK(mirrored(mirrored(0x0123456789abcdefU)) == 0x0123456789abcdefU);
}

TEST_CASE("the hash is that of its formula", "[datasets][overlap]") {
  // Y = 128 + 100 cos(pi/32 u (x + 1/2)) cos(pi/32 v (y + 1/2)) has the coefficient (v, u) alone.
  for (const auto& [v, u] : {std::pair{1, 1}, std::pair{3, 2}, std::pair{8, 8}}) {
    Colours picture{{32, 32}};
    for (int y = 0; y < 32; ++y) {
      for (int x = 0; x < 32; ++x) {
        const double wave =
            std::cos(M_PI / 32 * u * (x + 0.5)) * std::cos(M_PI / 32 * v * (y + 0.5));
        const auto level = static_cast<std::uint8_t>(std::lround(128 + 100 * wave));
        picture(y, x) = {level, level, level};
      }
    }
    const std::uint64_t hash = perceptual_hash(Image{picture}).value();
    CHECK((hash >> (8 * (v - 1) + u - 1) & 1) == 1);
  }
}

TEST_CASE("a picture without detail and an empty matte have no hash", "[datasets][overlap]") {
  const Colours flat{{40, 30}, {90, 90, 90}};
  CHECK_FALSE(perceptual_hash(Image{flat}).has_value());
  const Image noise = noise_image({40, 30}, 1);
  CHECK(perceptual_hash(noise).has_value());
  CHECK_FALSE(perceptual_hash(noise, Matte{Plane<std::uint8_t>{{40, 30}, 0}}).has_value());
  CHECK(error_of([&] {
          (void)perceptual_hash(noise, Matte{Plane<std::uint8_t>{{4, 3}, 0}});
        }).kind() == ErrorKind::bad_input);
}

TEST_CASE("the background does not count for the hash of a foreground", "[datasets][overlap]") {
  const Pair& pair = demo_pairs().front();
  Pair other = pair;
  for (std::size_t i = 0; i < other.alpha.values().size(); ++i) {
    if (other.alpha.values()[i] == 0) other.picture.values()[i] = {0, 200, 0};
  }
  CHECK(hash(other) == hash(pair));
}

TEST_CASE("overlaps are found by bytes, foregrounds and whole pictures, the closest first",
          "[datasets][overlap]") {
  Fingerprint a = print_of("a", 0xff00U, std::nullopt);
  Fingerprint same_file = print_of("x", std::nullopt, 1U);
  same_file.sha256 = "a";
  const std::vector<Fingerprint> train{print_of("near", 0xff01U, std::nullopt),
                                       print_of("far", 0x00ffffffU, std::nullopt), same_file,
                                       print_of("mirror", mirrored(0xff00U), std::nullopt),
                                       print_of("whole", std::nullopt, 0xff00U)};
  CHECK(find_overlap(std::vector{a}, train) ==
        std::vector<Overlap>{{"a", "x", Agreement::bytes, 0, false},
                             {"a", "mirror", Agreement::foreground, 0, true},
                             {"a", "near", Agreement::foreground, 1, false}});
  CHECK(find_overlap(std::vector{a}, train, 0).size() == 2);
  a.whole = 0xff07U;  // the whole pictures agree less, but foregrounds cannot be compared
  CHECK(find_overlap(std::vector{a}, std::vector{train[4]}) ==
        std::vector<Overlap>{{"a", "whole", Agreement::whole, 3, false}});
}

TEST_CASE("sets are hashed from data sets, foregrounds, folders and stored lists alike",
          "[datasets][overlap]") {
  const TemporaryFolder folder;
  const std::vector<Pair>& pairs = demo_pairs();
  for (int i = 0; i < 3; ++i) {
    const Pair& pair = pairs[static_cast<std::size_t>(i)];
    const std::string name = std::string{"p"} + std::to_string(i);
    imaging::write_image(folder / "flat" / (name + ".png"), Image{pair.picture});
    for (const std::string set : {"set/image", "raw/fg", "made/merged"}) {
      imaging::write_image(folder / set / (name + (set == "made/merged" ? "_0.png" : ".png")),
                           Image{pair.picture});
    }
    for (const std::string set : {"set/alpha", "raw/alpha", "made/alpha"}) {
      imaging::write_matte(folder / set / (name + ".png"), pair.alpha.view(), Depth::u8);
    }
  }
  imaging::write_image(folder / "made/merged/p0_1.png", Image{pairs[5].picture});

  const auto prints = [&](const std::string& set, int threads = 1) {
    return fingerprints_of((folder / set).string(), threads).pictures;
  };
  const std::vector<Fingerprint> set = prints("set");
  REQUIRE(set.size() == 3);
  CHECK(set[0].id == "p0");
  CHECK(set[0].foreground == hash(pairs[0]));
  CHECK(set[0].whole == perceptual_hash(Image{pairs[0].picture}));
  CHECK(prints("set", 8) == set);
  CHECK(prints("raw") == set);
  CHECK(prints("flat")[0].sha256 == set[0].sha256);
  CHECK_FALSE(prints("flat")[0].foreground.has_value());
  const std::vector<Fingerprint> made = prints("made");
  REQUIRE(made.size() == 3);  // one for each foreground
  CHECK(made[0].id == "p0");
  CHECK(made[0].foreground == set[0].foreground);
  CHECK_FALSE(made[0].whole.has_value());

  write_text(folder / "train.csv", to_csv(set));
  CHECK(prints("train.csv") == set);
  CHECK(find_overlap(made, prints("train.csv")).size() == 3);
}

TEST_CASE("what cannot be hashed is named", "[datasets][overlap]") {
  const TemporaryFolder folder;
  write_text(folder / "flat/a.png", "no image");
  const Fingerprints broken = fingerprints_of((folder / "flat").string(), 1);
  CHECK(broken.pictures.empty());
  REQUIRE(broken.problems.size() == 1);
  CHECK(broken.problems[0].code == "unreadable");
  CHECK_THAT(broken.problems[0].parts.where, Contains("a.png"));

  write_text(folder / "other.csv", "id,role\n");
  const Error header = error_of([&] { (void)fingerprints_of((folder / "other.csv").string(), 1); });
  CHECK(header.parts().expected == "id,sha256,foreground,whole");
  CHECK_THAT(header.parts().fix, Contains("--save-hashes"));
  CHECK_THAT(header.parts().where, Contains("other.csv"));
  const std::string start = "id,sha256,foreground,whole\na," + std::string(64, '0') + ",";
  CHECK(error_of([&] { (void)parse_fingerprints(start + "12,\n"); }).parts().found == "12");
  CHECK_THAT(error_of([&] { (void)parse_fingerprints(start + "\n"); }).parts().what,
             Contains("row 2"));
  CHECK(parse_fingerprints(start + ",\n").size() == 1);
  CHECK_THAT(error_of([&] { (void)parse_fingerprints("id,sha256,foreground,whole\n"); }).what(),
             Contains("at least one picture"));
  fs::create_directories(folder / "empty");
  CHECK(error_of([&] { (void)fingerprints_of((folder / "empty").string(), 1); }).parts().what ==
        "a folder has the layout of no known data set");
}

TEST_CASE("a picture whose matte is missing is hashed as a whole, and named",
          "[datasets][overlap]") {
  const TemporaryFolder folder;
  for (const std::string name : {"a.png", "b.png"}) {
    imaging::write_image(folder / "set/image" / name, Image{demo_pairs()[0].picture});
  }
  imaging::write_matte(folder / "set/alpha/a.png", demo_pairs()[0].alpha.view(), Depth::u8);
  const Fingerprints prints = fingerprints_of((folder / "set").string(), 1);
  REQUIRE(prints.pictures.size() == 2);
  CHECK(prints.pictures[0].foreground.has_value());
  CHECK_FALSE(prints.pictures[1].foreground.has_value());
  CHECK(prints.pictures[1].whole.has_value());
  REQUIRE(prints.problems.size() == 1);
  CHECK(prints.problems[0].code == "missing");
  CHECK(prints.problems[0].sample == "b");
}

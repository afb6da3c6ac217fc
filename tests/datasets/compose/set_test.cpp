#include "datasets/compose/set.hpp"

#include <atomic>

#include "core/sha256.hpp"
#include "datasets/compose/pixel_digest.hpp"
#include "datasets/dataset.hpp"
#include "imaging/io.hpp"
#include "tests/datasets/compose/set_sources.hpp"
#include "tests/datasets/small_sets.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"

using namespace mbench;
using namespace mbench::testing;
using namespace mbench::datasets::compose;

namespace fs = std::filesystem;

TEST_CASE("a composed set opens as a data set, each composite with the matte of its foreground",
          "[datasets][compose][set]") {
  const SetSources sources;
  SetSettings settings = sources.settings("out");
  settings.trimap = datasets::trimaps::choose_rule("gfm:5");
  const SetOutcome outcome = compose(settings);
  CHECK(outcome.made == 9);
  CHECK(outcome.is_complete());
  const datasets::Dataset set = datasets::open_dataset((sources / "out").string());
  REQUIRE(set.samples.size() == 9);
  CHECK(set.problems.empty());
  CHECK(set.samples[4].id == "f01_1");
  CHECK(tag(set.samples[4], "foreground") == "f01");
  const Sample sample = datasets::load_sample(set, set.samples[4]);
  CHECK(*sample.truth == imaging::read_matte(sources / "alpha/f01.png"));
}

TEST_CASE("composites are what the rule makes, and the receipt says of what",
          "[datasets][compose][set]") {
  const SetSources sources;
  SetSettings settings = sources.settings("out");
  settings.save_backgrounds = settings.save_foregrounds = true;
  (void)compose(settings);
  const Receipt receipt = read_receipt(sources / "out");
  REQUIRE(receipt.rows.size() == 9);
  const ReceiptRow& row = receipt.rows[5];
  CHECK(row.output == "f01_2.png");
  CHECK(row.background.name == "b005.png");
  CHECK(row.background.sha256 == sha256_file(sources / "bg/b005.png"));
  const Picture fg = read_picture(sources / "fg/f01.png");
  const Picture alpha = read_picture(sources / "alpha/f01.png");
  const Picture bg = read_picture(sources / "bg/b005.png");
  const Composite made = find_rule("dim").compose(
      {.foreground = fg.pixels, .alpha = alpha.pixels, .background = bg.pixels}, {}, Random{0});
  CHECK(read_picture(sources / "out/merged/f01_2.png").pixels == made.image);
  CHECK(read_picture(sources / "out/bg/f01_2.png").pixels == made.background);
  CHECK(read_picture(sources / "out/fg/f01.png").pixels == fg.pixels);
  CHECK(row.particulars == made.particulars);
  CHECK(row.files.front().pixels == pixel_digest(made.image));
}

TEST_CASE("the bytes of a set do not depend on the number of threads", "[datasets][compose][set]") {
  const SetSources sources;
  SetSettings settings = sources.settings("one", "dice");
  settings.trimap = datasets::trimaps::choose_rule("gca");
  settings.seed = 7;
  (void)compose_set(settings, plan_of(settings), 1);
  settings.out = sources / "four";
  (void)compose_set(settings, plan_of(settings), 4);
  CHECK(contents_of(sources / "one") == contents_of(sources / "four"));
  settings.seed = 8;
  settings.out = sources / "other";
  (void)compose_set(settings, plan_of(settings), 4);
  CHECK(contents_of(sources / "one") != contents_of(sources / "other"));
}

TEST_CASE("an estimator that fails names the foreground", "[datasets][compose][set][error]") {
  const SetSources sources;
  SetSettings settings = sources.settings("out");
  settings.foreground = ForegroundStep{
      .rule = {"fails", 1},
      .estimate = [](PixelView<Rgb<std::uint8_t>>, AlphaView) -> Plane<Rgb<std::uint8_t>> {
        throw Error{ErrorKind::bad_input, {.what = "too small"}};
      }};
  const SetOutcome outcome = compose(settings);
  REQUIRE(outcome.problems.size() == 3);
  CHECK(outcome.problems[0].parts.where == (sources / "fg/f00.png").string());
}

TEST_CASE("a set with drawn noise and blur is the same for one thread and for two",
          "[datasets][compose][set]") {
  const SetSources sources;
  SetSettings settings = sources.settings("one", "rssn:blur=0.5:noise=1");
  settings.seed = 3;
  settings.save_foregrounds = settings.save_backgrounds = true;
  settings.trimap = datasets::trimaps::choose_rule("gca-random");
  (void)compose_set(settings, plan_of(settings), 1);
  const Receipt receipt = read_receipt(settings.out);
  REQUIRE(receipt.rows.size() == 9);
  CHECK(receipt.rows[0].files.size() == 5);
  settings.out = sources / "two";
  (void)compose_set(settings, plan_of(settings), 2);
  CHECK(contents_of(sources / "one") == contents_of(sources / "two"));
}

TEST_CASE("foregrounds are estimated once each, and stand in the receipt",
          "[datasets][compose][set]") {
  const SetSources sources;
  SetSettings settings = sources.settings("out");
  std::atomic<int> calls{0};
  settings.foreground = ForegroundStep{
      .rule = {"inverse", 3}, .estimate = [&](PixelView<Rgb<std::uint8_t>> picture, AlphaView) {
        ++calls;
        Plane<Rgb<std::uint8_t>> inverse{picture.size()};
        for (int y = 0; y < picture.size().height; ++y) {
          for (int x = 0; x < picture.size().width; ++x) {
            const auto& p = picture(y, x);
            inverse(y, x) = {static_cast<std::uint8_t>(255 - p.r),
                             static_cast<std::uint8_t>(255 - p.g),
                             static_cast<std::uint8_t>(255 - p.b)};
          }
        }
        return inverse;
      }};
  settings.save_foregrounds = true;
  (void)compose(settings);
  CHECK(calls == 3);
  const Receipt receipt = read_receipt(sources / "out");
  CHECK(receipt.foreground == UsedRule{"inverse", 3});
  CHECK(receipt.rows[0].foreground.sha256 == sha256_file(sources / "fg/f00.png"));
  CHECK(read_picture(sources / "out/fg/f00.png").pixels(0, 0).r ==
        255 - read_picture(sources / "fg/f00.png").pixels(0, 0).r);
}

TEST_CASE("copies share no matte whose name another composite bears", "[datasets][compose][set]") {
  const SetSources sources;
  fs::rename(sources / "fg/f01.png", sources / "fg/f00_1.png");
  fs::rename(sources / "alpha/f01.png", sources / "alpha/f00_1.png");
  (void)compose(sources.settings("out"));  // f00_1.png is a composite and a foreground
  const datasets::Dataset set = datasets::open_dataset((sources / "out").string());
  REQUIRE(set.samples.size() == 9);
  for (const SampleFiles& sample : set.samples) {
    const Sample loaded = datasets::load_sample(set, sample);
    const std::string stem = shared_stem(sample.id + ".png");
    CHECK(*loaded.truth == imaging::read_matte(sources / "alpha" / (stem + ".png")));
  }
}

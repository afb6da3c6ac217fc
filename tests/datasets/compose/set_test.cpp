#include "datasets/compose/set.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <csignal>

#include <fmt/core.h>

#include "core/sha256.hpp"
#include "datasets/compose/pixel_digest.hpp"
#include "datasets/dataset.hpp"
#include "imaging/io.hpp"
#include "tests/datasets/compose/set_sources.hpp"
#include "tests/datasets/small_sets.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"
#include "tests/support/images.hpp"

using namespace mbench;
using namespace mbench::testing;
using namespace mbench::datasets::compose;
using Catch::Contains;

namespace fs = std::filesystem;

namespace {

/// Sources of 3 foregrounds and 9 backgrounds.
struct Sources {
  TemporaryFolder folder;
  Sources() { write_sources(folder.path(), 3, 9); }
  fs::path operator/(std::string_view name) const { return folder / name; }
  [[nodiscard]] SetSettings settings(std::string_view out, std::string_view rule = "dim") const {
    return settings_of(folder.path(), folder / out, rule == "dice" ? 2 : 3, rule);
  }
};

}  // namespace

TEST_CASE("a composed set opens as a data set, each composite with the matte of its foreground",
          "[datasets][compose][set]") {
  const Sources sources;
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
  const Sources sources;
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
  const Sources sources;
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

TEST_CASE("every problem of the sources is found before the first composite",
          "[datasets][compose][set][error]") {
  const Sources sources;
  const SetSettings settings = sources.settings("out");
  fs::remove(sources / "alpha/f00.png");
  imaging::write_matte(sources / "alpha/f01.png", noise_matte({5, 5}, 1), Depth::u8);
  write_text(sources / "bg/b007.png", "no image");
  imaging::write_matte(sources / "bg/b008.png", noise_matte({5, 5}, 1), Depth::u16);
  const Plan plan = plan_of(settings);
  std::vector<std::string> codes;
  for (const datasets::Problem& problem : plan.problems) codes.push_back(problem.code);
  CHECK(codes == std::vector<std::string>{"missing", "unreadable", "depth", "size"});
  CHECK(plan.problems[0].parts.expected == "f00.png");
  CHECK_THAT(plan.problems[3].parts.expected, Contains("15x13") && Contains("f01.png"));
  CHECK(plan.composites.size() == 1);  // f02 on b006
  CHECK(plan.foregrounds == 3);
  CHECK(plan.backgrounds == 9);
}

TEST_CASE("two mattes of one stem, and a folder without any of the files, are one problem each",
          "[datasets][compose][set][error]") {
  const Sources sources;
  fs::rename(sources / "alpha/f00.png", sources / "alpha/f00.jpeg");
  fs::copy_file(sources / "alpha/f00.jpeg", sources / "alpha/f00.jpg");
  SetSettings settings = sources.settings("out");
  const Plan twice = plan_of(settings);
  REQUIRE(!twice.problems.empty());
  CHECK(twice.problems[0].code == "duplicate");
  CHECK_THAT(twice.problems[0].parts.found, Contains("f00.jpeg") && Contains("f00.jpg"));
  fs::remove(sources / "alpha/f00.jpg");
  CHECK(plan_of(settings).composites.size() == 9);
  for (int i = 9; i < 20; ++i) {
    settings.pairing.pairs.push_back(
        {"f00.png", fmt::format("b{}.png", i), fmt::format("{}.png", i)});
  }
  settings.folders.backgrounds = {sources / "fg"};
  const Plan none = plan_of(settings);
  REQUIRE(none.problems.size() == 1);
  CHECK(none.problems[0].parts.what == "20 of 20 backgrounds are missing");
}

TEST_CASE("an unfinished set opens with a warning", "[datasets][compose][set]") {
  const Sources sources;
  std::atomic<bool> interrupted{false};
  SetSettings settings = sources.settings("out");
  settings.interrupted = &interrupted;
  (void)compose_set(settings, plan_of(settings), 1,
                    [&](const SetProgress& progress) { interrupted = progress.done == 4; });
  const datasets::Dataset part = datasets::open_dataset((sources / "out").string());
  REQUIRE(!part.problems.empty());
  CHECK(part.problems[0].code == "unfinished");
  CHECK(part.problems[0].severity == datasets::Severity::warning);
  CHECK(compose(sources.settings("out")).is_complete());
  const datasets::Dataset whole = datasets::open_dataset((sources / "out").string());
  CHECK(std::ranges::none_of(whole.problems, [](const datasets::Problem& problem) {
    return problem.code == "unfinished";
  }));
}

TEST_CASE("names of COCO 2014 that lie there by those of 2017 are recognised",
          "[datasets][compose][set][error]") {
  const Sources sources;
  SetSettings settings = sources.settings("out");
  settings.pairing.pairs.resize(1);
  settings.pairing.pairs[0].background = "COCO_train2014_b000.png";
  const Plan plan = plan_of(settings);
  REQUIRE(plan.problems.size() == 1);
  CHECK_THAT(plan.problems[0].parts.fix, Contains("--coco-2017"));
}

TEST_CASE("a foreground of another than the published size is a warning",
          "[datasets][compose][set]") {
  const Sources sources;
  SetSettings settings = sources.settings("out");
  for (Pair& pair : settings.pairing.pairs) pair.size = Size{14, 12};
  const Plan plan = plan_of(settings);
  REQUIRE(plan.problems.size() == 2);
  CHECK(plan.problems[0].code == "published-size");
  CHECK(plan.problems[0].severity == datasets::Severity::warning);
  CHECK(plan.composites.size() == 9);
}

TEST_CASE("foregrounds are looked for in two folders, the first one first",
          "[datasets][compose][set]") {
  const Sources sources;
  write_sources(sources / "other", 4, 1);  // f00 ... f02 again, f03 anew
  SetSettings settings = sources.settings("out");
  settings.folders.foregrounds.push_back(sources / "other/fg");
  settings.folders.alphas.push_back(sources / "other/alpha");
  const SourceFiles foregrounds{settings.folders.foregrounds, "foregrounds"};
  CHECK(foregrounds.names().size() == 4);
  CHECK(foregrounds.find("f00.png") == sources / "fg/f00.png");
  CHECK(foregrounds.find("f03.png") == sources / "other/fg/f03.png");
}

TEST_CASE("a stopped set goes on where it was, and ends as if it had never stopped",
          "[datasets][compose][set]") {
  const Sources sources;
  (void)compose(sources.settings("whole"));
  std::atomic<bool> interrupted{false};
  SetSettings settings = sources.settings("parts");
  settings.interrupted = &interrupted;
  const auto stop_after = [&](std::size_t count) {
    interrupted = false;
    return compose_set(settings, plan_of(settings), 1, [&](const SetProgress& progress) {
      if (progress.done == count) interrupted = true;
    });
  };
  const SetOutcome first = stop_after(4);
  CHECK(first.interrupted);
  CHECK(first.made == 4);
  CHECK(!has_receipt(sources / "parts"));
  // A killed process leaves half a line and a temporary file.
  const fs::path rows = sources / "parts" / kRowsName;
  write_text(rows, read_text(rows) + "{\"index\":4,");
  write_text(sources / "parts/merged/.mbench-1-2.tmp", "half");
  const SetOutcome second = stop_after(7);
  CHECK(second.resumed == 4);
  CHECK(second.made == 3);
  CHECK(!fs::exists(sources / "parts/merged/.mbench-1-2.tmp"));
  const SetOutcome last = stop_after(99);
  CHECK(last.resumed == 7);
  CHECK(last.is_complete());
  CHECK(contents_of(sources / "parts") == contents_of(sources / "whole"));
  CHECK(stop_after(99).resumed == 9);
}

TEST_CASE("only what no longer fits the files is made again", "[datasets][compose][set]") {
  const Sources sources;
  (void)compose(sources.settings("out"));
  fs::remove(sources / "out/merged/f00_1.png");
  imaging::write_image(sources / "bg/b008.png", noise_image({9, 9}, 77));
  const SetOutcome outcome = compose(sources.settings("out"));
  CHECK(outcome.resumed == 7);
  CHECK(outcome.made == 2);
  (void)compose(sources.settings("anew"));
  CHECK(contents_of(sources / "out") == contents_of(sources / "anew"));
}

TEST_CASE("files of a set that were swapped, cut or overwritten are made again",
          "[datasets][compose][set]") {
  const Sources sources;
  (void)compose(sources.settings("out"));
  (void)compose(sources.settings("whole"));
  fs::copy_file(sources / "out/merged/f00_0.png", sources / "out/merged/f00_1.png",
                fs::copy_options::overwrite_existing);
  imaging::write_matte(sources / "out/alpha/f01.png", noise_matte({15, 13}, 9), Depth::u8);
  const std::string png = read_text(sources / "out/merged/f02_2.png");
  write_text(sources / "out/merged/f02_2.png", png.substr(0, png.size() - 40));
  const SetOutcome outcome = compose(sources.settings("out"));
  CHECK(outcome.made == 5);  // all three copies of f01 share its matte
  CHECK(contents_of(sources / "out") == contents_of(sources / "whole"));
}

TEST_CASE("an interruption while a set is looked through leaves it as it is",
          "[datasets][compose][set]") {
  const Sources sources;
  SetSettings settings = sources.settings("out");
  (void)compose(settings);
  const auto before = contents_of(sources / "out");
  const std::atomic<bool> interrupted{true};
  settings.interrupted = &interrupted;
  fs::remove(sources / "out/merged/f00_0.png");
  CHECK(compose(settings).interrupted);
  CHECK(has_receipt(sources / "out"));
  CHECK(contents_of(sources / "out").size() == before.size() - 1);
}

TEST_CASE("--fresh discards nothing if a file of somebody else is in the way",
          "[datasets][compose][set][error]") {
  const Sources sources;
  SetSettings settings = sources.settings("out");
  (void)compose(settings);
  write_text(sources / "out/merged/mine.png", "mine");
  const auto before = contents_of(sources / "out");
  settings.fresh = true;
  settings.seed = 5;
  const Error error = error_of([&] { (void)compose(settings); });
  CHECK(error.kind() == ErrorKind::usage);
  CHECK_THAT(error.parts().where, Contains("merged/mine.png"));
  CHECK(contents_of(sources / "out") == before);
  CHECK(error_of([&] { check_place(settings); }).parts().where == error.parts().where);
}

TEST_CASE("a damaged receipt is refused with a way out", "[datasets][compose][set][error]") {
  const Sources sources;
  SetSettings settings = sources.settings("out");
  (void)compose(settings);
  write_text(sources / "out" / kReceiptName, "{");
  settings.fresh = GENERATE(false, true);
  const Error error = error_of([&] { (void)compose(settings); });
  CHECK(error.kind() == ErrorKind::bad_input);
  CHECK_THAT(error.parts().fix, Contains("by hand"));
}

TEST_CASE("a set is not written into its sources or into another set",
          "[datasets][compose][set][error]") {
  const Sources sources;
  (void)compose(sources.settings("out"));
  for (const char* out : {"fg", "bg/set", "out/merged", "out/alpha/set"}) {
    CAPTURE(out);
    const Error error = error_of([&] { (void)compose(sources.settings(out)); });
    CHECK(error.kind() == ErrorKind::usage);
    CHECK_THAT(error.parts().fix, Contains("--out"));
  }
  CHECK(!fs::exists(sources / "bg/set"));
  CHECK(compose(sources.settings("fgs")).made == 9);  // beside fg
}

TEST_CASE("an estimator that fails names the foreground", "[datasets][compose][set][error]") {
  const Sources sources;
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

TEST_CASE("the first composites of a set become the whole set without being made again",
          "[datasets][compose][set]") {
  const Sources sources;
  CHECK(compose(sources.settings("out"), 4).made == 4);
  CHECK(read_receipt(sources / "out").rows.size() == 4);
  const SetOutcome rest = compose(sources.settings("out"));
  CHECK(rest.resumed == 4);
  CHECK(rest.made == 5);
  CHECK(compose(sources.settings("out"), 4).made == 0);
  CHECK(read_receipt(sources / "out").rows.size() == 9);
}

TEST_CASE(
    "a folder with another set, or with other files, is refused; --fresh discards a set alone",
    "[datasets][compose][set][error]") {
  const Sources sources;
  (void)compose(sources.settings("out"));
  write_text(sources / "out/mine.txt", "mine");
  SetSettings other = sources.settings("out");
  other.seed = 5;
  const Error error = error_of([&] { (void)compose(other); });
  CHECK(error.kind() == ErrorKind::usage);
  CHECK_THAT(error.parts().fix, Contains("--fresh"));
  other.fresh = true;
  CHECK(compose(other).made == 9);
  CHECK(read_text(sources / "out/mine.txt") == "mine");

  write_text(sources / "busy/merged/a.png", "x");
  const Error busy = error_of([&] { (void)compose(sources.settings("busy")); });
  CHECK(busy.kind() == ErrorKind::usage);
  CHECK_THAT(busy.parts().where, Contains("busy/merged"));
  const Error inputs = error_of([&] { (void)compose(sources.settings("")); });
  CHECK(inputs.kind() == ErrorKind::usage);
  CHECK_THAT(inputs.parts().what, Contains("made from"));
}

TEST_CASE("a damaged input costs its own composites, and the receipt",
          "[datasets][compose][set][error]") {
  const Sources sources;
  const SetSettings settings = sources.settings("out");
  const std::string whole = read_text(sources / "bg/b004.png");
  write_text(sources / "bg/b004.png", whole.substr(0, whole.size() / 2));
  const SetOutcome outcome = compose(settings);
  CHECK(outcome.made == 8);
  REQUIRE(outcome.problems.size() == 1);
  CHECK_THAT(outcome.problems[0].parts.where, Contains("b004.png"));
  CHECK_FALSE(outcome.is_complete());
  CHECK_FALSE(outcome.interrupted);
  CHECK(!has_receipt(sources / "out"));
  write_text(sources / "bg/b004.png", whole);
  CHECK(compose(settings).made == 1);
  CHECK(has_receipt(sources / "out"));
}

TEST_CASE("a disk that fills up ends the set with the system's reason and no half-written file",
          "[datasets][compose][set][error]") {
  const Sources sources;
  SetSettings settings = sources.settings("out");
  std::atomic<bool> interrupted{false};
  settings.interrupted = &interrupted;
  (void)compose_set(settings, plan_of(settings), 1,
                    [&](const SetProgress& progress) { interrupted = progress.done == 3; });
  interrupted = false;
  const auto rows = fs::file_size(sources / "out" / kRowsName);

  rlimit limit{};
  REQUIRE(::getrlimit(RLIMIT_FSIZE, &limit) == 0);
  rlimit small = limit;
  small.rlim_cur = rows + 20;  // a row does not fit
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &small) == 0);
  const Error error = error_of([&] { (void)compose_set(settings, plan_of(settings), 1); });
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &limit) == 0);
  std::signal(SIGXFSZ, handler);

  CHECK(error.kind() == ErrorKind::internal);
  CHECK(error.parts().found == "File too large");
  for (const auto& entry : fs::recursive_directory_iterator{sources / "out"}) {
    CHECK_THAT(entry.path().string(), !Contains(".tmp"));
    if (entry.path().extension() == ".png") CHECK_NOTHROW(imaging::read_image(entry.path()));
  }
  CHECK(compose(settings).is_complete());
  (void)compose(sources.settings("whole"));
  CHECK(contents_of(sources / "out") == contents_of(sources / "whole"));
}

TEST_CASE("foregrounds are estimated once each, and stand in the receipt",
          "[datasets][compose][set]") {
  const Sources sources;
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
  const Sources sources;
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

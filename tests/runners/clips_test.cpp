#include "runners/clips.hpp"

#include <string>
#include <vector>

#include "imaging/io.hpp"
#include "runners/evaluation.hpp"
#include "runners/scoring.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"

using namespace mbench;
using namespace mbench::runners;
using Catch::Contains;
namespace fs = std::filesystem;

namespace {

void write_frame(const fs::path& file, std::uint8_t alpha = 0, Size size = {2, 2}) {
  imaging::write_matte(file, Plane<std::uint8_t>{size, alpha}.view(), Depth::u8);
}

std::vector<std::string> codes(const EvalPairs& pairs) {
  std::vector<std::string> codes;
  for (const datasets::Problem& problem : pairs.problems) codes.push_back(problem.code);
  return codes;
}

std::vector<std::string> ids(const EvalPairs& pairs) {
  std::vector<std::string> ids;
  for (const EvalPair& pair : pairs.pairs) ids.push_back(pair.id);
  return ids;
}

using Texts = std::vector<std::string>;

EvalSettings settings_of(const std::vector<std::string>& protocols) {
  return {.protocols = find_protocols(protocols), .threads = 1};
}

}  // namespace

TEST_CASE("each folder of images is a clip, its images in byte order the frames",
          "[runners][sequence]") {
  const testing::TemporaryFolder folder;
  for (const char* role : {"truth", "pred"}) {
    for (const char* frame : {"b/10.png", "b/09.png", "a/x/0001.png", "a/x/0000.png"}) {
      write_frame(folder.path() / role / frame);
    }
  }
  const EvalPairs pairs = pair_clips({.truth = folder / "truth", .predicted = folder / "pred"});
  CHECK(pairs.problems.empty());
  CHECK(ids(pairs) == Texts{"a/x/0000", "a/x/0001", "b/09", "b/10"});
  CHECK(pairs.pairs[3].tags == Tags{{"clip", "b"}, {"frame", "1"}});
  CHECK(pairs.pairs[3].predicted == folder / "pred/b/10.png");
  REQUIRE(pairs.clips.size() == 2);
  CHECK(pairs.clips[1].first == 2);
  CHECK(pairs.clips[1].count == 2);
}

TEST_CASE("a folder without sub-folders is one clip", "[runners][sequence]") {
  const testing::TemporaryFolder folder;
  for (const char* role : {"truth", "pred"}) write_frame(folder.path() / role / "0000.png");
  const EvalPairs pairs = pair_clips({.truth = folder / "truth/", .predicted = folder / "pred"});
  CHECK(pairs.problems.empty());
  CHECK(ids(pairs) == Texts{"truth/0000"});
  CHECK(pairs.clips.size() == 1);
}

TEST_CASE("a folder pha stands for the folder that holds it", "[runners][sequence]") {
  const testing::TemporaryFolder folder;
  for (const char* file :
       {"truth/VM/clip/pha/0000.png", "truth/VM/clip/fgr/0000.png", "truth/VM/clip/fgr/0001.png",
        "pred/VM/pha/clip/0000.png", "pred/VM/com/clip/0000.png"}) {
    write_frame(folder / file);
  }
  const EvalPairs pairs = pair_clips({.truth = folder / "truth", .predicted = folder / "pred"});
  CHECK(codes(pairs).empty());
  CHECK(ids(pairs) == Texts{"VM/clip/0000"});
  CHECK(pairs.pairs[0].truth == folder / "truth/VM/clip/pha/0000.png");
  CHECK(pairs.pairs[0].predicted == folder / "pred/VM/pha/clip/0000.png");
}

TEST_CASE("frames that one side lacks are problems that name them", "[runners][sequence]") {
  const testing::TemporaryFolder folder;
  for (const char* file : {"truth/a/0000.png", "truth/a/0001.png", "pred/a/0000.png",
                           "pred/a/0002.png", "truth/b/0000.png", "truth/b/0001.png"}) {
    write_frame(folder / file);
  }
  const EvalPairs pairs = pair_clips({.truth = folder / "truth", .predicted = folder / "pred"});
  CHECK(codes(pairs) == Texts{"missing-prediction", "missing-prediction", "unpaired"});
  CHECK(pairs.problems[0].parts.where == (folder / "truth/a/0001.png").string());
  CHECK(pairs.problems[1].sample == "b");  // a clip that is missing is one problem
  CHECK(pairs.problems[2].parts.where == (folder / "pred/a/0002.png").string());
  write_frame(folder / "truth/0000.png");
  CHECK(codes(pair_clips({.truth = folder / "truth", .predicted = folder / "pred"})) ==
        Texts{"layout"});
}

TEST_CASE("numbers that byte order does not sort are told", "[runners][sequence]") {
  const testing::TemporaryFolder folder;
  for (const char* frame : {"f1.png", "f2.png", "f10.png"}) {
    write_frame(folder / "truth/a" / frame);
    write_frame(folder / "pred/a" / frame);
  }
  const EvalPairs pairs = pair_clips({.truth = folder / "truth", .predicted = folder / "pred"});
  CHECK(ids(pairs) == Texts{"a/f1", "a/f10", "a/f2"});
  REQUIRE(codes(pairs) == Texts{"frame-order"});
  CHECK(pairs.problems[0].severity == datasets::Severity::warning);
  CHECK(pairs.problems[0].parts.found == "f10.png before f2.png");
}

TEST_CASE("sizes that change inside a clip are refused before anything is scored",
          "[runners][sequence]") {
  const testing::TemporaryFolder folder;
  for (const char* role : {"truth", "pred"}) {
    write_frame(folder.path() / role / "a/0000.png");
    write_frame(folder.path() / role / "a/0001.png", 0, {3, 2});
  }
  const EvalPairs pairs = pair_clips({.truth = folder / "truth", .predicted = folder / "pred"});
  CHECK_THROWS_WITH((void)evaluate(pairs, settings_of({"rvm"})),
                    Contains("0001.png") && Contains("0000.png") && Contains("3x2"));
}

TEST_CASE("a frame that fails leaves the dtSSD of the next one undefined", "[runners][sequence]") {
  const testing::TemporaryFolder folder;
  for (int i = 0; i < 4; ++i) {
    const std::string name = "a/000" + std::to_string(i) + ".png";
    write_frame(folder / "truth" / name);
    if (i != 1) write_frame(folder / "pred" / name, static_cast<std::uint8_t>(51 * i));
  }
  const EvalPairs pairs = pair_clips({.truth = folder / "truth", .predicted = folder / "pred"});
  EvalSettings settings = settings_of({"rvm", "whole"});
  CHECK_THROWS_AS((void)evaluate(pairs, settings), Error);
  settings.allow_missing = true;
  const results::RunRecord record = evaluate(pairs, settings).record;
  REQUIRE(record.samples.size() == 4);
  const auto dtssd = [&](std::size_t frame) {
    return record.samples[frame].scores[0].second.back();
  };
  CHECK(dtssd(0).first == "dtssd");
  CHECK(dtssd(0).second.value == 0.0);
  CHECK(record.samples[1].status == results::Status::failed);
  CHECK(dtssd(2).second.reason == "the frame before it failed");
  CHECK(dtssd(3).second.value == Approx(20.0));  // 0.4 to 0.6
  CHECK(record.averaging == results::Named<Averaging>{{"rvm", Averaging::frame_index}});
}

#include "datasets/compose/plan.hpp"

#include <fmt/core.h>

#include "datasets/compose/sources.hpp"
#include "datasets/dataset.hpp"
#include "imaging/io.hpp"
#include "tests/datasets/compose/set_sources.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"
#include "tests/support/images.hpp"

using namespace mbench;
using namespace mbench::testing;
using namespace mbench::datasets::compose;
using Catch::Contains;

namespace fs = std::filesystem;

TEST_CASE("every problem of the sources is found before the first composite",
          "[datasets][compose][set][error]") {
  const SetSources sources;
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
  const SetSources sources;
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

TEST_CASE("names of COCO 2014 that lie there by those of 2017 are recognised",
          "[datasets][compose][set][error]") {
  const SetSources sources;
  SetSettings settings = sources.settings("out");
  settings.pairing.pairs.resize(1);
  settings.pairing.pairs[0].background = "COCO_train2014_b000.png";
  const Plan plan = plan_of(settings);
  REQUIRE(plan.problems.size() == 1);
  CHECK_THAT(plan.problems[0].parts.fix, Contains("--coco-2017"));
}

TEST_CASE("a foreground of another than the published size is a warning",
          "[datasets][compose][set]") {
  const SetSources sources;
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
  const SetSources sources;
  write_sources(sources / "other", 4, 1);  // f00 ... f02 again, f03 anew
  SetSettings settings = sources.settings("out");
  settings.folders.foregrounds.push_back(sources / "other/fg");
  settings.folders.alphas.push_back(sources / "other/alpha");
  const SourceFiles foregrounds{settings.folders.foregrounds, "foregrounds"};
  CHECK(foregrounds.names().size() == 4);
  CHECK(foregrounds.find("f00.png") == sources / "fg/f00.png");
  CHECK(foregrounds.find("f03.png") == sources / "other/fg/f03.png");
}

#include "tests/app/fixture.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::testing;
using Catch::Contains;

namespace {

namespace fs = std::filesystem;

/// One image of AIM-500's names, with its tags.
void write_aim(const fs::path& folder) {
  write_dataset(folder / "source", 1);
  fs::create_directories(folder / "original");
  for (const auto& [from, to] : {std::pair{"image", "original"}, std::pair{"alpha", "mask"},
                                 std::pair{"trimap", "trimap"}}) {
    fs::create_directories(folder / to);
    fs::rename(folder / "source" / from / "a00.png", folder / to / "o_0c8f03f0.png");
  }
  fs::remove_all(folder / "source");
  write_text(folder / "aim_category_type.json",
             R"({"o_0c8f03f0": {"type": "SO", "category": "toy"}})");
}

Json item_of(const Json& items, std::string_view id) {
  for (const Json& item : items) {
    if (item.at("id") == id) return item;
  }
  throw std::runtime_error{"no such item"};
}

}  // namespace

TEST_CASE("list datasets says what is here, how complete, and where the rest comes from",
          "[app][datasets]") {
  const Workspace work;
  write_aim(work / "roots/my-aim");
  fs::create_directories(work / "roots/strange");
  auto environment = work.environment();
  environment["MBENCH_DATA"] = (work / "roots").string();
  const ProgramResult result =
      run_program({MBENCH_PROGRAM, "list", "datasets", "--json"}, environment);
  REQUIRE(result.exit_code == 0);
  const Json items = Json::parse(result.out);
  const Json mine = item_of(items, "my-aim");
  CHECK(mine.at("adapter") == "aim500");
  CHECK(mine.at("status") == "1 of 500 images");
  CHECK(mine.at("folder") == (work / "roots/my-aim").string());
  CHECK(item_of(items, "strange").at("status") ==
        "cannot be opened: a folder has the layout of no known data set");
  CHECK(item_of(items, "aim500").at("status") == "here: my-aim (1 of 500 images)");
  CHECK_THAT(item_of(items, "ppm100").at("status").get<std::string>(),
             Contains("not here: github.com/ZHKKKe/PPM"));
  CHECK(item_of(items, "demo").at("status") == "");
  for (const char* id : {"composition-1k", "distinctions-646", "am2k", "p3m", "bg20k", "voc2012",
                         "coco-train2014", "alphamatting", "duts", "paddleseg", "clips"}) {
    CHECK_NOTHROW(item_of(items, id));
  }
}

TEST_CASE("list datasets has the state of every part of a set", "[app][datasets]") {
  const Workspace work;
  write_text(work / "roots/am/train/original/m_0a1b2c3d.jpg", "");
  write_text(work / "roots/am/train/mask/m_0a1b2c3d.png", "");
  write_text(work / "roots/am/validation/original/m_0a1b2c3e.jpg", "");
  write_text(work / "roots/am/validation/mask/m_0a1b2c3e.png", "");
  auto environment = work.environment();
  environment["MBENCH_DATA"] = (work / "roots").string();
  const ProgramResult result =
      run_program({MBENCH_PROGRAM, "list", "datasets", "--json"}, environment);
  CHECK(item_of(Json::parse(result.out), "am").at("status") ==
        "1 of 200 images, 1 problem: `mbench data check`; part=train: 1 of 1800 images");
}

TEST_CASE("explain tells of a data set what is published about it", "[app][datasets]") {
  const Workspace work;
  write_aim(work / "aim");
  REQUIRE(work.mbench({"data", "add", "mine", (work / "aim").string()}).exit_code == 0);
  const std::string text = work.mbench({"explain", "aim500"}).out;
  CHECK_THAT(text, Contains("licence") && Contains("MIT") && Contains("JizhiziLi/AIM") &&
                       Contains("li2021 (docs/references.bib)") && Contains("500 images") &&
                       Contains("by category: animal 200, portrait 100, plant 75, furniture 45") &&
                       Contains("protocol  aim") && Contains("quirks") &&
                       Contains("here: mine (1 of 500 images)"));
  const Json item = Json::parse(work.mbench({"explain", "composition-1k", "--json"}).out).at(0);
  CHECK(item.at("counts")[0].at("images") == 1000);
  CHECK(item.at("counts")[0].at("foregrounds") == 50);
  CHECK(item.at("counts")[1].at("published") == "43100 images of 431 foregrounds");
  const Json mine = Json::parse(work.mbench({"explain", "mine", "--json"}).out).at(0);
  CHECK(mine.at("adapter") == "aim500");
  CHECK(mine.at("status") == "1 of 500 images");
}

TEST_CASE("a part of a published set is run with a warning", "[app][datasets]") {
  const Workspace work;
  write_aim(work / "aim");
  const ProgramResult run = work.mbench({"run", "-m", "trimap-as-alpha", "-d",
                                         (work / "aim").string(), "-o", (work / "out").string()});
  CAPTURE(run.err);
  CHECK(run.exit_code == 0);
  CHECK_THAT(run.err, Contains("[count] AIM-500 is not complete") && Contains("1 of 500 images"));
  const ProgramResult check = work.mbench({"data", "check", (work / "aim").string()});
  CHECK(check.exit_code == 0);
  CHECK_THAT(check.out, Contains("0 errors, 1 warnings"));
}

TEST_CASE("backgrounds can be checked and registered, but not run on", "[app][datasets]") {
  const Workspace work;
  imaging::write_image(work / "bg/testval/h_0a1b2c3d.png", Image{make_scene({40, 32}, 1).image});
  const std::string folder = (work / "bg").string();
  const ProgramResult run = work.mbench({"run", "-m", "constant", "-d", folder});
  CHECK(run.exit_code == 3);
  CHECK_THAT(run.err, Contains("BG-20k is a set of backgrounds") && Contains("mbench compose"));
  const ProgramResult check = work.mbench({"data", "check", folder});
  CHECK(check.exit_code == 0);
  CHECK_THAT(check.out, Contains("bg (bg20k): 1 samples"));
  CHECK_THAT(check.err, Contains("1 of 20000 images"));
  CHECK(work.mbench({"data", "add", "bg20k", folder}).exit_code == 0);
  CHECK(work.mbench({"data", "verify", "bg20k"}).exit_code == 0);
}

TEST_CASE("data overlap names pictures that a training set shares, and ends with 1",
          "[app][datasets]") {
  const Workspace work;
  const auto picture = [](int seed) { return Image{noise_image({64, 48}, seed)}; };
  imaging::write_image(work / "test/a.png", picture(1));
  imaging::write_image(work / "test/b.png", picture(2));
  imaging::write_image(work / "train/x.png", picture(1));
  imaging::write_image(work / "clean/y.png", picture(3));
  const std::string test = (work / "test").string(), train = (work / "train").string();
  const ProgramResult found = work.mbench({"data", "overlap", test, train});
  CHECK(found.exit_code == 1);
  CHECK_THAT(found.out, Contains("a: x (equal files)") && Contains("1 of 2 pictures of"));
  CHECK(work.mbench({"data", "overlap", test, (work / "clean").string()}).exit_code == 0);

  const std::string list = (work / "train.csv").string();
  REQUIRE(work.mbench({"data", "overlap", train, "--save-hashes", list}).exit_code == 0);
  const ProgramResult by_list = work.mbench({"data", "overlap", test, list, "--json"});
  CHECK(by_list.exit_code == 1);
  const Json overlaps = Json::parse(by_list.out);
  REQUIRE(overlaps.size() == 1);
  CHECK(overlaps[0].at("test") == "a");
  CHECK(overlaps[0].at("agreement") == "bytes");

  CHECK(work.mbench({"data", "overlap", test}).exit_code == 2);
  CHECK(work.mbench({"data", "overlap", test, train, "--distance", "40"}).exit_code == 2);
  CHECK(work.mbench({"data", "overlap", test, (work / "nowhere").string()}).exit_code == 3);
  write_text(work / "broken/a.png", "no image");
  CHECK(work.mbench({"data", "overlap", (work / "broken").string(), train}).exit_code == 3);
}

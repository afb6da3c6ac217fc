#include <sstream>

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
  const Json items = Json::parse(result.out);
  CHECK(item_of(items, "am").at("status") ==
        "1 of 200 images, 1 problem: `mbench data check`; part=train: 1 of 1800 images");
  const Json found = item_of(items, "am2k").at("found");
  CHECK(found == item_of(items, "am").at("found"));
  REQUIRE(found.size() == 2);
  CHECK(found[0] == Json{{"name", "am"},
                         {"folder", (work / "roots/am").string()},
                         {"part", "validation"},
                         {"options", ""},
                         {"complete", false},
                         {"images", 1},
                         {"published", 200},
                         {"problems", 1}});
  CHECK(found[1].at("part") == "train");
  CHECK(found[1].at("options") == "part=train");
  CHECK(item_of(items, "p3m").at("found") == Json::array());
}

TEST_CASE("list datasets shows the part that a name opens", "[app][datasets]") {
  const Workspace work;
  for (const auto& [part, images, stem] :
       {std::tuple{"P3M-500-P", "blurred_image", "p_0a1b2c3d"},
        std::tuple{"P3M-500-NP", "original_image", "p_0a1b2c3e"}}) {
    const fs::path folder = work / "roots/p3m-500-np/validation" / part;
    write_text(folder / images / (std::string{stem} + ".jpg"), "");
    write_text(folder / "mask" / (std::string{stem} + ".png"), "");
  }
  auto environment = work.environment();
  environment["MBENCH_DATA"] = (work / "roots").string();
  const ProgramResult result =
      run_program({MBENCH_PROGRAM, "list", "datasets", "--json"}, environment);
  const Json found = item_of(Json::parse(result.out), "p3m-500-np").at("found");
  REQUIRE(found.size() == 1);  // a part was asked for
  CHECK(found[0].at("part") == "P3M-500-NP");
}

TEST_CASE("lists have options and open choices as arrays, and short lines", "[app][datasets]") {
  const Workspace work;
  const Json sets = Json::parse(work.mbench({"list", "datasets", "--json"}).out);
  const Json options = item_of(sets, "p3m").at("options");
  REQUIRE(options.size() == 1);
  CHECK(options[0].at("name") == "part");
  CHECK(options[0].at("choices") == "auto|p|np|train");
  CHECK(item_of(sets, "ppm100").at("options") == Json::array());
  CHECK(item_of(sets, "p3m").at("aliases") == Json{"P3M-10k", "P3M-500-P", "P3M-500-NP"});
  const Json rules = Json::parse(work.mbench({"list", "rules", "--json"}).out);
  CHECK(item_of(rules, "usr").at("options").is_array());
  CHECK(item_of(rules, "zhou2021").at("open").size() > 0);
  CHECK(item_of(rules, "zhou2021").at("open")[0].is_string());
  for (const char* list : {"datasets", "rules"}) {
    std::istringstream text{work.mbench({"list", list}).out};
    for (std::string line; std::getline(text, line);) {
      CAPTURE(line);
      CHECK(line.size() <= 110);  // a word longer than its line stays whole
    }
  }
  CHECK_THAT(work.mbench({"list", "datasets"}).out, Contains("options: part=auto|p|np|train\n"));
}

TEST_CASE("explain knows data sets by the names that papers write", "[app][datasets]") {
  const Workspace work;
  for (const auto& [name, id] :
       {std::pair{"aim-500", "aim500"}, std::pair{"am-2k", "am2k"}, std::pair{"bg-20k", "bg20k"},
        std::pair{"ppm-100", "ppm100"}, std::pair{"p3m-500-p", "p3m"},
        std::pair{"dataset:p3m-500-np", "p3m"}}) {
    CAPTURE(name);
    const ProgramResult result = work.mbench({"explain", name, "--json"});
    REQUIRE(result.exit_code == 0);
    CHECK(Json::parse(result.out).at(0).at("id") == id);
  }
  const std::string np = work.mbench({"explain", "p3m-500-np"}).out;
  CHECK_THAT(np, Contains("dataset:p3m  ") && Contains("part=np"));
  write_aim(work / "aim");
  REQUIRE(work.mbench({"data", "add", "aim500", (work / "aim").string()}).exit_code == 0);
  CHECK_THAT(work.mbench({"data", "check", "aim-500"}).out, Contains("aim500 (aim500): 1 samples"));
  CHECK_THAT(work.mbench({"data", "verify", "AIM-500"}).out, Contains("0 errors"));
  CHECK_THAT(work.mbench({"data", "where", "aim-500"}).out, Contains((work / "aim").string()));
  const ProgramResult run =
      work.mbench({"run", "-m", "trimap-as-alpha", "-d", "aim-500", "-o", (work / "out").string()});
  CHECK(run.exit_code == 0);
  CHECK(fs::exists(work / "out/aim500"));
}

TEST_CASE("a folder called as an adapter is explained with it, once", "[app][datasets]") {
  const Workspace work;
  write_aim(work / "aim");
  REQUIRE(work.mbench({"data", "add", "aim500", (work / "aim").string()}).exit_code == 0);
  const ProgramResult text = work.mbench({"explain", "aim500"});
  CHECK_THAT(text.out, !Contains("things are called") && Contains((work / "aim").string()) &&
                           Contains("here: aim500 (1 of 500 images)") && Contains("JizhiziLi"));
  CHECK(Json::parse(work.mbench({"explain", "aim500", "--json"}).out).size() == 1);
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

  // A plain picture has no detail to hash, and a list is written where a folder is.
  imaging::write_image(work / "plain/flat.png",
                       Image{Plane<Rgb<std::uint8_t>>{{64, 48}, Rgb<std::uint8_t>{9, 9, 9}}});
  const ProgramResult flat = work.mbench({"data", "overlap", (work / "plain").string(), train});
  CHECK(flat.exit_code == 0);
  CHECK_THAT(flat.err,
             Contains("1 of 1 pictures of ") && Contains("have no hash: compared by bytes only"));
  const ProgramResult nowhere =
      work.mbench({"data", "overlap", train, "--save-hashes", (work / "no/x.csv").string()});
  CHECK(nowhere.exit_code == 2);
  CHECK_THAT(nowhere.err, Contains("the folder for --save-hashes is not there"));
  CHECK_FALSE(fs::exists(work / "no"));

  CHECK(work.mbench({"data", "overlap", test}).exit_code == 2);
  CHECK(work.mbench({"data", "overlap", test, train, "--distance", "40"}).exit_code == 2);
  CHECK(work.mbench({"data", "overlap", test, (work / "nowhere").string()}).exit_code == 3);
  write_text(work / "broken/a.png", "no image");
  CHECK(work.mbench({"data", "overlap", (work / "broken").string(), train}).exit_code == 3);
}

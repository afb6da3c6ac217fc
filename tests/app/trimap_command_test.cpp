#include <map>
#include <set>
#include <string>

#include "tests/app/fixture.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::testing;
namespace fs = std::filesystem;
using Catch::Contains;

namespace {

std::string golden(const char* folder) { return (source_path("tests/golden") / folder).string(); }

std::map<std::string, std::string> files_of(const fs::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::directory_iterator{folder}) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with('.')) files[name] = read_text(entry.path());
  }
  return files;
}

}  // namespace

TEST_CASE("trimap make is the same bytes for any number of threads, and the second time",
          "[app][trimap]") {
  const Workspace work;
  const auto make = [&](const char* out, const char* threads) {
    return work.mbench({"trimap", "make", "--rule", "gca-random", "--seed", "3", "--alpha",
                        golden("alpha"), "--out", (work / out).string(), "-t", threads});
  };
  const ProgramResult one = make("one", "1");
  CAPTURE(one.err);
  REQUIRE(one.exit_code == 0);
  CHECK_THAT(one.out, Contains("24 trimaps by gca-random:min=1:max=29: 24 made"));
  REQUIRE(make("many", "4").exit_code == 0);
  CHECK(files_of(work / "one") == files_of(work / "many"));
  CHECK_THAT(make("one", "2").out, Contains("0 made, 24 already there"));
  const Json receipt = read_json(work / "one/mbench.trimaps.json");
  CHECK(receipt.at("schema") == "mbench.trimaps/1");
  CHECK(receipt.at("seed") == 3);
  std::set<std::string> drawn;
  for (const Json& row : receipt.at("rows")) drawn.insert(row.at("made_by").get<std::string>());
  CHECK(drawn.size() > 20);
}

TEST_CASE("trimap make of one file reproduces what the published program made of it",
          "[app][trimap]") {
  const Workspace work;
  const ProgramResult result =
      work.mbench({"trimap", "make", "--rule", "lsa:3,12", "--alpha",
                   golden("made_trimaps/hair_alpha.png"), "--out", (work / "out").string()});
  CAPTURE(result.err);
  REQUIRE(result.exit_code == 0);
  CHECK(imaging::read_trimap(work / "out/hair_alpha.png") ==
        imaging::read_trimap(golden("made_trimaps/hair__lsa_b3_f12.png")));
}

TEST_CASE("trimap make refuses another rule with 2 and changes nothing", "[app][trimap]") {
  const Workspace work;
  const auto make = [&](const std::string& rule, std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"trimap", "make", "--rule", rule, "--alpha", golden("alpha"),
                               "--out", (work / "out").string()});
    return work.mbench(more);
  };
  REQUIRE(make("gfm:25").exit_code == 0);
  const auto before = files_of(work / "out");
  const ProgramResult other = make("gfm:10");
  CHECK(other.exit_code == 2);
  CHECK_THAT(other.err, Contains("gfm:k=25, version 1") && Contains("--fresh"));
  CHECK(files_of(work / "out") == before);
  CHECK(make("gfm:10", {"--fresh"}).exit_code == 0);
  CHECK(make("gmf:10").exit_code == 2);
  const auto fresh = files_of(work / "out");
  CHECK(make("gca-random:20,5", {"--fresh"}).exit_code == 2);
  CHECK(files_of(work / "out") == fresh);
  CHECK_THAT(make("opt", {"--types", "none.json", "--fresh"}).err, Contains("none.json"));
}

TEST_CASE("trimap make refuses a file as the folder of trimaps with 2", "[app][trimap]") {
  const Workspace work;
  write_text(work / "out", "a file");
  const ProgramResult result = work.mbench({"trimap", "make", "--rule", "gfm", "--alpha",
                                            golden("alpha"), "--out", (work / "out").string()});
  CHECK(result.exit_code == 2);
  CHECK_THAT(result.err, Contains((work / "out").string() + "\n"));
}

TEST_CASE("trimap make lists all problems at once and ends with 3", "[app][trimap]") {
  const Workspace work;
  write_text(work / "alpha/a.png", "no PNG");
  write_text(work / "alpha/b.png", "neither");
  const ProgramResult result =
      work.mbench({"trimap", "make", "--rule", "usr", "--alpha", (work / "alpha").string(), "--out",
                   (work / "out").string()});
  CHECK(result.exit_code == 3);
  CHECK_THAT(result.err, Contains("3 problems") && Contains("a.png") && Contains("b.png") &&
                             Contains("--rule usr:SO"));
  CHECK_FALSE(fs::exists(work / "out"));
}

TEST_CASE("trimap score is eval with protocol trimap", "[app][trimap]") {
  const Workspace work;
  const ProgramResult made = work.mbench({"trimap", "make", "--rule", "gfm:25", "--alpha",
                                          golden("alpha"), "--out", (work / "truth").string()});
  REQUIRE(made.exit_code == 0);
  fs::remove(work / "truth/mbench.trimaps.json");
  const auto table = [&](std::vector<std::string> words) {
    words.insert(words.end(), {"--format", "json"});
    const ProgramResult result = work.mbench(words);
    CAPTURE(result.err);
    CHECK(result.exit_code == 0);
    return Json::parse(result.out);
  };
  const std::string truth = (work / "truth").string();
  const Json scored = table({"trimap", "score", "--truth", truth, "--pred", golden("pred_trimap")});
  CHECK(scored == table({"eval", "--protocol", "trimap", "--trimap", truth, "--pred-trimap",
                         golden("pred_trimap")}));
}

TEST_CASE("trimap score makes the truth from mattes by a rule", "[app][trimap]") {
  const Workspace work;
  const auto score = [&](const std::vector<std::string>& more) {
    std::vector<std::string> words{"trimap", "score",
                                   "--pred", (work / "pred").string(),
                                   "--out",  (work / "scores.json").string()};
    words.insert(words.end(), more.begin(), more.end());
    return work.mbench(words);
  };
  for (const char* rule : {"gca-random", "opt"}) {
    fs::remove_all(work / "pred");
    REQUIRE(work.mbench({"trimap", "make", "--rule", rule, "--seed", "4", "--alpha",
                         golden("alpha"), "--out", (work / "pred").string()})
                .exit_code == 0);
    const ProgramResult result = score({"--truth", golden("alpha"), "--rule", rule, "--seed", "4"});
    CAPTURE(result.err);
    REQUIRE(result.exit_code == 0);
    const Json record = read_json(work / "scores.json");
    CHECK_THAT(record.at("dataset").at("title").get<std::string>(), Contains(rule));
    CHECK(record.at("means").at("trimap").at("accuracy").at("mean") == 1.0);
  }
  CHECK(score({"--truth", golden("alpha"), "--rule", "opt", "--seed", "4"}).exit_code == 0);
  CHECK(score({"--truth", golden("alpha")}).exit_code == 3);  // mattes are no trimaps
  CHECK(score({"--truth", golden("alpha"), "--rule", "usr"}).exit_code == 2);
  CHECK(score({"--truth", golden("alpha"), "--rule", "gca-random:20,5"}).exit_code == 2);
}

TEST_CASE("trimap score refuses options that only the making of trimaps heeds", "[app][trimap]") {
  const Workspace work;
  for (const auto& [option, value] :
       {std::pair{"--seed", "0"}, std::pair{"--types", "types.json"}}) {
    const ProgramResult result = work.mbench({"trimap", "score", "--truth", golden("trimap"),
                                              "--pred", golden("pred_trimap"), option, value});
    CHECK(result.exit_code == 2);
    CHECK_THAT(result.err, Contains(std::string{option} + " says how trimaps are made"));
  }
}

TEST_CASE("trimap score names all images without type before it scores", "[app][trimap]") {
  const Workspace work;
  for (const char* folder : {"truth", "pred"}) {
    for (const char* name : {"a.png", "b.png", "c.png"}) {
      fs::create_directories(work / folder);
      fs::copy_file(source_path("tests/golden/alpha/ties.png"), work / folder / name);
    }
  }
  write_text(work / "types.json", R"({"a": {"type": "SO"}})");
  const ProgramResult result =
      work.mbench({"trimap", "score", "--truth", (work / "truth").string(), "--pred",
                   (work / "pred").string(), "--rule", "usr", "--types",
                   (work / "types.json").string(), "--out", (work / "scores.json").string()});
  CHECK(result.exit_code == 3);
  CHECK_THAT(result.err,
             Contains("2 problems") && Contains("none for 'b'") && Contains("none for 'c'"));
  CHECK_FALSE(fs::exists(work / "scores.json"));
  const ProgramResult nowhere =
      work.mbench({"trimap", "score", "--truth", (work / "nowhere").string(), "--pred",
                   (work / "pred").string(), "--rule", "usr", "--types",
                   (work / "types.json").string(), "--out", (work / "scores.json").string()});
  CHECK(nowhere.exit_code == 3);
  CHECK_THAT(nowhere.err, Contains("nowhere") && !Contains("needs the type"));
}

TEST_CASE("a demo set may have trimaps of any rule", "[app][trimap][demo]") {
  const Workspace work;
  const auto generate = [&](const std::string& rule, const std::string& out) {
    return work.mbench({"demo", "generate", "--out", (work / out).string(), "--count", "2",
                        "--long-side", "64", "--trimap", rule});
  };
  REQUIRE(generate("dist:2", "dist").exit_code == 0);
  const Json manifest = read_json(work / "dist/manifest.json");
  CHECK(manifest.at("trimap") == "dist:r=2");
  CHECK(manifest.at("samples")[0].at("trimap") == "dist:r=2");
  REQUIRE(generate("gfm:25", "gfm").exit_code == 0);
  CHECK(read_json(work / "gfm/manifest.json").at("trimap") == "gfm:25");
  CHECK(generate("gfn:25", "none").exit_code == 2);
}

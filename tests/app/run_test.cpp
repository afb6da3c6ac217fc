#include "tests/app/run_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::testing;
using Catch::Contains;

namespace fs = std::filesystem;

TEST_CASE("run writes mattes, rows and the record", "[app][run]") {
  const Workspace work;
  write_dataset(work / "set", 3);
  const ProgramResult result = work.mbench(run(work, "out"));
  CAPTURE(result.err);
  REQUIRE(result.exit_code == 0);
  CHECK_THAT(result.out, Contains("SAD") && Contains("Closed-form"));

  const Json record = read_json(record_of(work, "out"));
  std::vector<std::string> keys;
  for (const auto& item : record.items()) keys.push_back(item.key());
  CHECK(keys == std::vector<std::string>{"schema", "tool", "environment", "started", "elapsed_s",
                                         "command", "method", "dataset", "protocols",
                                         "protocol_versions", "samples", "means", "groups",
                                         "counts"});
  CHECK(record.at("method").at("options").at("solver") == "cg");
  CHECK(record.at("samples").size() == 3);
  const Json& sample = record.at("samples")[0];
  CHECK(sample.at("width") == 40);
  CHECK(sample.at("height") == 32);
  CHECK(sample.at("sha256").contains("truth"));
  CHECK(sample.at("sha256").contains("pred"));
  CHECK(sample.at("scores").at("dim-matlab").at("sad").get<double>() < 0.1);
  CHECK(fs::exists(work / "out/set/closed-form/mattes/a02.png"));
  CHECK(fs::exists(work / "out/set/closed-form/samples.jsonl"));
}

TEST_CASE("eval of the mattes of a run gives the numbers of the run", "[app][run]") {
  const Workspace work;
  write_dataset(work / "set", 3);
  REQUIRE(work.mbench(run(work, "out", {"-p", "dim-matlab,aim"})).exit_code == 0);
  const std::string mattes = (work / "out/set/closed-form/mattes").string();
  const std::string file = (work / "eval.json").string();
  const Json scores = read_json(record_of(work, "out")).at("means");

  REQUIRE(work.mbench({"eval", "--truth", (work / "set/alpha").string(), "--trimap",
                       (work / "set/trimap").string(), "--pred", mattes, "-p", "dim-matlab,aim",
                       "-o", file})
              .exit_code == 0);
  CHECK(read_json(file).at("means") == scores);
  REQUIRE(work.mbench({"eval", "-d", (work / "set").string(), "--pred", mattes, "-p",
                       "dim-matlab,aim", "-o", file})
              .exit_code == 0);
  CHECK(read_json(file).at("means") == scores);
  REQUIRE(work.mbench({"run", "-m", "precomputed:dir=" + mattes, "-d", (work / "set").string(),
                       "-p", "dim-matlab,aim", "-o", (work / "again").string()})
              .exit_code == 0);
  for (const auto& entry : fs::recursive_directory_iterator{work / "again"}) {
    if (entry.path().filename() == "record.json") {
      CHECK(read_json(entry.path()).at("means") == scores);
    }
  }
}

TEST_CASE("a run gives one record for any number of threads", "[app][run]") {
  const Workspace work;
  write_dataset(work / "set", 6);
  REQUIRE(work.mbench(run(work, "one", {"--threads", "1"})).exit_code == 0);
  REQUIRE(work.mbench(run(work, "two", {"--threads", "2"})).exit_code == 0);
  REQUIRE(work.mbench(run(work, "all", {"--threads", "0"})).exit_code == 0);
  const std::string one = comparable(read_json(record_of(work, "one")));
  CHECK(comparable(read_json(record_of(work, "two"))) == one);
  CHECK(comparable(read_json(record_of(work, "all"))) == one);
}

TEST_CASE("a sample that fails is a row with its reason, and the others go on", "[app][run]") {
  const Workspace work;
  write_dataset(work / "set", 4);
  write_text(work / "set/image/a01.png", "no image");
  imaging::write_trimap(work / "set/trimap/a02.png", Trimap{{40, 31}, kUnknown});
  const ProgramResult result = work.mbench(run(work, "out"));
  CHECK(result.exit_code == 4);
  CHECK_THAT(result.err, Contains("a01.png") && Contains("40x31"));
  const Json record = read_json(record_of(work, "out"));
  CHECK(record.at("counts").at("failed") == 2);
  CHECK(record.at("samples")[1].at("status") == "failed");
  CHECK(record.at("samples")[1].at("error").at("kind") == "bad_input");
  CHECK(record.at("samples")[3].at("status") == "ok");
  CHECK(record.at("means").at("dim-matlab").at("sad").at("n") == 2);

  CHECK(work.mbench(run(work, "strict", {"--strict"})).exit_code == 3);
  CHECK_FALSE(fs::exists(record_of(work, "strict")));
}

TEST_CASE("a data set without truth gets mattes, no scores, and the table says so", "[app][run]") {
  const Workspace work;
  write_dataset(work / "set", 2);
  fs::remove_all(work / "set/alpha");
  const ProgramResult result = work.mbench(run(work, "out"));
  CAPTURE(result.err);
  REQUIRE(result.exit_code == 0);
  CHECK_THAT(result.out, Contains("no ground truth"));
  const Json record = read_json(record_of(work, "out"));
  CHECK(record.at("means").empty());
  CHECK_FALSE(record.at("samples")[0].contains("scores"));
  CHECK(fs::exists(work / "out/set/closed-form/mattes/a00.png"));
}

TEST_CASE("a method that needs trimaps is refused where there are none", "[app][run]") {
  const Workspace work;
  write_dataset(work / "set", 2);
  fs::remove_all(work / "set/trimap");
  const ProgramResult result = work.mbench(run(work, "out", {"-p", "aim"}));
  CHECK(result.exit_code == 3);
  CHECK_THAT(result.err, Contains("needs trimaps"));
}

TEST_CASE("degenerate trimaps are flagged in record and table", "[app][run]") {
  const Workspace work;
  write_dataset(work / "set", 2);
  imaging::write_trimap(work / "set/trimap/a01.png", Trimap{{40, 32}, kUnknown});
  const ProgramResult result = work.mbench(run(work, "out"));
  CHECK(result.exit_code == 0);
  CHECK_THAT(result.out, Contains("Degenerate"));
  const Json record = read_json(record_of(work, "out"));
  CHECK(record.at("samples")[1].contains("degenerate"));
  CHECK(record.at("counts").at("degenerate") == 1);
}

TEST_CASE("shards are dealt by index, share one manifest, and keep apart in one folder",
          "[app][run]") {
  const Workspace work;
  write_dataset(work / "set", 5);
  REQUIRE(work.mbench(run(work, "out", {"--shard", "1/2"})).exit_code == 0);
  REQUIRE(work.mbench(run(work, "out", {"--shard", "2/2"})).exit_code == 0);
  const Json first = read_json(work / "out/set/closed-form,shard=1-of-2/record.json");
  const Json second = read_json(work / "out/set/closed-form,shard=2-of-2/record.json");
  CHECK(first.at("samples").size() == 3);
  CHECK(second.at("samples").size() == 2);
  CHECK(second.at("samples")[0].at("id") == "a01");
  CHECK(first.at("dataset").at("manifest_sha256") == second.at("dataset").at("manifest_sha256"));
  CHECK(work.mbench(run(work, "out", {"--shard", "3/2"})).exit_code == 2);
  CHECK(work.mbench(run(work, "out", {"--shard", "7/7"})).exit_code == 0);  // none is left for it
}

TEST_CASE("what would stop a later pair of a run is found before the first begins", "[app][run]") {
  const Workspace work;
  write_dataset(work / "set", 2);
  write_dataset(work / "other/set", 2);
  const std::string set = (work / "set").string();
  const std::string other = (work / "other/set").string();
  const std::string out = (work / "out").string();
  const ProgramResult collision =
      work.mbench({"run", "-m", "constant", "-d", set, "-d", other, "-o", out});
  CHECK(collision.exit_code == 2);
  CHECK_THAT(collision.err, Contains("one folder"));
  REQUIRE(work.mbench({"run", "-m", "constant", "-d", set, "-o", out}).exit_code == 0);
  CHECK(work.mbench({"run", "-m", "trimap-as-alpha,constant", "-d", set, "-o", out}).exit_code ==
        2);
  CHECK_FALSE(fs::exists(work / "out/set/trimap-as-alpha"));
}

TEST_CASE("files that belong to no sample stop a run instead of changing its mean", "[app][run]") {
  const Workspace work;
  write_dataset(work / "set", 2);
  fs::copy(work / "set/alpha/a00.png", work / "set/alpha/zz.png");
  write_text(work / "set/image/a09.bmp", "BM");
  const ProgramResult result = work.mbench(run(work, "out"));
  CHECK(result.exit_code == 3);
  CHECK_THAT(result.err, Contains("zz.png") && Contains("a09.bmp"));
  CHECK_FALSE(fs::exists(work / "out"));
}

TEST_CASE("the demo set is rendered on first use, into the cache", "[app][run][demo]") {
  const Workspace work;
  const ProgramResult result =
      work.mbench({"run", "-m", "trimap-as-alpha", "-d", "demo:count=8:long_side=96", "-o",
                   (work / "out").string()});
  CAPTURE(result.err);
  REQUIRE(result.exit_code == 0);
  CHECK(fs::exists(work / "cache/demo"));
  bool found = false;
  for (const auto& entry : fs::recursive_directory_iterator{work / "out"}) {
    if (entry.path().filename() != "record.json") continue;
    found = true;
    const Json record = read_json(entry.path());
    CHECK(record.at("samples").size() == 8);
    CHECK(record.at("groups").contains("type"));
    CHECK(record.at("groups").contains("category"));
  }
  CHECK(found);
}

TEST_CASE("run refuses a segmentation that no method starts from", "[app][run]") {
  const Workspace work;
  write_dataset(work / "set", 1);
  const ProgramResult unused = work.mbench(run(work, "out", {"--segmentation", "zhou2021"}));
  CHECK(unused.exit_code == 2);
  CHECK_THAT(unused.err, Contains("none of these methods starts from a segmentation"));
  const ProgramResult unknown = work.mbench(run(work, "out", {"--segmentation", "grabcut"}));
  CHECK(unknown.exit_code == 2);
  CHECK_THAT(unknown.err, Contains("unknown rule 'grabcut'"));
  CHECK_FALSE(fs::exists(work / "out"));
}

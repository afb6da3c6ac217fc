#include <chrono>
#include <csignal>
#include <thread>

#include "tests/app/fixture.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::testing;
using Catch::Contains;

namespace {

namespace fs = std::filesystem;

/// `mbench run` of closed-form matting on the data set `set` of the workspace.
std::vector<std::string> run(const Workspace& work, const std::string& out,
                             const std::vector<std::string>& more = {}) {
  std::vector<std::string> arguments{
      "run", "-m", "closed-form", "-d", (work / "set").string(), "-o", (work / out).string()};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

fs::path record_of(const Workspace& work, const std::string& out) {
  return work / (out + "/set/closed-form/record.json");
}

}  // namespace

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

TEST_CASE("a run that is killed and resumed again and again ends with the same record",
          "[app][run]") {
  const Workspace work;
  write_dataset(work / "set", 30, {120, 90});
  REQUIRE(work.mbench(run(work, "whole", {"--threads", "2"})).exit_code == 0);

  const fs::path rows = work / "parts/set/closed-form/samples.jsonl";
  int killed = 0;
  std::uintmax_t seen = 0;
  for (int attempt = 0; attempt < 50 && killed < 3; ++attempt) {
    std::vector<std::string> command = run(work, "parts", {"--threads", "2"});
    command.insert(command.begin(), MBENCH_PROGRAM);
    RunningProgram program{command, work.environment()};
    while (!program.ended()) {  // kill it as soon as it has written something new
      std::error_code absent;
      const std::uintmax_t size = fs::file_size(rows, absent);
      if (!absent && size > seen + 400) {
        program.send_signal(SIGKILL);
        ++killed;
        seen = size;
        break;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
    (void)program.wait();
  }
  REQUIRE(killed == 3);
  const ProgramResult last = work.mbench(run(work, "parts", {"--resume"}));
  CAPTURE(last.err);
  REQUIRE(last.exit_code == 0);
  CHECK(comparable(read_json(record_of(work, "parts"))) ==
        comparable(read_json(record_of(work, "whole"))));
}

TEST_CASE("rows that were cut in the middle are computed again", "[app][run]") {
  const Workspace work;
  write_dataset(work / "set", 4);
  REQUIRE(work.mbench(run(work, "out")).exit_code == 0);
  const std::string whole = comparable(read_json(record_of(work, "out")));
  const fs::path rows = work / "out/set/closed-form/samples.jsonl";
  const std::string text = read_text(rows);
  for (const std::size_t kept :
       {std::size_t{0}, std::size_t{20}, text.size() / 2, text.size() - 1}) {
    CAPTURE(kept);
    fs::remove(record_of(work, "out"));
    write_text(rows, text.substr(0, kept));
    const ProgramResult result = work.mbench(run(work, "out"));
    CAPTURE(result.err);
    REQUIRE(result.exit_code == 0);
    CHECK(comparable(read_json(record_of(work, "out"))) == whole);
  }
}

TEST_CASE("a finished run is not overwritten unless asked", "[app][run]") {
  const Workspace work;
  write_dataset(work / "set", 2);
  REQUIRE(work.mbench(run(work, "out")).exit_code == 0);
  const std::string record = read_text(record_of(work, "out"));

  const ProgramResult again = work.mbench(run(work, "out"));
  CHECK(again.exit_code == 2);
  CHECK_THAT(again.err, Contains("finished already") && Contains("--fresh"));
  const ProgramResult resumed = work.mbench(run(work, "out", {"--resume"}));
  CHECK(resumed.exit_code == 0);
  CHECK_THAT(resumed.out, Contains("SAD"));
  CHECK(read_text(record_of(work, "out")) == record);
  CHECK(work.mbench(run(work, "out", {"--fresh"})).exit_code == 0);
  CHECK(comparable(read_json(record_of(work, "out"))) == comparable(Json::parse(record)));
}

TEST_CASE("results of another identity are never mixed in", "[app][run]") {
  const Workspace work;
  write_dataset(work / "set", 3);
  REQUIRE(work.mbench(run(work, "out")).exit_code == 0);

  SECTION("other protocols") {
    const ProgramResult result = work.mbench(run(work, "out", {"-p", "aim", "--resume"}));
    CHECK(result.exit_code == 2);
    CHECK_THAT(result.err, Contains("another run"));
  }
  SECTION("other samples") {
    CHECK(work.mbench(run(work, "out", {"--limit", "2", "--resume"})).exit_code == 2);
  }
  SECTION("changed data") {
    imaging::write_matte(work / "set/alpha/a01.png", Plane<std::uint8_t>{{40, 32}, 255}.view(),
                         Depth::u8);
    CHECK(work.mbench(run(work, "out", {"--resume"})).exit_code == 2);
  }
  SECTION("other options of the method go to another folder") {
    REQUIRE(work.mbench({"run", "-m", "closed-form:lambda=100", "-d", (work / "set").string(), "-o",
                         (work / "out").string()})
                .exit_code == 0);
    CHECK(fs::exists(work / "out/set/closed-form,lambda=100/record.json"));
  }
}

TEST_CASE("stored mattes that change are not taken for those of the interrupted run",
          "[app][run]") {
  const Workspace work;
  write_dataset(work / "set", 2);
  fs::copy(work / "set/alpha", work / "mattes");
  const std::vector<std::string> command{"run",
                                         "-m",
                                         "precomputed:dir=" + (work / "mattes").string(),
                                         "-d",
                                         (work / "set").string(),
                                         "-o",
                                         (work / "out").string(),
                                         "--resume"};
  REQUIRE(work.mbench(command).exit_code == 0);
  CHECK(work.mbench(command).exit_code == 0);
  imaging::write_matte(work / "mattes/a01.png", Plane<std::uint8_t>{{40, 32}, 9}.view(), Depth::u8);
  CHECK(work.mbench(command).exit_code == 2);
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

TEST_CASE("what failed is tried again on --resume", "[app][run]") {
  const Workspace work;
  write_dataset(work / "set", 2);
  const std::vector<std::string> command{"run",
                                         "-m",
                                         "constant:alpha=0.5",
                                         "-d",
                                         (work / "set").string(),
                                         "-o",
                                         (work / "out").string(),
                                         "--resume",
                                         "-t",
                                         "1"};  // rows in the order of the ids
  REQUIRE(work.mbench(command).exit_code == 0);
  const fs::path folder = work / "out/set/constant";
  const std::string whole = comparable(read_json(folder / "record.json"));
  // As if the machine had been out of memory for one sample.
  std::string rows = read_text(folder / "samples.jsonl");
  const auto line = rows.find("{\"id\"", rows.find('\n'));
  const auto end = rows.find('\n', line);
  rows.replace(
      line, end - line,
      R"({"id":"a00","width":40,"height":32,"tags":{},"status":"failed",)"
      R"("error":{"kind":"out_of_memory","what":"w","where":"","expected":"","found":"","fix":""}})");
  write_text(folder / "samples.jsonl", rows);
  const ProgramResult result = work.mbench(command);
  CAPTURE(result.err);
  REQUIRE(result.exit_code == 0);
  CHECK(comparable(read_json(folder / "record.json")) == whole);
}

TEST_CASE("Ctrl-C keeps what is finished, ends with 130 and can be resumed", "[app][run]") {
  const Workspace work;
  write_dataset(work / "set", 40, {120, 90});
  std::vector<std::string> command = run(work, "out", {"--threads", "1"});
  command.insert(command.begin(), MBENCH_PROGRAM);
  const fs::path rows = work / "out/set/closed-form/samples.jsonl";
  ProgramResult result;
  {
    RunningProgram program{command, work.environment()};
    std::error_code absent;
    while (!program.ended() && !(fs::file_size(rows, absent) > 400 && !absent)) {
      std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
    program.send_signal(SIGINT);
    result = program.wait();
  }
  CHECK(result.exit_code == 130);
  CHECK_THAT(result.err, Contains("interrupted"));
  CHECK_FALSE(fs::exists(record_of(work, "out")));
  CHECK(read_text(rows).back() == '\n');  // the sample in flight was finished
  REQUIRE(work.mbench(run(work, "out")).exit_code == 0);
  CHECK(read_json(record_of(work, "out")).at("counts").at("ok") == 40);
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

TEST_CASE("changed tags are another run: its groups would mix", "[app][run]") {
  const Workspace work;
  write_dataset(work / "set", 2);
  write_text(work / "set/mbench.toml", "tags = \"tags.csv\"\n");
  write_text(work / "set/tags.csv", "id,light\na00,day\na01,day\n");
  REQUIRE(work.mbench(run(work, "out")).exit_code == 0);
  write_text(work / "set/tags.csv", "id,light\na00,day\na01,night\n");
  CHECK(work.mbench(run(work, "out", {"--resume"})).exit_code == 2);
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

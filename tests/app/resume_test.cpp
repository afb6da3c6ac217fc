#include <chrono>
#include <csignal>
#include <thread>

#include "tests/app/run_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::testing;
using Catch::Contains;

namespace fs = std::filesystem;

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

TEST_CASE("changed tags are another run: its groups would mix", "[app][run]") {
  const Workspace work;
  write_dataset(work / "set", 2);
  write_text(work / "set/mbench.toml", "tags = \"tags.csv\"\n");
  write_text(work / "set/tags.csv", "id,light\na00,day\na01,day\n");
  REQUIRE(work.mbench(run(work, "out")).exit_code == 0);
  write_text(work / "set/tags.csv", "id,light\na00,day\na01,night\n");
  CHECK(work.mbench(run(work, "out", {"--resume"})).exit_code == 2);
}

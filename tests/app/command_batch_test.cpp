#include <csignal>
#include <string>
#include <vector>

#include "tests/app/command_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::testing;
using Catch::Contains;

namespace {

/// A batch that copies trimaps. Where there is no file `go` beside it, it stops after the first
/// one: it writes its process to the file `begun` and waits.
constexpr auto kStoppingBatch = R"(import json, os, pathlib, shutil, sys, time
here = pathlib.Path(__file__).parent
for line in open(sys.argv[1], encoding="utf-8"):
    sample = json.loads(line)
    shutil.copy(sample["trimap"], sample["out"])
    if not (here / "go").exists():
        (here / "part").write_text(str(os.getpid()))
        (here / "part").rename(here / "begun")
        time.sleep(600)
)";

}  // namespace

TEST_CASE("of an interrupted batch the mattes that it has written are scored and kept",
          "[app][command]") {
  const CommandWorkspace work{3};
  const std::string script = work.script("batch.py", kStoppingBatch);
  const std::string method = "command:inputs=trimap:run=python3 '" + script + "' {list}";
  const ProgramResult result = work.interrupt(work.words(method), work / "begun", SIGINT);
  CAPTURE(result.err);
  CHECK(result.exit_code == 130);
  CHECK_THAT(result.err, Contains("interrupted: 1 of 3 samples"));
  CHECK(is_dead(process_in((work / "begun").string())));
  CHECK(work.left_nothing());
  write_text(work / "go", "");
  REQUIRE(work.run(method).exit_code == 0);
  CHECK(work.record().at("counts").at("ok") == 3);
}

TEST_CASE("a batch starts the program once for all samples", "[app][command]") {
  const CommandWorkspace work{3};
  const std::string script = work.script("batch.py", R"(import json, shutil, sys
open(sys.argv[2], "a").write("started\n")
for line in open(sys.argv[1], encoding="utf-8"):
    sample = json.loads(line)
    assert list(sample) == ["id", "image", "trimap", "out"], sample
    shutil.copy(sample["trimap"], sample["out"])
)");
  const std::string method = "command:inputs=trimap:run=python3 '" + script + "' {list} '" +
                             (work / "starts").string() + "'";
  const ProgramResult result = work.run(method, {"--threads", "2"});
  CAPTURE(result.err);
  REQUIRE(result.exit_code == 0);
  CHECK(read_text(work / "starts") == "started\n");
  const Json record = work.record();
  CHECK(record.at("counts").at("ok") == 3);
  CHECK(record.at("samples")[0].at("times_s").at("infer") ==
        record.at("samples")[2].at("times_s").at("infer"));
  CHECK(work.left_nothing());

  SECTION("and its mattes are those of one program per image") {
    const ProgramResult single =
        work.run("command:run=sh -c 'cp \"$1\" \"$2\"' sh {trimap} {out} {image}", {}, "single");
    REQUIRE(single.exit_code == 0);
    const Json other = work.record("single");
    for (int i = 0; i < 3; ++i) {
      CHECK(record.at("samples")[i].at("scores") == other.at("samples")[i].at("scores"));
    }
  }
}

TEST_CASE("a batch that fails keeps the mattes that it has written", "[app][command]") {
  const CommandWorkspace work{3};
  const std::string script = work.script("batch.py", R"(import json, shutil, sys
for line in open(sys.argv[1], encoding="utf-8"):
    sample = json.loads(line)
    if sample["id"] == "a01":
        sys.exit("no memory for " + sample["id"])
    shutil.copy(sample["trimap"], sample["out"])
)");
  const ProgramResult result =
      work.run("command:inputs=trimap:run=python3 '" + script + "' {list}");
  CHECK(result.exit_code == 4);
  const Json record = work.record();
  CHECK(record.at("counts").at("ok") == 1);
  CHECK(record.at("counts").at("failed") == 2);
  CHECK(error_of(record.at("samples")[2], "found") ==
        "exit status 1; on stderr last:\nno memory for a01");
  CHECK(work.left_nothing());
}

TEST_CASE("a batch's matte that cannot be used has how the program ended in its row",
          "[app][command]") {
  const CommandWorkspace work{1};
  imaging::write_matte(work / "small.png", Matte{Plane<std::uint8_t>{Size{3, 2}}}, Depth::u8);
  write_text(work / "broken.png", "\x89PNG\r\n\x1a\n and no more");
  const std::string script = work.script("batch.py", R"(import json, pathlib, shutil, sys
for line in open(sys.argv[1], encoding="utf-8"):
    shutil.copy(pathlib.Path(__file__).parent / sys.argv[2], json.loads(line)["out"])
sys.exit("out of memory")
)");
  const std::string name = GENERATE("small.png", "broken.png");
  CHECK(work.run("command:run=python3 '" + script + "' {list} " + name).exit_code == 4);
  const Json record = work.record();
  const Json& row = record.at("samples")[0];
  CHECK(error_of(row, "kind") == "method");
  CHECK(error_of(row, "where") == "a00");
  CHECK_THAT(error_of(row, "found"),
             Contains("; the program: exit status 1; on stderr last:\nout of memory"));
}

TEST_CASE("a sample that cannot be handed to a batch has the reason in its row", "[app][command]") {
  const CommandWorkspace work;
  if (run_program({MBENCH_PROGRAM, "--version"}).out.find("opencv none") != std::string::npos) {
    WARN("skipped: this build does not read TIFF");
    return;
  }
  fs::remove(work / "set/image/a01.png");
  write_text(work / "set/image/a01.tif",
             tiff_bytes<float>({40, 32}, 3, std::vector<float>(3 * 40 * 32, 0.5F)));
  const std::string script = work.script("batch.py", kStoppingBatch);
  write_text(work / "go", "");
  const ProgramResult result =
      work.run("command:inputs=trimap:run=python3 '" + script + "' {list}");
  CAPTURE(result.err);
  CHECK(result.exit_code == 4);
  const Json record = work.record();
  CHECK(record.at("samples")[0].at("status") == "ok");
  CHECK(error_of(record.at("samples")[1], "found") == "floats");
  CHECK(error_of(record.at("samples")[1], "kind") == "bad_input");
}

TEST_CASE("a folder for temporary files may have blanks, quotes, braces and line feeds in its name",
          "[app][command]") {
  const CommandWorkspace work{2, "tmp 'it''s' \"\n{out} $HOME"};
  const std::string script = work.script("batch.py", kStoppingBatch);
  write_text(work / "go", "");
  const bool batch = GENERATE(false, true);
  const std::string method = batch ? "inputs=trimap:run=python3 '" + script + "' {list}"
                                   : "run=sh -c 'cp \"$1\" \"$2\"' sh {trimap} {out} {image}";
  const ProgramResult result = work.run("command:" + method);
  CAPTURE(result.err, method);
  CHECK(result.exit_code == 0);
  CHECK(work.left_nothing());
}

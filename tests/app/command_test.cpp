#include <filesystem>
#include <string>

#include "tests/app/fixture.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::testing;
using Catch::Contains;

namespace {

namespace fs = std::filesystem;

/// A workspace with a data set `set` and a folder for temporary files that is its own.
class CommandWorkspace {
 public:
  explicit CommandWorkspace(int samples = 2) {
    write_dataset(work_ / "set", samples);
    fs::create_directories(work_ / "tmp");
  }
  [[nodiscard]] fs::path operator/(std::string_view name) const { return work_ / name; }

  [[nodiscard]] ProgramResult run(const std::string& method, std::vector<std::string> more = {},
                                  const std::string& out = "out") const {
    std::vector<std::string> words{
        MBENCH_PROGRAM,         "run",    "-m", method, "-d", (work_ / "set").string(), "-o",
        (work_ / out).string(), "--quiet"};
    words.insert(words.end(), more.begin(), more.end());
    auto environment = work_.environment();
    environment["TMPDIR"] = (work_ / "tmp").string();
    return run_program(words, environment);
  }
  /// The record of the only method that was run.
  [[nodiscard]] Json record(const std::string& out = "out") const {
    const fs::directory_iterator folders{work_ / (out + "/set")};
    return read_json(folders->path() / "record.json");
  }
  /// A shell script that is run as `sh FILE ...`.
  [[nodiscard]] std::string script(const std::string& name, const std::string& text) const {
    write_text(work_ / name, text);
    return (work_ / name).string();
  }
  [[nodiscard]] bool left_nothing() const { return fs::is_empty(work_ / "tmp"); }

 private:
  Workspace work_;
};

std::string error_of(const Json& sample, const char* part) {
  return sample.at("error").at(part).get<std::string>();
}

}  // namespace

TEST_CASE("a program is a method: it gets files and its matte is scored", "[app][command]") {
  const CommandWorkspace work;
  const ProgramResult result = work.run(
      "command:run=sh -c 'test -s \"$1\" && cp \"$2\" \"$3\"' sh {image} {trimap} {out}"
      ":title=Copy of the trimap:timeout=30");
  CAPTURE(result.err);
  REQUIRE(result.exit_code == 0);
  CHECK_THAT(result.out, Contains("Copy of the trimap"));
  const Json record = work.record();
  CHECK(record.at("counts").at("ok") == 2);
  CHECK(record.at("method").at("id") == "command");
  CHECK(record.at("method").at("options").at("timeout") == "30");
  CHECK(work.left_nothing());
}

TEST_CASE("commas and colons in quotes belong to the command, others separate", "[app][command]") {
  const CommandWorkspace work;
  const ProgramResult result = work.run(
      "constant:alpha=0.5,command:run=sh -c 'a=x,y:b=z; cp \"$1\" \"$2\"' sh {trimap} {out} "
      "{image}");
  CAPTURE(result.err);
  REQUIRE(result.exit_code == 0);
  CHECK(std::distance(fs::directory_iterator{work / "out/set"}, {}) == 2);
}

TEST_CASE("a failing program is a failed row with its exit status and the end of stderr",
          "[app][command]") {
  const CommandWorkspace work;
  const std::string script = work.script(
      "infer.sh",
      "case $1 in a01) echo 'cannot find \"a01\"' >&2; cp \"$2\" \"$3\"; exit 7;; esac\n"
      "cp \"$2\" \"$3\"\n");
  const ProgramResult result =
      work.run("command:run=sh '" + script + "' {id} {trimap} {out} {image}");
  CAPTURE(result.err);
  REQUIRE(result.exit_code == 4);
  const Json record = work.record();
  const Json& row = record.at("samples")[1];
  CHECK(record.at("samples")[0].at("status") == "ok");
  CHECK(row.at("status") == "failed");
  CHECK(error_of(row, "kind") == "method");
  CHECK(error_of(row, "where") == "a01");
  CHECK(error_of(row, "found") == "exit status 7; on stderr last:\ncannot find \"a01\"");
  CHECK(work.left_nothing());
}

TEST_CASE("a program that takes too long is killed and a failed row", "[app][command]") {
  const CommandWorkspace work{1};
  const ProgramResult result =
      work.run("command:timeout=0.3:run=sh -c 'echo loading >&2; sleep 60' sh {image} {out}");
  CHECK(result.exit_code == 4);
  CHECK(error_of(work.record().at("samples")[0], "found") ==
        "not finished after 0.3 s, and killed; on stderr last:\nloading");
  CHECK(work.left_nothing());
}

TEST_CASE("a program that writes no matte, a broken one or one of another size fails the sample",
          "[app][command]") {
  const CommandWorkspace work{1};
  imaging::write_matte(work / "small.png", Matte{Plane<std::uint8_t>{Size{3, 2}}}, Depth::u8);
  write_text(work / "broken.png", "\x89PNG\r\n\x1a\n and no more");
  // Copies the file of that name: `copy small.png`.
  const std::string copy =
      work.script("copy.sh", "cp '" + (work / "").string() + "'\"$1\" \"$2\"\n");
  const auto [name, part, message] = GENERATE(table<std::string, std::string, std::string>(
      {{"", "what", "the program wrote no matte"},
       {"absent.png", "what", "the program failed"},
       {"absent.png", "found", "exit status 1; on stderr last:\ncp: "},
       {"small.png", "found", "3x2 (matte)"},
       {"broken.png", "what", "PNG"}}));
  const ProgramResult result =
      work.run(name.empty() ? "command:run=true {image} {out}"
                            : "command:run=sh '" + copy + "' " + name + " {out} {image}");
  CAPTURE(result.err, name);
  CHECK(result.exit_code == 4);
  CHECK_THAT(error_of(work.record().at("samples")[0], part.c_str()), Contains(message));
  CHECK(work.left_nothing());
}

TEST_CASE("ids with blanks, quotes and line feeds reach the program unharmed", "[app][command]") {
  const CommandWorkspace work{1};
  const std::string id = "it's \"one\"\n{out} $HOME";
  for (const char* role : {"image", "alpha", "trimap"}) {
    fs::rename(work / "set" / role / "a00.png", work / "set" / role / (id + ".png"));
  }
  const std::string script = work.script("infer.sh", "printf %s \"$1\" > \"$4\"; cp \"$2\" \"$3\"");
  const ProgramResult result = work.run("command:run=sh '" + script + "' {id} {trimap} {out} '" +
                                        (work / "seen").string() + "' {image}");
  CAPTURE(result.err);
  REQUIRE(result.exit_code == 0);
  CHECK(read_text(work / "seen") == id);
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

TEST_CASE("a changed script is another method: its unfinished run is not resumed",
          "[app][command]") {
  const CommandWorkspace work{1};
  const std::string script = work.script("infer.sh", "cp \"$1\" \"$2\"\n");
  const std::string method = "command:run=sh " + script + " {trimap} {out} {image}";
  REQUIRE(work.run(method).exit_code == 0);
  CHECK(work.run(method, {"--resume"}).exit_code == 0);
  (void)work.script("infer.sh", "cp \"$1\" \"$2\" # now another\n");
  CHECK(work.run(method, {"--resume"}).exit_code == 2);
}

TEST_CASE("a command that cannot work is refused before the run", "[app][command]") {
  const CommandWorkspace work{1};
  const auto [command, message, code] = GENERATE(table<std::string, std::string, int>(
      {{"command", "needs the option 'run'", 2},
       {"command:run=prog", "where the image and the matte are", 2},
       {"command:run=prog {image} {outt}", "did you mean '{out}'?", 2},
       {"command:run=prog {list} {out}", "has no single image", 2},
       {"command:inputs=trimap:run=sh {image} {out}", "goes with {list}", 2},
       {"command:run=sh 'x {image} {out}", "quotes that are not closed", 2},
       {"command:run=no-such-program {image} {out}", "no program 'no-such-program'", 5}}));
  const ProgramResult result = work.run(command);
  CHECK_THAT(result.err, Contains(message));
  CHECK(result.exit_code == code);
}

TEST_CASE("a program that asks for a trimap is not run on a data set without", "[app][command]") {
  const CommandWorkspace work{1};
  fs::remove_all(work / "set/trimap");
  const ProgramResult result =
      work.run("command:run=sh {image} {trimap} {out}", {"--protocol", "whole"});
  CHECK_THAT(result.err, Contains("method 'command' needs trimaps"));
  CHECK(result.exit_code == 3);
}

TEST_CASE("a method that wraps a program needs what the program needs", "[app][command]") {
  const CommandWorkspace work{1};
  const std::string script = work.script("batch.py", R"(import json, shutil, sys
for line in open(sys.argv[1], encoding="utf-8"):
    sample = json.loads(line)
    shutil.copy(sample["trimap"], sample["out"])
)");
  const bool batch = GENERATE(false, true);
  const std::string command = batch ? "inputs=trimap+run=python3 '" + script + "' {list}"
                                    : "run=sh -c 'cp \"$1\" \"$2\"' sh {trimap} {out} {image}";
  const ProgramResult result = work.run("tta:rotations=2:flip=no:of=command+" + command);
  CAPTURE(result.err, command);
  CHECK(result.exit_code == 0);
  CHECK(work.left_nothing());
  fs::remove_all(work / "set/trimap");
  const ProgramResult without =
      work.run("tta:rotations=2:flip=no:of=command+" + command, {"--protocol", "whole", "--fresh"});
  CHECK_THAT(without.err, Contains("needs trimaps"));
}

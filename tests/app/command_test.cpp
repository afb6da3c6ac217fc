#include <csignal>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include "tests/app/command_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::testing;
using Catch::Contains;

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
  const bool batch = GENERATE(false, true);
  const std::string files = batch ? "{list}" : "{image} {out}";
  const ProgramResult result = work.run("command:timeout=0.3:run=sh -c 'sleep 600' sh " + files);
  CHECK(result.exit_code == 4);
  CHECK(error_of(work.record().at("samples")[0], "found") ==
        (batch ? "nothing new for 0.3 s, and killed; nothing on stderr"
               : "not finished after 0.3 s, and killed; nothing on stderr"));
  CHECK(work.left_nothing());
}

TEST_CASE("an interrupted run kills its program, has no row for it and can be resumed",
          "[app][command]") {
  const CommandWorkspace work;
  const std::string begun = (work / "begun").string();
  const std::string script = work.script("infer.sh", "if test -e '" + (work / "go").string() +
                                                         "'; then cp \"$1\" \"$2\"; exit; fi\n" +
                                                         says_begun(begun) + "exec sleep 600\n");
  const std::string method = "command:run=sh '" + script + "' {trimap} {out} {image}";
  const int signal = GENERATE(SIGINT, SIGTERM);
  const ProgramResult result = work.interrupt(work.words(method, {"-t", "1"}), begun, signal);
  CAPTURE(result.err);
  CHECK(result.exit_code == 130);
  CHECK_THAT(result.err, Contains("interrupted: 0 of 2 samples"));
  CHECK(is_dead(process_in(begun)));
  CHECK(work.left_nothing());
  write_text(work / "go", "");
  REQUIRE(work.run(method).exit_code == 0);
  CHECK(work.record().at("counts").at("ok") == 2);
}

TEST_CASE("timings that are interrupted kill their program", "[app][command]") {
  const CommandWorkspace work{1};
  const std::string begun = (work / "begun").string();
  const std::string script = work.script("infer.sh", says_begun(begun) + "exec sleep 600\n");
  const ProgramResult result = work.interrupt(
      {MBENCH_PROGRAM, "bench", "-m", "command:run=sh '" + script + "' {image} {out}", "-d",
       (work / "set").string(), "--quiet"},
      begun, SIGINT);
  CAPTURE(result.err);
  CHECK(result.exit_code == 130);
  CHECK(is_dead(process_in(begun)));
  CHECK(work.left_nothing());
}

TEST_CASE("a program works where SIGCHLD was ignored when mbench was started", "[app][command]") {
  const CommandWorkspace work{1};
  std::vector<std::string> words =
      work.words("command:run=sh -c 'cp \"$1\" \"$2\"' sh {trimap} {out} {image}");
  const std::string ignore =
      "import os, signal, sys; signal.signal(signal.SIGCHLD, signal.SIG_IGN); "
      "os.execv(sys.argv[1], sys.argv[1:])";
  words.insert(words.begin(), {"/usr/bin/env", "python3", "-c", ignore});
  const ProgramResult result = run_program(words, work.environment());
  CAPTURE(result.err);
  CHECK(result.exit_code == 0);
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

TEST_CASE("a changed file of the command is another method: its run is not resumed",
          "[app][command]") {
  const CommandWorkspace work{1};
  const std::string copy = "#!/bin/sh\ncp \"$1\" \"$2\"\n";
  write_text(work / "infer", copy);
  fs::permissions(work / "infer", fs::perms::owner_all);
  write_text(work / "net.pth", "weights");
  const std::string script = work.script("infer.sh", copy);
  const std::string file = GENERATE("infer.sh", "net.pth", "infer");
  const std::string weights = file == "net.pth" ? " --weights=" + (work / file).string() : "";
  const std::string start = file == "infer" ? "infer" : "sh " + script;
  auto environment = work.environment();
  environment["PATH"] = (work / "").string() + ":" + std::getenv("PATH");
  const std::vector<std::string> words =
      work.words("command:run=" + start + " {trimap} {out} {image}" + weights, {"--resume"});
  const ProgramResult first = run_program(words, environment);
  CAPTURE(first.err, file);
  REQUIRE(first.exit_code == 0);
  CHECK(run_program(words, environment).exit_code == 0);
  write_text(work / file, read_text(work / file) + "# now another\n");
  CHECK(run_program(words, environment).exit_code == 2);
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

#include "baselines/command/program.hpp"

#include <chrono>
#include <csignal>
#include <filesystem>
#include <string>
#include <thread>

#include "core/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"
#include "tests/support/program.hpp"

using namespace mbench::baselines;
using Catch::Contains;
using mbench::testing::read_text;
using mbench::testing::TemporaryFolder;
namespace testing = mbench::testing;

namespace {

namespace fs = std::filesystem;

const ProgramLimits kMinute{.timeout_s = 60.0};

/// A shell as the program: scripts say best what a program does.
ProgramEnd run_script(const std::string& script, const ProgramLimits& limits = kMinute) {
  return run_program("/bin/sh", {"sh", "-c", script}, limits);
}

/// Its time begins to run out when `file` is there.
ProgramLimits from_marker(const std::string& file, double timeout_s) {
  return {.timeout_s = timeout_s, .progress = [file, looks = std::size_t{0}]() mutable {
            return fs::exists(file) ? looks : ++looks;
          }};
}

}  // namespace

TEST_CASE("a program's exit status and last lines on stderr are kept", "[baselines][command]") {
  const ProgramEnd end = run_script("echo lost; echo one >&2; echo two >&2; echo >&2; exit 3");
  CHECK(end.exit_status == 3);
  CHECK_FALSE(end.success());
  CHECK(end.last_lines == "one\ntwo");
  CHECK(describe(end, kMinute) == "exit status 3; on stderr last:\none\ntwo");
  CHECK(run_script("exit 0").success());
}

TEST_CASE("of a long stderr the end is kept", "[baselines][command]") {
  const ProgramEnd end = run_script("seq 1 100000 >&2");
  CHECK(end.last_lines ==
        "99989\n99990\n99991\n99992\n99993\n99994\n99995\n99996\n99997\n99998\n"
        "99999\n100000");
}

TEST_CASE("a program killed by a signal is described by it", "[baselines][command]") {
  const ProgramEnd end = run_script("kill -SEGV $$");
  CHECK(end.signal == 11);
  CHECK_THAT(describe(end, kMinute), Contains("killed by signal 11 (Segmentation fault)"));
}

TEST_CASE("when its time is over a program is killed with all that it started",
          "[baselines][command]") {
  const TemporaryFolder folder;
  const std::string file = (folder / "survivor").string();
  testing::write_text(folder / "survivor.sh", testing::says_begun(file) + "exec sleep 600\n");
  const ProgramLimits limits = from_marker(file, 0.2);
  const ProgramEnd end = run_script(
      "echo begun >&2; sh '" + (folder / "survivor.sh").string() + "' & sleep 600", limits);
  CHECK(end.timed_out);
  CHECK(describe(end, limits) == "nothing new for 0.2 s, and killed; on stderr last:\nbegun");
  CHECK(describe({.timed_out = true}, {.timeout_s = 0.5}) ==
        "not finished after 0.5 s, and killed; nothing on stderr");
  const int survivor = testing::process_in(file);
  CHECK(testing::comes_true([&] { return testing::is_dead(survivor); }));
}

TEST_CASE("a program has its time anew whenever it has got on", "[baselines][command]") {
  std::size_t done = 0;
  CHECK(run_script("sleep 1", {.timeout_s = 0.3, .progress = [&] { return ++done; }}).success());
  CHECK(done > 1);
  CHECK(run_script("sleep 600", {.timeout_s = 0.3, .progress = [] { return std::size_t{7}; }})
            .timed_out);
}

TEST_CASE("a program that writes to stderr without end is stopped in time",
          "[baselines][command]") {
  const std::string script =
      GENERATE("while :; do echo x; done >&2",
               // as fast as it can be read, and faster
               "cat /dev/zero >&2 & cat /dev/zero >&2 & exec cat /dev/zero >&2");
  CAPTURE(script);
  CHECK(run_script(script, {.timeout_s = 0.5}).timed_out);
}

TEST_CASE("what has left the group and writes without end is not waited for",
          "[baselines][command]") {
  const TemporaryFolder folder;
  const std::string file = (folder / "left").string();
  testing::write_text(folder / "left.sh", testing::says_begun(file) + "exec yes >&2\n");
  const ProgramEnd end = run_script("setsid sh '" + (folder / "left.sh").string() +
                                    "' & while ! test -e '" + file + "'; do sleep 0.01; done");
  CHECK(end.success());
  const int left = testing::process_in(file);  // ended by the pipe that nobody reads any more
  CHECK(testing::comes_true([&] { return testing::is_dead(left); }));
}

TEST_CASE("what a program leaves running does not hold mbench up, and is killed",
          "[baselines][command]") {
  const TemporaryFolder folder;
  const std::string file = (folder / "survivor").string();
  testing::write_text(folder / "survivor.sh", testing::says_begun(file) + "exec sleep 600\n");
  const ProgramEnd end = run_script("sh '" + (folder / "survivor.sh").string() +
                                    "' & while ! test -e '" + file + "'; do sleep 0.01; done");
  CHECK(end.success());
  const int survivor = testing::process_in(file);
  CHECK(testing::comes_true([&] { return testing::is_dead(survivor); }));
}

TEST_CASE("a run that is interrupted kills its program", "[baselines][command]") {
  const TemporaryFolder folder;
  const std::string file = (folder / "begun").string();
  std::atomic<bool> interrupted{false};
  std::thread user{[&] { interrupted = testing::comes_true([&] { return fs::exists(file); }); }};
  const ProgramEnd end = run_script(testing::says_begun(file) + "exec sleep 600",
                                    {.timeout_s = 600.0, .interrupted = &interrupted});
  user.join();
  CHECK(end.interrupted);
  CHECK_FALSE(end.success());
  CHECK(testing::is_dead(testing::process_in(file)));
}

TEST_CASE("where SIGCHLD is ignored a program's end is seen and its status is not",
          "[baselines][command]") {
  const auto before = std::signal(SIGCHLD, SIG_IGN);
  const ProgramEnd end = run_script("echo said >&2; exit 0");
  std::signal(SIGCHLD, before);
  CHECK(end.lost);
  CHECK_FALSE(end.success());
  CHECK(describe(end, kMinute) ==
        "ended with an unknown status, for this process ignores SIGCHLD; on stderr last:\nsaid");
}

TEST_CASE("words reach a program as they are", "[baselines][command]") {
  const TemporaryFolder folder;
  const std::string odd = "a b'c\"d\ne$HOME*;\\";
  const std::string file = (folder / "said").string();
  const ProgramEnd end =
      run_program("/bin/sh", {"sh", "-c", "printf %s \"$1\" > \"$2\"", "sh", odd, file}, kMinute);
  REQUIRE(end.success());
  CHECK(read_text(file) == odd);
}

TEST_CASE("a program is found in PATH or by its path", "[baselines][command]") {
  CHECK(find_program("sh").filename() == "sh");
  CHECK(find_program("/bin/sh") == "/bin/sh");
  CHECK_THROWS_WITH(find_program("no-such-program"), Contains("there is no program"));
  CHECK_THROWS_WITH(find_program("./no-such-program"), Contains("no such file"));
  const TemporaryFolder folder;
  mbench::testing::write_text(folder / "plain", "text");
  CHECK_THROWS_WITH(find_program((folder / "plain").string()),
                    Contains("a file that may not be executed"));
}

TEST_CASE("a file that is no program is named with the system's reason", "[baselines][command]") {
  const TemporaryFolder folder;
  mbench::testing::write_text(folder / "broken", "#!/no/such/interpreter\n");
  fs::permissions(folder / "broken", fs::perms::owner_all);
  CHECK_THROWS_WITH(run_program(folder / "broken", {"broken"}, kMinute),
                    Contains("cannot be started") && Contains("No such file"));
}

TEST_CASE("a scratch folder goes with its content", "[baselines][command]") {
  fs::path path;
  {
    const ScratchFolder folder;
    path = folder.path();
    mbench::testing::write_text(folder / "a/b", "x");
    CHECK((fs::status(path).permissions() & fs::perms::others_all) == fs::perms::none);
  }
  CHECK_FALSE(fs::exists(path));
}

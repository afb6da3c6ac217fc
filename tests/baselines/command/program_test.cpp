#include "baselines/command/program.hpp"

#include <chrono>
#include <filesystem>
#include <string>
#include <thread>

#include "core/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"

using namespace mbench::baselines;
using Catch::Contains;
using mbench::testing::read_text;
using mbench::testing::TemporaryFolder;

namespace {

namespace fs = std::filesystem;

/// A shell as the program: scripts say best what a program does.
ProgramEnd run_script(const std::string& script, double timeout_s = 60.0) {
  return run_program("/bin/sh", {"sh", "-c", script}, timeout_s);
}

}  // namespace

TEST_CASE("a program's exit status and last lines on stderr are kept", "[baselines][command]") {
  const ProgramEnd end = run_script("echo lost; echo one >&2; echo two >&2; echo >&2; exit 3");
  CHECK(end.exit_status == 3);
  CHECK_FALSE(end.success());
  CHECK(end.last_lines == "one\ntwo");
  CHECK(describe(end, 60) == "exit status 3; on stderr last:\none\ntwo");
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
  CHECK_THAT(describe(end, 60), Contains("killed by signal 11 (Segmentation fault)"));
}

TEST_CASE("when its time is over a program is killed with all that it started",
          "[baselines][command]") {
  const TemporaryFolder folder;
  const std::string file = (folder / "late").string();
  const auto begin = std::chrono::steady_clock::now();
  const ProgramEnd end =
      run_script("(sleep 2; touch '" + file + "') & echo begun >&2; sleep 30", 0.5);
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds{20});
  CHECK(end.timed_out);
  CHECK(describe(end, 0.5) == "not finished after 0.5 s, and killed; on stderr last:\nbegun");
  std::this_thread::sleep_for(std::chrono::milliseconds{2500});
  CHECK_FALSE(fs::exists(file));
}

TEST_CASE("what a program leaves running does not hold mbench up, and is killed",
          "[baselines][command]") {
  const auto begin = std::chrono::steady_clock::now();
  const ProgramEnd end = run_script("sleep 30 & exit 0");
  CHECK(end.success());
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds{20});
}

TEST_CASE("a run that is interrupted kills its program", "[baselines][command]") {
  const std::atomic<bool> interrupted{true};
  const ProgramEnd end = run_program("/bin/sh", {"sh", "-c", "sleep 30"}, 60.0, &interrupted);
  CHECK(end.interrupted);
  CHECK_FALSE(end.success());
}

TEST_CASE("words reach a program as they are", "[baselines][command]") {
  const TemporaryFolder folder;
  const std::string odd = "a b'c\"d\ne$HOME*;\\";
  const std::string file = (folder / "said").string();
  const ProgramEnd end =
      run_program("/bin/sh", {"sh", "-c", "printf %s \"$1\" > \"$2\"", "sh", odd, file}, 60.0);
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
  CHECK_THROWS_WITH(run_program(folder / "broken", {"broken"}, 60.0),
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

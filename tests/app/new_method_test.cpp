#include <filesystem>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "tests/app/fixture.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::testing;
using Catch::Contains;
using Catch::EndsWith;

namespace {

namespace fs = std::filesystem;

Json only_record(const fs::path& folder) {
  const fs::directory_iterator folders{folder};
  return read_json(folders->path() / "record.json");
}

}  // namespace

TEST_CASE("a new command works at once", "[app][new-method][command]") {
  const Workspace work;
  write_dataset(work / "set", 2);
  const ProgramResult made =
      work.mbench({"new-method", "mine", "--kind", "command", "-o", work.path().string()});
  REQUIRE(made.exit_code == 0);
  CHECK_THAT(made.out, Contains("python3 " + (work / "mine.py").string()));
  const ProgramResult result =
      work.mbench({"run", "-m",
                   "command:inputs=trimap:run=python3 '" + (work / "mine.py").string() + "' {list}",
                   "-d", (work / "set").string(), "-o", (work / "out").string()});
  CAPTURE(result.err);
  REQUIRE(result.exit_code == 0);
  CHECK(only_record(work / "out/set").at("counts").at("ok") == 2);
}

namespace {

constexpr const char* kTreeFiles[] = {"baselines/methods.inc", "baselines/deep/methods.inc",
                                      "baselines/CMakeLists.txt", "tests/baselines/CMakeLists.txt",
                                      "CHANGELOG.md"};

/// The files of this tree that a new method changes.
void copy_tree(const fs::path& tree) {
  for (const char* file : kTreeFiles) write_text(tree / file, read_text(source_path(file)));
}

/// The lines of `after` that `before` lacks, which must have lost none.
std::vector<std::string> added_lines(const std::string& before, const std::string& after) {
  std::vector<std::string> added;
  std::istringstream old_lines{before}, new_lines{after};
  std::string old_line, line;
  bool more = static_cast<bool>(std::getline(old_lines, old_line));
  while (std::getline(new_lines, line)) {
    if (more && line == old_line) {
      more = static_cast<bool>(std::getline(old_lines, old_line));
    } else {
      added.push_back(line);
    }
  }
  CHECK_FALSE(more);
  return added;
}

}  // namespace

TEST_CASE("a new class is entered wherever the source tree lists methods", "[app][new-method]") {
  const Workspace work;
  const fs::path tree = work / "my tree";
  copy_tree(tree);
  const ProgramResult made =
      work.mbench({"new-method", "My_Blend", "--kind", "cpp", "--folder", tree.string()});
  CAPTURE(made.err);
  REQUIRE(made.exit_code == 0);
  using Lines = std::vector<std::string>;
  const std::map<std::string, Lines> expected{
      {"baselines/methods.inc", {"MBENCH_METHOD(my_blend)"}},
      {"baselines/deep/methods.inc", {}},
      {"baselines/CMakeLists.txt", {"          my_blend/my_blend.cpp"}},
      {"tests/baselines/CMakeLists.txt", {"          my_blend_test.cpp"}},
      {"CHANGELOG.md", {"- Method `my-blend`."}}};
  for (const auto& [file, lines] : expected) {
    CAPTURE(file);
    CHECK(added_lines(read_text(source_path(file)), read_text(tree / file)) == lines);
    if (!lines.empty()) CHECK_THAT(made.out, Contains("changed: " + (tree / file).string()));
  }
  CHECK_THAT(read_text(tree / "baselines/methods.inc"), EndsWith("\nMBENCH_METHOD(my_blend)\n"));
  const std::string code = read_text(tree / "baselines/my_blend/my_blend.cpp");
  CHECK_THAT(code, Contains(".id = \"my-blend\"") && !Contains("@"));
  CHECK_THAT(read_text(tree / "tests/baselines/my_blend_test.cpp"), !Contains("@"));
  CHECK_THAT(made.out, Contains("cd '" + tree.string() + "' && cmake --preset dev") &&
                           Contains("test_baselines \"[my-blend]\""));
  const ProgramResult again =
      work.mbench({"new-method", "my-blend", "--kind", "cpp", "--folder", tree.string()});
  CHECK(again.exit_code == 2);
  CHECK_THAT(again.err, Contains("has a method 'my_blend' already"));
}

TEST_CASE("a new class leaves a tree untouched that has its name or looks otherwise",
          "[app][new-method]") {
  const Workspace work;
  const fs::path tree = work / "tree";
  copy_tree(tree);
  const auto refused = [&](const std::string& name) {
    std::map<std::string, std::string> before;
    for (const char* file : kTreeFiles) {
      if (fs::exists(tree / file)) before[file] = read_text(tree / file);
    }
    const ProgramResult result =
        work.mbench({"new-method", name, "--kind", "cpp", "--folder", tree.string()});
    CHECK(result.exit_code == 2);
    for (const auto& [file, text] : before) CHECK(read_text(tree / file) == text);
    CHECK_FALSE(fs::exists(tree / "baselines" / name));
    return result.err;
  };
  CHECK_THAT(refused("card"), Contains("has a method 'card' already"));
  CHECK_THAT(refused("gfm"), Contains("deep/methods.inc"));
  CHECK_THAT(refused("new_example"), Contains("new_example_test.cpp"));
  write_text(tree / "tests/baselines/CMakeLists.txt", "mbench_test(baselines SOURCES *.cpp)\n");
  CHECK_THAT(refused("mine"), Contains("does not look as expected: nothing was changed") &&
                                  Contains("tests/baselines/CMakeLists.txt"));
  fs::remove(tree / "CHANGELOG.md");
  CHECK_THAT(refused("mine"), Contains("mbench_test(baselines"));
  copy_tree(tree);
  fs::remove(tree / "CHANGELOG.md");
  CHECK_THAT(refused("mine"), Contains("a file CHANGELOG.md"));
}

TEST_CASE("outside a source tree a new class says what to do with it", "[app][new-method]") {
  const Workspace work;
  const ProgramResult made =
      work.mbench({"new-method", "My-Blend", "--kind", "cpp", "--out", (work / "new").string()});
  CAPTURE(made.err);
  REQUIRE(made.exit_code == 0);
  CHECK(fs::exists(work / "new/baselines/my_blend/my_blend.cpp"));
  CHECK(fs::exists(work / "new/tests/baselines/my_blend_test.cpp"));
  for (const char* line :
       {"MBENCH_METHOD(my_blend)", "my_blend/my_blend.cpp", "my_blend_test.cpp", "--folder TREE"}) {
    CHECK_THAT(made.out, Contains(line));
  }
}

TEST_CASE("the commands that new-method prints can be pasted, whatever the folder's name",
          "[app][new-method]") {
  const Workspace work;
  write_dataset(work / "set", 1);
  const std::string folder =
      (work / GENERATE(as<std::string>{}, "a b", "it's, this: {one}", "$HOME")).string();
  const auto pasted = [&](const std::string& kind) {
    const ProgramResult made = work.mbench({"new-method", "mine", "--kind", kind, "-o", folder});
    REQUIRE(made.exit_code == 0);
    const std::size_t begin = made.out.find("  mbench run "), end = made.out.find(" DATA\n");
    REQUIRE(end != std::string::npos);
    return run_program(
        {"/bin/sh", "-e", "-c",
         "cd \"$0\"\nPATH=\"$1:$PATH\"\n" + made.out.substr(begin, end - begin) + " set -o " + kind,
         work.path().string(), fs::path{MBENCH_PROGRAM}.parent_path().string()},
        work.environment());
  };
  const ProgramResult command = pasted("command");
  CAPTURE(command.err);
  CHECK(command.exit_code == 0);
  if (!MBENCH_HAS_ONNX) return;
  const ProgramResult card = pasted("card");
  CAPTURE(card.err);
  CHECK(card.exit_code == 0);
}

TEST_CASE("new-method overwrites nothing and refuses names that are none", "[app][new-method]") {
  const Workspace work;
  const std::string folder = work.path().string();
  write_text(work / "mine.onnx", "precious");
  const ProgramResult again = work.mbench({"new-method", "mine", "-o", folder});
  CHECK(again.exit_code == 2);
  CHECK_THAT(again.err, Contains("mine.onnx"));
  CHECK(read_text(work / "mine.onnx") == "precious");
  CHECK_FALSE(fs::exists(work / "mine.toml"));
  for (const char* name : {"../x", "9lives", "a b", "a/b"}) {
    CHECK(work.mbench({"new-method", name, "-o", folder}).exit_code == 2);
  }
}

TEST_CASE("a new class has a name that C++ takes", "[app][new-method]") {
  const Workspace work;
  const std::string folder = (work / "new").string();
  for (const char* name : {"a__b", "a--b", "a-_b", "mine-", "mine_", "linux", "Linux", "std", "int",
                           "mbench", "unix", "not-eq"}) {
    CAPTURE(name);
    const ProgramResult refused = work.mbench({"new-method", name, "--kind", "cpp", "-o", folder});
    CHECK(refused.exit_code == 2);
    CHECK_THAT(refused.err, Contains(name) && Contains("expected:"));
    CHECK_FALSE(fs::exists(folder));
  }
  CHECK(work.mbench({"new-method", "int-net", "--kind", "cpp", "-o", folder}).exit_code == 0);
}

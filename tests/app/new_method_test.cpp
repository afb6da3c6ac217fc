#include <filesystem>
#include <string>

#include "tests/app/fixture.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::testing;
using Catch::Contains;

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

TEST_CASE("a new class is what tests build, and the lines to add are named", "[app][new-method]") {
  const Workspace work;
  write_text(work / "tree/baselines/catalog.cpp", "");
  const ProgramResult made = work.mbench(
      {"new-method", "New-Example", "--kind", "cpp", "--out", (work / "tree").string()});
  CAPTURE(made.err);
  REQUIRE(made.exit_code == 0);
  for (const char* line :
       {"#include \"baselines/new_example/new_example.hpp\"", "&new_example_method,",
        "new_example/new_example.cpp", "new_example_test.cpp", "\"new-example\" in the list"}) {
    CHECK_THAT(made.out, Contains(line));
  }
  const std::string code = read_text(work / "tree/baselines/new_example/new_example.cpp");
  CHECK_THAT(code, Contains(".id = \"new-example\"") && !Contains("@"));
  CHECK_THAT(read_text(work / "tree/tests/baselines/new_example_test.cpp"), !Contains("@"));
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
  const ProgramResult elsewhere =
      work.mbench({"new-method", "mine", "--kind", "cpp", "-o", folder});
  CHECK(elsewhere.exit_code == 2);
  CHECK_THAT(elsewhere.err, Contains("baselines/catalog.cpp"));
}

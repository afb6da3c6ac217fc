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

TEST_CASE("a new card works at once", "[app][new-method][onnx]") {
  const Workspace work;
  write_dataset(work / "set", 2);
  const ProgramResult made =
      work.mbench({"new-method", "My_net", "--out", (work / "new").string()});
  CAPTURE(made.err);
  REQUIRE(made.exit_code == 0);
  CHECK_THAT(made.out, Contains("card:file=" + (work / "new/My_net.toml").string()) &&
                           Contains("place of " + (work / "new/My_net.onnx").string()));
  const ProgramResult result =
      work.mbench({"run", "-m", "card:file=" + (work / "new/My_net.toml").string(), "-d",
                   (work / "set").string(), "-o", (work / "out").string()});
  CAPTURE(result.err);
  REQUIRE(result.exit_code == 0);
  CHECK_THAT(result.out, Contains("My_net"));
  const Json record = only_record(work / "out/set");
  CHECK(record.at("counts").at("ok") == 2);
  CHECK(record.at("method").at("weights").at("file") == "My_net.onnx");
}

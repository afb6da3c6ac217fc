#include <filesystem>

#include "tests/app/fixture.hpp"
#include "tests/support/catch.hpp"

using namespace mbench::testing;

namespace {

/// The last line of a text.
std::string last_line(std::string text) {
  if (!text.empty()) text.pop_back();
  return text.substr(text.rfind('\n') + 1);
}

}  // namespace

TEST_CASE("selftest passes on the built-in references, wherever it is started", "[app][selftest]") {
  const Workspace work;
  const ProgramResult result = work.mbench({"selftest"});
  CAPTURE(result.out, result.err);
  CHECK(result.exit_code == 0);
  CHECK_THAT(result.out, Catch::Contains("metrics:") && Catch::Contains("trimap:"));
  CHECK_THAT(last_line(result.out), Catch::Contains("comparisons, 0 beyond their bounds"));
}

TEST_CASE("selftest of a folder with one wrong number exits with 1 and names it",
          "[app][selftest]") {
  const Workspace work;
  std::filesystem::copy(source_path("tests/golden"), work / "golden",
                        std::filesystem::copy_options::recursive);
  Json values = read_json(work / "golden/golden.json");
  values["cases"]["tiny_7x5"]["gca"]["mse"] = 0.5;
  write_text(work / "golden/golden.json", values.dump());
  const ProgramResult result =
      work.mbench({"selftest", "metrics", "--golden", (work / "golden").string(), "--json"});
  CHECK(result.exit_code == 1);
  const Json report = Json::parse(result.out);
  CHECK(report["schema"] == "mbench.selftest/1");
  CHECK(report["broken"] == 1);
  int failing = 0;
  for (const Json& row : report["families"][0]["rows"]) {
    if (row["verdict"] != "FAIL") continue;
    ++failing;
    CHECK(row["group"] == "gca");
    CHECK(row["item"] == "mse");
    CHECK(row["worst_case"] == "tiny_7x5");
  }
  CHECK(failing == 1);
}

TEST_CASE("selftest of references that it does not know exits with 3, not with success",
          "[app][selftest]") {
  const Workspace work;
  std::filesystem::copy(source_path("tests/golden"), work / "golden",
                        std::filesystem::copy_options::recursive);
  Json values = read_json(work / "golden/golden.json");
  values["cases"] = {{"tiny_7x5", {{"future", {{"sad", 1.0}}}}}};
  values.erase("exact");
  values.erase("sequence");
  write_text(work / "golden/golden.json", values.dump());
  const ProgramResult result = work.mbench({"selftest", "--golden", (work / "golden").string()});
  CHECK(result.exit_code == 3);
  CHECK_THAT(result.err, Catch::Contains("nothing was compared"));
  CHECK(last_line(result.out) ==
        "0 comparisons, 0 beyond their bounds, 1 entry not known to this build");
}

TEST_CASE("selftest refuses unknown names and folders that are no references", "[app][selftest]") {
  const Workspace work;
  const ProgramResult unknown = work.mbench({"selftest", "metric"});
  CHECK(unknown.exit_code == 2);
  CHECK_THAT(unknown.err, Catch::Contains("did you mean 'metrics'?"));
  const ProgramResult no_golden = work.mbench({"selftest", "--golden", work.path().string()});
  CHECK(no_golden.exit_code == 3);
  CHECK_THAT(no_golden.err, Catch::Contains("golden.json (form golden:"));
  CHECK(work.mbench({"selftest", "--json", "--format", "table"}).exit_code == 2);
}

TEST_CASE("selftest takes a device for networks alone", "[app][selftest]") {
  const Workspace work;
  const ProgramResult metrics = work.mbench({"selftest", "metrics", "--device", "cuda"});
  CHECK(metrics.exit_code == 2);
  CHECK_THAT(metrics.err, Catch::Contains("none of these self-tests runs on a GPU"));
  CHECK(work.mbench({"selftest", "models", "--device", "tpu"}).exit_code == 2);
}

TEST_CASE("selftest of one family runs that family alone", "[app][selftest]") {
  const Workspace work;
  const ProgramResult result = work.mbench({"selftest", "trimap", "--format", "json"});
  REQUIRE(result.exit_code == 0);
  const Json report = Json::parse(result.out);
  REQUIRE(report["families"].size() == 2);  // of two forms of references
  for (const Json& family : report["families"]) CHECK(family["id"] == "trimap");
  CHECK(report["families"][1]["rows"].size() == 7);
  CHECK(report["compared"] == 24 * 4 * 4 + 132);
}

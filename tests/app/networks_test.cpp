#include "tests/app/fixture.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/networks_built.hpp"

using namespace mbench;
using namespace mbench::testing;
using Catch::Contains;

namespace {

std::vector<std::string> run(const Workspace& work, const std::string& method,
                             const std::vector<std::string>& more = {}) {
  std::vector<std::string> arguments{
      "run", "-m", method, "-d", (work / "set").string(), "-o", (work / "out").string()};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

}  // namespace

TEST_CASE("a network with weights by formula is marked untrained wherever it appears",
          "[app][run]") {
  if (!networks_are_built()) return;
  const Workspace work;
  write_dataset(work / "set", 2);
  const ProgramResult result =
      work.mbench(run(work, "hattmatting:variant=small,closed-form", {"--weights", "recipe:1"}));
  CAPTURE(result.err);
  REQUIRE(result.exit_code == 0);
  CHECK_THAT(result.out, Contains("HAttMatting (untrained, recipe:1)"));

  const Json record =
      read_json(work / "out/set/hattmatting,variant=small,weights=recipe-1/record.json");
  const Json& method = record.at("method");
  CHECK(method.at("title") == "HAttMatting (untrained, recipe:1)");
  CHECK(method.at("weights").at("file") == "recipe:1");
  CHECK(method.at("precision") == "fp32");
  CHECK(method.at("parameters") == 2690230);
  CHECK(record.at("environment").at("libraries").contains("LibTorch"));
  CHECK(read_json(work / "out/set/closed-form/record.json").at("method").at("weights").is_null());

  const ProgramResult again =
      work.mbench(run(work, "hattmatting:variant=small", {"--weights", "recipe:1", "--resume"}));
  CHECK(again.exit_code == 0);
  CHECK_THAT(again.err, Contains("taken over"));
}

TEST_CASE("no digit of a network's matte depends on the number of threads", "[app][run]") {
  if (!networks_are_built()) return;
  const Workspace work;
  write_dataset(work / "set", 1);
  std::vector<Json> samples;
  for (const char* threads : {"1", "2"}) {
    const std::string out = (work / threads).string();
    REQUIRE(work.mbench({"run", "-m", "aimnet", "-d", (work / "set").string(), "-o", out,
                         "--weights", "recipe:1", "--depth", "16", "-t", threads})
                .exit_code == 0);
    Json record =
        read_json(work / (std::string{threads} + "/set/aimnet,weights=recipe-1/record.json"));
    for (Json& sample : record.at("samples")) sample.erase("times_s");
    samples.push_back(record.at("samples"));
  }
  CHECK(samples[0] == samples[1]);
}

TEST_CASE("a trimap that a method finds is saved, and scored by protocol trimap", "[app][run]") {
  if (!networks_are_built()) return;
  const Workspace work;
  write_dataset(work / "set", 1);
  const ProgramResult result = work.mbench(
      run(work, "adamatting:variant=waterbearbee", {"--weights", "recipe:1", "-p", "trimap"}));
  CAPTURE(result.err);
  REQUIRE(result.exit_code == 0);
  CHECK_THAT(result.out, Contains("untrained"));
  CHECK(std::filesystem::exists(
      work / "out/set/adamatting,variant=waterbearbee,weights=recipe-1/trimaps"));
}

TEST_CASE("weights that are not here, not a file or for several methods are refused",
          "[app][run]") {
  if (!networks_are_built()) return;
  const Workspace work;
  write_dataset(work / "set", 1);
  const ProgramResult absent = work.mbench(run(work, "gfm"));
  CHECK(absent.exit_code == 5);
  CHECK_THAT(absent.err, Contains("gfm_r34_tt.pth") && Contains("MBENCH_WEIGHTS_PATH"));
  CHECK(work.mbench(run(work, "gfm", {"--weights", (work / "none.pth").string()})).exit_code == 3);
  write_text(work / "page.pth", "<!DOCTYPE html><html></html>");
  CHECK(work.mbench(run(work, "gfm", {"--weights", (work / "page.pth").string()})).exit_code == 3);
  CHECK(work.mbench(run(work, "gfm,aimnet", {"--weights", "a.pth"})).exit_code == 2);
  CHECK(work.mbench(run(work, "constant", {"--weights", "recipe:1"})).exit_code == 2);
  CHECK(work.mbench(run(work, "gfm", {"--weights", "recipe:x"})).exit_code == 2);
  CHECK(work.mbench(run(work, "gfm", {"--weights", "recipe:1", "--device", "cuda:77"})).exit_code ==
        5);
}

TEST_CASE("a precision that the device lacks stops a run before its first image", "[app][run]") {
  if (!networks_are_built()) return;
  const Workspace work;
  // LibTorch 1.13 has no reflection padding of bfloat16 on the CPU; later ones do.
  const ProgramResult result =
      work.mbench(run(work, "net-m", {"--weights", "recipe:1", "--precision", "bf16"}));
  CAPTURE(result.err);
  if (result.exit_code == 0) return;
  CHECK(result.exit_code == 5);
  CHECK_THAT(result.err,
             Contains("bf16 cannot be computed on cpu") && Contains("reflection_pad2d"));
}

TEST_CASE("lists and explanations of networks name their weights and open no module", "[app]") {
  const Workspace work;
  const ProgramResult list = work.mbench({"list", "methods"});
  CHECK(list.exit_code == 0);
  CHECK_THAT(list.out, Contains("gfm_r34_tt.pth"));
  const ProgramResult explained = work.mbench({"explain", "gfm"});
  CHECK(explained.exit_code == 0);
  CHECK_THAT(explained.out, Contains("gfm_r34_tt.pth") && Contains("JizhiziLi/GFM"));
  CHECK_THAT(work.mbench({"explain", "hattmatting"}).out, Contains("leaves open"));
}

#include "baselines/deep/entries.hpp"
#include "baselines/onnx/onnx_writer.hpp"
#include "tests/app/fixture.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::testing;
using Catch::Contains;

namespace {

/// A small measurement: a few milliseconds.
std::vector<std::string> bench(const std::string& methods,
                               const std::vector<std::string>& more = {}) {
  std::vector<std::string> arguments{"bench",    methods, "--size",    "48x32", "--limit", "2",
                                     "--repeat", "3",     "--threads", "2",     "--quiet"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

}  // namespace

TEST_CASE("bench puts several methods and the harness into one record and one table",
          "[app][bench]") {
  const Workspace work;
  const std::string file = (work / "bench.json").string();
  const ProgramResult result = work.mbench(bench("constant,closed-form:lambda=10", {"-o", file}));
  CAPTURE(result.err);
  REQUIRE(result.exit_code == 0);
  CHECK_THAT(result.out, Contains("Single stream: 2 images of 48x32") &&
                             Contains("Offline: 2 images of 48x32") && Contains("Constant") &&
                             Contains("Closed-form matting") && Contains("The harness itself"));

  const Json record = read_json(file);
  CHECK(record["schema"] == "mbench.bench/1");
  CHECK(record["settings"]["modes"] == Json{"single-stream", "offline"});
  CHECK(record["interrupted"] == false);
  CHECK(record["settings"]["warmup"] == 1);
  CHECK(record["settings"]["threads"] == 2);
  CHECK(record["input"]["size"] == "48x32");
  CHECK(record["input"]["images"] == 2);
  CHECK(record["environment"]["threads"] == 2);
  REQUIRE(record["methods"].size() == 2);
  CHECK(record["methods"][1]["method"]["options"]["lambda"] == "10");
  std::vector<Json> rows{record["methods"].begin(), record["methods"].end()};
  rows.push_back(record["harness"]);
  for (const Json& row : rows) {
    CAPTURE(row["label"].get<std::string>());
    CHECK(row["single_stream"]["images"].size() == 6);
    CHECK(row["single_stream"]["latency_s"]["n"] == 6);
    CHECK(row["single_stream"]["latency_s"]["p50_ci95"].is_null());  // of 3 repetitions
    CHECK(row["single_stream"]["repetitions_s"].size() == 3);
    CHECK(row["single_stream"]["steps_s"]["transfer"]["max"] == 0.0);
    CHECK(row["offline"]["images"] == 6);
    CHECK(row["effort"]["macs_per_image"].is_null());
  }
  CHECK(record["methods"][0]["memory"]["host_peak_bytes"] > 0);
  CHECK(record["harness"]["memory"].is_null());
}

TEST_CASE("every format of bench has the same methods", "[app][bench]") {
  const Workspace work;
  const auto printed = [&](const char* format) {
    const ProgramResult result =
        work.mbench(bench("constant", {"--mode", "single-stream", "--format", format}));
    CHECK(result.exit_code == 0);
    return result.out;
  };
  CHECK(Json::parse(printed("json"))["methods"][0]["label"] == "Constant");
  const std::string csv = printed("csv");
  CHECK_THAT(csv, Catch::StartsWith("method,method_id,device,precision,p50_s,") &&
                      Contains("\r\nConstant,constant,cpu,fp64,") &&
                      Contains("\r\nNothing (the harness itself),idle,"));
  const std::string markdown = printed("markdown");
  CHECK_THAT(markdown, Contains("| Constant |") && !Contains("Offline"));
}

TEST_CASE("--compare gives the ratio of two methods with its interval", "[app][bench]") {
  const Workspace work;
  const std::string file = (work / "bench.json").string();
  const ProgramResult result =
      work.mbench({"bench", "--compare", "closed-form", "constant", "--size", "48x32", "--repeat",
                   "6", "--quiet", "-o", file});
  CAPTURE(result.err);
  REQUIRE(result.exit_code == 0);
  CHECK_THAT(result.out,
             Contains("Closed-form matting / Constant: latency ") && Contains("12 pairs"));
  const Json comparison = read_json(file)["comparison"];
  CHECK(comparison["latency"]["pairs"] == 12);
  CHECK(comparison["latency"]["ci95"].size() == 2);
  CHECK(comparison["latency"]["ci95"][0] <= comparison["latency"]["median"]);
  CHECK(read_json(file)["methods"][0]["offline"].is_null());
}

TEST_CASE("bench measures a data set as it does generated images", "[app][bench]") {
  const Workspace work;
  write_dataset(work / "set", 3);
  const ProgramResult result =
      work.mbench({"bench", "trimap-as-alpha", "-d", (work / "set").string(), "--limit", "0",
                   "--repeat", "1", "--mode", "offline", "-t", "1", "-q", "--format", "json"});
  CAPTURE(result.err);
  REQUIRE(result.exit_code == 0);
  const Json record = Json::parse(result.out);
  CHECK(record["input"]["images"] == 3);
  CHECK(record["input"]["size"] == "40x32");
  CHECK(record["methods"][0]["single_stream"].is_null());
  CHECK(record["methods"][0]["offline"]["images"] == 3);
}

TEST_CASE("bench refuses what contradicts itself", "[app][bench]") {
  const Workspace work;
  const auto refused = [&](const std::vector<std::string>& arguments, const char* why) {
    const ProgramResult result = work.mbench(arguments);
    CAPTURE(result.err, why);
    CHECK(result.exit_code == 2);
    CHECK_THAT(result.err, Contains(why));
  };
  refused({"bench"}, "either METHODs or --compare");
  refused({"bench", "constant", "--compare", "constant", "closed-form"}, "either METHODs");
  refused({"bench", "--compare", "constant", "closed-form", "--mode", "offline"}, "one image at a");
  refused({"bench", "constant", "--repeat", "0"}, "nothing would be measured");
  refused({"bench", "constant", "--size", "800"}, "width and height");
  refused({"bench", "constant", "--size", "0x800"}, "width and height");
  refused({"bench", "constant", "--size", "8x8", "-d", "demo"}, "--size");
  refused({"bench", "constannt"}, "did you mean 'constant'?");
  refused({"bench", "constant", "--weights", "recipe:1"}, "takes weights");
  refused({"bench", "constant", "--precision", "fp8"}, "--precision");
  refused({"bench", "constant", "--mode", "fast"}, "--mode");
}

TEST_CASE("a method that is not available is named and ends with 5; the others are measured",
          "[app][bench]") {
  const Workspace work;
  const ProgramResult result =
      work.mbench(bench("constant,gfm", {"--format", "json", "--device", "cuda:77"}));
  CAPTURE(result.err);
  CHECK(result.exit_code == 5);
  CHECK_THAT(result.err, Contains("gfm was not measured: "));
  const Json record = Json::parse(result.out);
  REQUIRE(record["methods"].size() == 1);
  CHECK(record["methods"][0]["label"] == "Constant");
  CHECK(record["methods"][0]["method"]["device"] == "cpu");
  REQUIRE(record["failed"].size() == 1);
  CHECK(record["failed"][0]["error"]["kind"] == "unavailable");
}

TEST_CASE("an exported network with an operator that is not known fails alone, and says which",
          "[app][bench][onnx]") {
  if (!MBENCH_HAS_ONNX) {
    WARN("skipped: this build runs no ONNX files");
    return;
  }
  const Workspace work;
  write_text(work / "unknown.onnx",
             baselines::write_onnx(
                 {.nodes = {{.op = "FancyMatting", .inputs = {"image"}, .outputs = {"alpha"}}},
                  .inputs = {{.name = "image", .shape = {1, 3, -1, -1}}},
                  .outputs = {{.name = "alpha", .shape = {1, 1, -1, -1}}}}));
  write_text(work / "unknown.toml", "weights = \"unknown.onnx\"\n[[input]]\nsource = \"image\"\n");
  const ProgramResult result = work.mbench(
      bench("constant,card:file=" + (work / "unknown.toml").string(), {"--format", "json"}));
  CAPTURE(result.err);
  CHECK(result.exit_code == 5);
  CHECK_THAT(result.err, Contains("operator 'FancyMatting'") && !Contains("formula"));
  const Json record = Json::parse(result.out);
  REQUIRE(record["methods"].size() == 1);
  CHECK(record["methods"][0]["label"] == "Constant");
  REQUIRE(record["failed"].size() == 1);
  CHECK_THAT(record["failed"][0]["error"]["what"].get<std::string>(), Contains("FancyMatting"));
}

TEST_CASE("an ONNX card is timed without LibTorch, of which nothing is said about it",
          "[app][bench][onnx]") {
  if (!MBENCH_HAS_ONNX) {
    WARN("skipped: this build runs no ONNX files");
    return;
  }
  const Workspace work;
  REQUIRE(work.mbench({"new-method", "My_net", "--out", (work / "new").string()}).exit_code == 0);
  const std::string card = "card:file=" + (work / "new/My_net.toml").string();
  for (const std::string& method : {card, "tta:rotations=1:of=" + std::string{"card+file="} +
                                              (work / "new/My_net.toml").string()}) {
    const ProgramResult result = work.mbench(bench(method, {"--format", "json"}));
    CAPTURE(method, result.err);
    REQUIRE(result.exit_code == 0);
    const Json record = Json::parse(result.out);
    const Json& effort = record["methods"][0]["effort"];
    CHECK(effort["macs_per_image"].is_null());
    CHECK(effort["peak_flops_thread"].is_null());
    CHECK(effort["share_of_peak"].is_null());
    CHECK(record["methods"][0]["single_stream"]["steps_s"]["infer"]["min"] > 0.0);
    for (const auto& [library, version] : record["environment"]["libraries"].items()) {
      CHECK_THAT(library, !Contains("torch", Catch::CaseSensitive::No));
    }
  }
}

TEST_CASE("what a program of the user's does wrong costs its own row", "[app][bench]") {
  const Workspace work;
  const Scene other = make_scene({9, 7}, 1);
  imaging::write_matte(work / "other.png", other.alpha.view(), Depth::u8);
  write_text(work / "wrong.sh", "cp '" + (work / "other.png").string() + "' \"$1\"\n");
  const ProgramResult result =
      work.mbench(bench("constant,command:run=sh " + (work / "wrong.sh").string() +
                            " {out} {image} 'a,b',trimap-as-alpha",
                        {"--format", "json", "--mode", "single-stream"}));
  CAPTURE(result.err);
  CHECK(result.exit_code == 5);
  CHECK_THAT(result.err, Contains("matte must have the size of the image"));
  const Json record = Json::parse(result.out);
  CHECK(record["methods"].size() == 2);
  REQUIRE(record["failed"].size() == 1);
  CHECK(record["failed"][0]["error"]["kind"] == "method");
}

TEST_CASE("a comma inside quotes belongs to the method; its program's time is CPU time",
          "[app][bench]") {
  const Workspace work;
  // An empty loop of the shell's own, then the matte.
  write_text(work / "busy.sh",
             "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done; cp \"$2\" \"$1\"\n");
  const ProgramResult result = work.mbench(
      {"bench",
       "constant,command:run=sh " + (work / "busy.sh").string() + " {out} {trimap} {image} 'a,b'",
       "--size", "48x32", "--limit", "1", "--repeat", "1", "--warmup", "0", "--mode",
       "single-stream", "--quiet", "--format", "json"});
  CAPTURE(result.err);
  REQUIRE(result.exit_code == 0);
  const Json record = Json::parse(result.out);
  REQUIRE(record["methods"].size() == 2);
  CHECK(record["methods"][1]["method"]["device"] == "unknown");
  const Json& stream = record["methods"][1]["single_stream"];
  CHECK(stream["cpu_s"]["min"].get<double>() > 0.01);
}

TEST_CASE("an interrupted bench keeps what was measured, and says so", "[app][bench]") {
  const Workspace work;
  const std::string file = (work / "bench.json").string();
  write_text(work / "stop.sh", "kill -INT $PPID; cp \"$2\" \"$1\"\n");
  const ProgramResult result = work.mbench(
      bench("constant,command:run=sh " + (work / "stop.sh").string() + " {out} {trimap} {image}",
            {"-o", file}));
  CAPTURE(result.err);
  CHECK(result.exit_code == 130);
  CHECK_THAT(result.err, Contains("interrupted: 1 of the methods was measured"));
  const Json record = read_json(file);
  CHECK(record["interrupted"] == true);
  REQUIRE(record["methods"].size() == 1);
  CHECK(record["methods"][0]["label"] == "Constant");
}

TEST_CASE("a data set without what a method needs ends with 3", "[app][bench]") {
  const Workspace work;
  const Scene scene = make_scene({40, 32}, 1);
  imaging::write_image(work / "set/image/a.png", Image{scene.image});
  imaging::write_matte(work / "set/alpha/a.png", scene.alpha.view(), Depth::u8);
  const ProgramResult result =
      work.mbench({"bench", "closed-form", "-d", (work / "set").string(), "-q"});
  CHECK(result.exit_code == 3);
  CHECK_THAT(result.err, Contains("method 'closed-form' needs trimaps"));
}

TEST_CASE("a network without its published weights is timed with untrained ones, and says so",
          "[app][bench]") {
  if (!baselines::deep_methods_are_built()) {
    WARN("skipped: this build has no networks");
    return;
  }
  const Workspace work;
  const ProgramResult result =
      work.mbench({"bench", "hattmatting:variant=small", "--size", "64x48", "--limit", "1",
                   "--repeat", "1", "-t", "1", "-q", "--format", "json"});
  CAPTURE(result.err);
  REQUIRE(result.exit_code == 0);
  CHECK_THAT(result.err, Contains("times are those of untrained"));
  const Json row = Json::parse(result.out)["methods"][0];
  CHECK(row["method"]["title"] == "HAttMatting (untrained, recipe:1)");
  CHECK(row["effort"]["macs_per_image"] > 0.0);
  CHECK(row["effort"]["peak_flops_thread"] > 0.0);
  CHECK(row["effort"]["share_of_peak"] > 0.0);
  CHECK(row["single_stream"]["steps_s"]["transfer"]["max"] == 0.0);  // nothing moves on the CPU
  CHECK(row["memory"]["device_peak_bytes"].is_null());
}

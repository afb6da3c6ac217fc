#include "tests/app/fixture.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::testing;
using Catch::Contains;

namespace {

namespace fs = std::filesystem;

/// truth/, pred/ (the truth, a little off) and trimap/ with three pairs.
void write_pairs(const fs::path& folder, const std::vector<std::string>& stems) {
  int seed = 0;
  for (const std::string& stem : stems) {
    const Scene scene = make_scene({40, 32}, seed++);
    Plane<std::uint8_t> predicted = scene.alpha;
    for (std::uint8_t& value : predicted.values()) value = static_cast<std::uint8_t>(value / 2);
    imaging::write_matte(folder / "truth" / (stem + ".png"), scene.alpha.view(), Depth::u8);
    imaging::write_matte(folder / "pred" / (stem + ".png"), predicted.view(), Depth::u8);
    imaging::write_trimap(folder / "trimap" / (stem + ".png"), scene.trimap);
  }
}

std::vector<std::string> eval(const Workspace& work, const std::vector<std::string>& more) {
  std::vector<std::string> arguments{"eval",
                                     "--truth",
                                     (work / "truth").string(),
                                     "--pred",
                                     (work / "pred").string(),
                                     "--trimap",
                                     (work / "trimap").string()};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

}  // namespace

TEST_CASE("eval scores a folder under several protocols and writes the record", "[app][eval]") {
  const Workspace work;
  write_pairs(work.path(), {"a", "b", "c"});
  const std::string file = (work / "scores.json").string();
  const ProgramResult result = work.mbench(eval(work, {"-p", "dim-matlab,aim", "-o", file}));
  CAPTURE(result.err);
  REQUIRE(result.exit_code == 0);
  CHECK_THAT(result.out, Contains("SAD") && Contains("dim-matlab") && Contains("aim"));

  const Json record = read_json(file);
  CHECK(record.at("schema") == "mbench.record/1");
  CHECK(record.at("protocols") == Json::array({"dim-matlab", "aim"}));
  REQUIRE(record.at("samples").size() == 3);
  CHECK(record.at("samples")[0].at("id") == "a");
  CHECK(record.at("samples")[0].at("scores").at("aim").contains("sad_trimap"));
  CHECK(record.at("counts").at("ok") == 3);
  CHECK(record.at("means").at("dim-matlab").at("sad").at("n") == 3);
}

TEST_CASE("the truth scored against itself has no error", "[app][eval]") {
  const Workspace work;
  write_pairs(work.path(), {"a", "b"});
  const std::string truth = (work / "truth").string();
  const ProgramResult result =
      work.mbench({"eval", "--gt-root", truth, "--pred-root", truth, "--trimap-root",
                   (work / "trimap").string(), "-p", "dim-matlab", "--format", "json"});
  REQUIRE(result.exit_code == 0);
  for (const char* column : {"sad", "mse", "grad", "conn"}) {
    CHECK(Json::parse(result.out)[0].at(std::string{"dim-matlab."} + column) == 0.0);
  }
}

TEST_CASE("files pair by stem, whatever their extension, spaces and brackets", "[app][eval]") {
  const Workspace work;
  write_pairs(work.path(), {"woman-952506_1920 (1)", "13(2)", "plain"});
  const auto sad_of = [&] {
    const ProgramResult result = work.mbench(eval(work, {"-p", "aim", "--format", "json"}));
    CAPTURE(result.err);
    REQUIRE(result.exit_code == 0);
    return Json::parse(result.out)[0].at("aim.sad");
  };
  const Json before = sad_of();
  fs::rename(work / "pred/plain.png", work / "pred/plain.PNG");
  CHECK(sad_of() == before);
  fs::rename(work / "truth/13(2).png", work / "truth/13(2).webp");  // told by content, not by name
  CHECK(sad_of() == before);
}

TEST_CASE("every pairing problem is named at once and ends with 3", "[app][eval]") {
  const Workspace work;
  write_pairs(work.path(), {"a", "b", "c", "d"});
  fs::remove(work / "pred/a.png");
  fs::rename(work / "pred/b.png", work / "pred/bb.png");
  fs::copy(work / "truth/c.png", work / "truth/c.PNG");
  imaging::write_matte(work / "pred/d.png", Plane<std::uint8_t>{{41, 32}}.view(), Depth::u8);
  const ProgramResult result = work.mbench(eval(work, {"-p", "dim-matlab"}));
  CHECK(result.exit_code == 3);
  CHECK_THAT(result.err, Contains("a.png") && Contains("bb.png") && Contains("c.PNG") &&
                             Contains("41x32") && Contains("40x32"));
  CHECK(result.out.empty());
}

TEST_CASE("--allow-missing counts missing predictions as failed and ends with 4", "[app][eval]") {
  const Workspace work;
  write_pairs(work.path(), {"a", "b", "c"});
  fs::remove(work / "pred/b.png");
  const std::string file = (work / "scores.json").string();
  const ProgramResult result =
      work.mbench(eval(work, {"-p", "dim-matlab", "--allow-missing", "-o", file}));
  CHECK(result.exit_code == 4);
  const Json record = read_json(file);
  CHECK(record.at("counts").at("failed") == 1);
  CHECK(record.at("samples")[1].at("status") == "failed");
  CHECK(record.at("samples")[1].at("error").at("kind") == "bad_input");
  CHECK(record.at("means").at("dim-matlab").at("sad").at("n") == 2);
  CHECK_THAT(result.out, Contains("1") && Contains("failed"));

  fs::rename(work / "pred/a.png", work / "pred/zz.png");  // a prediction too many stays an error
  CHECK(work.mbench(eval(work, {"-p", "dim-matlab", "--allow-missing"})).exit_code == 3);
}

TEST_CASE("the digest of what was compared with knows trimaps and no predictions", "[app][eval]") {
  const Workspace work;
  write_pairs(work.path(), {"a", "b"});
  const std::string file = (work / "scores.json").string();
  const auto digest = [&] {
    (void)work.mbench(eval(work, {"-p", "dim-matlab", "--allow-missing", "-o", file}));
    return read_json(file).at("dataset").at("manifest_sha256").get<std::string>();
  };
  const std::string before = digest();
  fs::remove(work / "pred/b.png");
  CHECK(digest() == before);
  imaging::write_trimap(work / "trimap/a.png", Trimap{{40, 32}, kUnknown});
  CHECK(digest() != before);
}

TEST_CASE("--dataset brings truth and trimaps, and admits no others", "[app][eval]") {
  const Workspace work;
  write_dataset(work / "set", 2);
  const std::string set = (work / "set").string();
  const std::string trimap = (work / "set/trimap").string();
  const std::string alpha = (work / "set/alpha").string();
  CHECK(work.mbench({"eval", "-d", set, "--pred", alpha, "--trimap", trimap, "-p", "aim"})
            .exit_code == 2);
  CHECK(
      work.mbench({"eval", "-d", set, "--pred", alpha, "--truth", alpha, "-p", "aim"}).exit_code ==
      2);
  const ProgramResult result =
      work.mbench({"eval", "-d", set, "--pred-trimap", trimap, "-p", "trimap", "--format", "json"});
  CAPTURE(result.err);
  REQUIRE(result.exit_code == 0);
  CHECK(Json::parse(result.out)[0].at("trimap.accuracy") == 1.0);
}

TEST_CASE("a table that does not reach its file is no success", "[app][eval]") {
  if (!fs::exists("/dev/full")) return;
  const Workspace work;
  const ProgramResult result =
      run_program({"/bin/sh", "-c", std::string{MBENCH_PROGRAM} + " list protocols > /dev/full"});
  CHECK(result.exit_code == 5);
}

TEST_CASE("wrong values are refused before anything is scored", "[app][eval]") {
  const Workspace work;
  write_pairs(work.path(), {"a"});
  const ProgramResult folder = work.mbench(eval(work, {"-p", "aim", "-o", work.path().string()}));
  CHECK(folder.exit_code == 2);
  CHECK_THAT(folder.err, Contains("--out names a folder"));
  CHECK(work.mbench(eval(work, {"-p", "aim", "--trimap-levels", "5,5,5"})).exit_code == 2);
}

TEST_CASE("a data set without truth cannot be evaluated", "[app][eval]") {
  const Workspace work;
  write_dataset(work / "set", 1);
  fs::rename(work / "set/alpha", work / "mattes");
  const ProgramResult result = work.mbench(
      {"eval", "-d", (work / "set").string(), "--pred", (work / "mattes").string(), "-p", "aim"});
  CHECK(result.exit_code == 3);
  CHECK_THAT(result.err, Contains("no ground truth"));
}

TEST_CASE("a file that is damaged behind its header is a failed row, not a score", "[app][eval]") {
  const Workspace work;
  write_pairs(work.path(), {"a", "b"});
  const std::string bytes = read_text(work / "pred/a.png");
  write_text(work / "pred/a.png", bytes.substr(0, bytes.size() * 2 / 3));
  const ProgramResult result = work.mbench(eval(work, {"-p", "dim-matlab"}));
  CHECK(result.exit_code == 4);
  CHECK_THAT(result.err, Contains("a.png"));
}

TEST_CASE("folders that are empty or absent are errors, not means over nothing", "[app][eval]") {
  const Workspace work;
  write_pairs(work.path(), {"a"});
  fs::create_directory(work / "empty");
  CHECK(
      work.mbench({"eval", "--truth", (work / "truth").string(), "--pred",
                   (work / "empty").string(), "-p", "aim", "--trimap", (work / "trimap").string()})
          .exit_code == 3);
  const ProgramResult absent =
      work.mbench({"eval", "--truth", (work / "nowhere").string(), "--pred",
                   (work / "pred").string(), "--trimap", (work / "trimap").string(), "-p", "aim"});
  CHECK(absent.exit_code == 3);
  CHECK_THAT(absent.err, Contains("nowhere"));
}

TEST_CASE("a protocol that looks at trimaps is not scored without them", "[app][eval]") {
  const Workspace work;
  write_pairs(work.path(), {"a"});
  const ProgramResult result = work.mbench({"eval", "--truth", (work / "truth").string(), "--pred",
                                            (work / "pred").string(), "-p", "dim-matlab"});
  CHECK(result.exit_code == 2);
  CHECK_THAT(result.err, Contains("--trimap"));
}

TEST_CASE("trimaps are scored by protocol trimap", "[app][eval]") {
  const Workspace work;
  write_pairs(work.path(), {"a", "b"});
  const std::string trimap = (work / "trimap").string();
  const ProgramResult result = work.mbench(
      {"eval", "--trimap", trimap, "--pred-trimap", trimap, "-p", "trimap", "--format", "json"});
  CAPTURE(result.err);
  REQUIRE(result.exit_code == 0);
  CHECK(Json::parse(result.out)[0].at("trimap.iou_unknown") == 1.0);
  CHECK(work.mbench({"eval", "--trimap", trimap, "-p", "trimap"}).exit_code == 2);
}

TEST_CASE("trimaps with other levels are refused with the setting that accepts them",
          "[app][eval]") {
  const Workspace work;
  write_pairs(work.path(), {"a"});
  Plane<std::uint8_t> trimap = imaging::read_trimap(work / "trimap/a.png");
  for (std::uint8_t& level : trimap.values()) {
    if (level == kUnknown) level = 102;
  }
  const ProgramResult before = work.mbench(eval(work, {"-p", "dim-matlab", "--format", "json"}));
  imaging::write_matte(work / "trimap/a.png", trimap.view(), Depth::u8);
  const ProgramResult refused = work.mbench(eval(work, {"-p", "dim-matlab"}));
  CHECK(refused.exit_code == 3);
  CHECK(refused.out.empty());
  CHECK_THAT(refused.err,
             Contains("102") && Contains("trimap/a.png") && Contains("--trimap-levels 0,102,255"));
  CHECK(work.mbench(eval(work, {"-p", "whole"})).exit_code == 0);  // does not look at it
  const ProgramResult accepted = work.mbench(
      eval(work, {"-p", "dim-matlab", "--format", "json", "--trimap-levels", "0,102,255"}));
  CHECK(accepted.exit_code == 0);
  CHECK(accepted.out == before.out);
}

TEST_CASE("all trimaps with other levels are listed, also those of pairs that could not be scored",
          "[app][eval]") {
  const Workspace work;
  write_pairs(work.path(), {"a", "b", "c", "d"});
  const Plane<std::uint8_t> other{imaging::probe_image(work / "trimap/a.png").size, 64};
  for (const char* name : {"trimap/b.png", "trimap/d.png"}) {
    imaging::write_matte(work / name, other.view(), Depth::u8);
  }
  const std::string damaged = read_text(work / "pred/b.png");
  write_text(work / "pred/b.png", damaged.substr(0, damaged.size() / 2));
  const auto threads = GENERATE("1", "2");
  const ProgramResult refused = work.mbench(
      eval(work, {"-p", "dim-matlab", "-t", threads, "-o", (work / "scores.json").string()}));
  CHECK(refused.exit_code == 3);
  CHECK(refused.out.empty());
  CHECK_THAT(refused.err, Contains("2 problems") && Contains("[levels]") &&
                              Contains("trimap/b.png") && Contains("trimap/d.png") &&
                              !Contains("trimap/a.png") && !Contains("pred/b.png"));
  CHECK_FALSE(fs::exists(work / "scores.json"));
}

TEST_CASE("16-bit truth and 8-bit prediction are compared exactly", "[app][eval]") {
  const Workspace work;
  write_pairs(work.path(), {"a"});
  imaging::write_matte(work / "pred/a.png", imaging::read_matte(work / "truth/a.png"), Depth::u16);
  const ProgramResult result = work.mbench(eval(work, {"-p", "dim-matlab", "--format", "json"}));
  REQUIRE(result.exit_code == 0);
  CHECK(Json::parse(result.out)[0].at("dim-matlab.sad") == 0.0);
  CHECK(Json::parse(result.out)[0].at("dim-matlab.conn") == 0.0);
}

TEST_CASE("eval gives one record for any number of threads", "[app][eval]") {
  const Workspace work;
  write_pairs(work.path(), {"a", "b", "c", "d", "e", "f", "g"});
  std::string first;
  for (const char* threads : {"1", "2", "5"}) {
    const std::string file = (work / "scores.json").string();
    REQUIRE(
        work.mbench(eval(work, {"-p", "dim-matlab,aim", "-o", file, "-t", threads})).exit_code ==
        0);
    const std::string text = comparable(read_json(file));
    if (first.empty()) first = text;
    CHECK(text == first);
  }
}

TEST_CASE("numbers of all output formats are the same", "[app][eval]") {
  const Workspace work;
  write_pairs(work.path(), {"a", "b"});
  const auto output = [&](const char* format) {
    const ProgramResult result = work.mbench(eval(work, {"-p", "dim-matlab", "--format", format}));
    REQUIRE(result.exit_code == 0);
    return result.out;
  };
  const double sad = Json::parse(output("json"))[0].at("dim-matlab.sad");
  char printed[32];
  std::snprintf(printed, sizeof printed, "%.2f", sad);
  for (const char* format : {"table", "markdown", "latex"}) {
    CAPTURE(format);
    CHECK_THAT(output(format), Contains(printed));
  }
  CHECK_THAT(output("latex"), Contains("\\toprule") && Contains("\\downarrow"));
}

TEST_CASE("--mixed names the protocol in each row, and its columns are shared", "[app][eval]") {
  const Workspace work;
  write_pairs(work.path(), {"a", "b"});
  const auto output = [&](const char* format) {
    const ProgramResult result =
        work.mbench(eval(work, {"-p", "dim-matlab,aim", "--mixed", "--format", format}));
    REQUIRE(result.exit_code == 0);
    return result.out;
  };
  const Json rows = Json::parse(output("json"));
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].at("protocol") == "dim-matlab/1");
  CHECK(rows[1].at("protocol") == "aim/1");
  CHECK(rows[0].at("sad (10^3)").is_number());
  CHECK(rows[1].at("sad (10^3)").is_number());
  CHECK_FALSE(rows[0].contains("dim-matlab.sad"));
  CHECK_THAT(output("csv"),
             Contains("protocol,sad (10^3),sad_trimap (10^3),") && Contains("dim-matlab/1"));
  CHECK_THAT(output("table"), Contains("Protocol") && Contains("aim/1: AIM-500: whole image") &&
                                  Contains("Grad (10^3)") && Contains("Grad (10) "));
}

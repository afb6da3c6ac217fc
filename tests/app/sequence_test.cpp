#include "tests/app/fixture.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"

using namespace mbench;
using namespace mbench::testing;
using Catch::Contains;

namespace {

namespace fs = std::filesystem;

/// Clips a (3 frames) and b (2 frames); predictions are off by an amount that differs.
void write_clips(const fs::path& folder) {
  int seed = 0;
  for (const char* frame : {"a/0000", "a/0001", "a/0002", "b/0000", "b/0001"}) {
    const Scene scene = make_scene({40, 32}, seed++);
    Plane<std::uint8_t> predicted = scene.alpha;
    for (std::uint8_t& value : predicted.values()) {
      value = static_cast<std::uint8_t>(value / (seed + 1));
    }
    const std::string file = std::string{frame} + ".png";
    imaging::write_matte(folder / "truth" / file, scene.alpha.view(), Depth::u8);
    imaging::write_matte(folder / "pred" / file, predicted.view(), Depth::u8);
  }
}

std::vector<std::string> eval(const Workspace& work, const std::vector<std::string>& more) {
  std::vector<std::string> arguments{"eval",    "--sequence",
                                     "--truth", (work / "truth").string(),
                                     "--pred",  (work / "pred").string()};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

}  // namespace

TEST_CASE("eval --sequence prints the means of RVM's program for the golden clip",
          "[app][sequence][golden]") {
  const Workspace work;
  const fs::path golden = source_path("tests/golden");
  const ProgramResult result =
      work.mbench({"eval", "--sequence", "--truth", (golden / "sequence/alpha").string(), "--pred",
                   (golden / "sequence/pred").string(), "-p", "rvm", "--format", "json"});
  CAPTURE(result.err);
  REQUIRE(result.exit_code == 0);
  const Json expected = read_json(golden / "golden.json").at("sequence").at("mean_over_frames");
  for (const auto& [column, value] : expected.items()) {
    CAPTURE(column);
    CHECK(Json::parse(result.out)[0].at("rvm." + column).get<double>() ==
          Approx(value.get<double>()).epsilon(1e-5));
  }
}

TEST_CASE("eval --sequence averages rvm over clips, then over frame indices, others over frames",
          "[app][sequence]") {
  const Workspace work;
  write_clips(work.path());
  const std::string file = (work / "scores.json").string();
  const ProgramResult result = work.mbench(eval(work, {"-p", "rvm,whole", "-o", file}));
  REQUIRE(result.exit_code == 0);
  CHECK_THAT(result.out, Contains("5 frames of 2 clips; means of rvm over the clips for each frame "
                                  "index, then over the indices, of other protocols over all"));
  const Json record = read_json(file);
  CHECK(record.at("protocol_versions") == Json{{"rvm", 1}, {"whole", 1}});
  CHECK(record.at("averaging") == Json{{"rvm", "frame-index"}});
  REQUIRE(record.at("samples").size() == 5);
  CHECK(record.at("samples")[4].at("id") == "b/0001");
  CHECK(record.at("samples")[4].at("tags") == Json{{"clip", "b"}, {"frame", "1"}});
  const auto score = [&](std::size_t i, const char* protocol, const char* column) {
    return record.at("samples")[i].at("scores").at(protocol).at(column).get<double>();
  };
  for (const char* column : {"mad", "dtssd"}) {
    const auto of = [&](std::size_t i) { return score(i, "rvm", column); };
    const double by_index = ((of(0) + of(3)) / 2 + (of(1) + of(4)) / 2 + of(2)) / 3;
    CHECK(record.at("means").at("rvm").at(column).at("mean").get<double>() ==
          Approx(by_index).epsilon(1e-14));
  }
  CHECK(score(0, "rvm", "dtssd") == 0.0);
  CHECK(score(3, "rvm", "dtssd") == 0.0);
  CHECK(score(4, "rvm", "dtssd") > 0.0);
  double sum = 0;
  for (std::size_t i = 0; i < 5; ++i) sum += score(i, "whole", "sad");
  CHECK(record.at("means").at("whole").at("sad").at("mean").get<double>() ==
        Approx(sum / 5).epsilon(1e-14));
}

TEST_CASE("eval --sequence gives one record for any number of threads", "[app][sequence]") {
  const Workspace work;
  write_clips(work.path());
  std::string first;
  for (const char* threads : {"1", "2", "3"}) {
    const std::string file = (work / "scores.json").string();
    REQUIRE(work.mbench(eval(work, {"-p", "rvm", "-o", file, "-t", threads})).exit_code == 0);
    const std::string text = comparable(read_json(file));
    if (first.empty()) first = text;
    CHECK(text == first);
  }
}

TEST_CASE("without --sequence nested folders hold stills", "[app][sequence]") {
  const Workspace work;
  write_clips(work.path());
  const std::string file = (work / "scores.json").string();
  std::vector<std::string> arguments = eval(work, {"-p", "rvm", "-o", file});
  arguments.erase(arguments.begin() + 1);
  REQUIRE(work.mbench(arguments).exit_code == 0);
  const Json record = read_json(file);
  CHECK_FALSE(record.contains("averaging"));
  CHECK(record.at("samples")[0].at("tags").empty());
  CHECK_FALSE(record.at("means").at("rvm").contains("dtssd"));
}

TEST_CASE("frames that do not fit end with 3, or with 4 where that is allowed", "[app][sequence]") {
  const Workspace work;
  write_clips(work.path());
  fs::remove(work / "pred/a/0001.png");
  const ProgramResult refused = work.mbench(eval(work, {"-p", "rvm"}));
  CHECK(refused.exit_code == 3);
  CHECK_THAT(refused.err, Contains("a/0001.png"));
  CHECK(refused.out.empty());
  const std::string file = (work / "scores.json").string();
  CHECK(work.mbench(eval(work, {"-p", "rvm", "--allow-missing", "-o", file})).exit_code == 4);
  const Json record = read_json(file);
  CHECK(record.at("samples")[1].at("status") == "failed");
  CHECK(record.at("samples")[2].at("undefined").at("rvm.dtssd") == "the frame before it failed");
  CHECK(record.at("means").at("rvm").at("dtssd").at("undefined") == 1);
}

TEST_CASE("--sequence does not go with --dataset", "[app][sequence]") {
  const Workspace work;
  write_dataset(work / "set", 1);
  const ProgramResult result = work.mbench({"eval", "--sequence", "-d", (work / "set").string(),
                                            "--pred", (work / "set/alpha").string(), "-p", "rvm"});
  CHECK(result.exit_code == 2);
  CHECK_THAT(result.err, Contains("--truth"));
}

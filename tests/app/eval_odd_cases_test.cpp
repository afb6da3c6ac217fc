#include <cstdlib>
#include <limits>
#include <string>
#include <vector>

#include "tests/app/fixture.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::testing;
using Catch::Contains;

namespace {

namespace fs = std::filesystem;

using Plane8 = Plane<std::uint8_t>;

/// Every protocol that scores mattes, but dim-matlab-orig, whose program stops at many of these.
const std::string kAllProtocols =
    "dim-matlab,dim-matlab-skip,whole,aim,gfm,p3m,gca,gca-tester,vitmatte,mam,mmagic,paddle,"
    "paddle-whole,rvm,rvm-hr,indexnet-py,instmatt";

/// One pair in truth/, pred/ and trimap/, called a.png.
struct Pair {
  Plane8 truth{};
  Plane8 predicted{};
  Plane8 trimap{};
};

void write_pair(const Workspace& work, const Pair& pair) {
  imaging::write_matte(work / "truth/a.png", pair.truth.view(), Depth::u8);
  imaging::write_matte(work / "pred/a.png", pair.predicted.view(), Depth::u8);
  // As a matte, so that it may hold any level.
  imaging::write_matte(work / "trimap/a.png", pair.trimap.view(), Depth::u8);
}

ProgramResult eval(const Workspace& work, const std::vector<std::string>& more) {
  std::vector<std::string> arguments{"eval",
                                     "--truth",
                                     (work / "truth").string(),
                                     "--pred",
                                     (work / "pred").string(),
                                     "--trimap",
                                     (work / "trimap").string()};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return work.mbench(arguments);
}

/// The one sample of the record of an evaluation that must succeed.
Json scored(const Workspace& work, const std::string& protocols) {
  const std::string file = (work / "scores.json").string();
  const ProgramResult result = eval(work, {"-p", protocols, "-o", file});
  CAPTURE(result.err);
  REQUIRE(result.exit_code == 0);
  const Json record = read_json(file);
  REQUIRE(record.at("samples").size() == 1);
  return record.at("samples")[0];
}

Json scored(const Pair& pair, const std::string& protocols) {
  const Workspace work;
  write_pair(work, pair);
  return scored(work, protocols);
}

/// The columns that are null, each with its reason: `null` and a reason must come together.
Json reasons(const Json& sample) {
  const Json found = sample.value("undefined", Json::object());
  std::size_t nulls = 0;
  for (const auto& [protocol, columns] : sample.at("scores").items()) {
    for (const auto& [column, value] : columns.items()) {
      CAPTURE(protocol, column);
      if (!value.is_null()) continue;
      ++nulls;
      REQUIRE(found.contains(protocol + "." + column));
      CHECK_FALSE(found.at(protocol + "." + column).get<std::string>().empty());
    }
  }
  CHECK(found.size() == nulls);
  return found;
}

}  // namespace

TEST_CASE("a pair of one pixel, one row or one column is scored by every protocol",
          "[app][eval][odd]") {
  const Size size = GENERATE(Size{1, 1}, Size{30, 1}, Size{1, 30});
  CAPTURE(to_string(size));
  Plane8 truth{size};
  for (std::size_t i = 0; i < truth.values().size(); ++i) {
    truth.values()[i] = static_cast<std::uint8_t>(255 - 5 * i);
  }
  const Pair pair{truth, Plane8{size, 204}, Plane8{size, kUnknown}};
  const Json sample = scored(pair, kAllProtocols);
  CHECK(sample.at("width") == size.width);
  CHECK(sample.at("height") == size.height);
  CHECK(reasons(sample).empty());
  int sum = 0;
  for (const std::uint8_t value : truth.values()) sum += std::abs(value - 204);
  const double pixels = static_cast<double>(size.pixels());
  CHECK(sample.at("scores").at("dim-matlab").at("sad").get<double>() ==
        Approx(sum / 255.0 / 1000.0));
  CHECK(sample.at("scores").at("aim").at("mad").get<double>() == Approx(sum / 255.0 / pixels));
}

TEST_CASE("a row and the column with its values have the same scores", "[app][eval][odd]") {
  const auto pair = [](Size size) {
    Pair result{Plane8{size}, Plane8{size}, Plane8{size, kUnknown}};
    for (std::size_t i = 0; i < 40; ++i) {
      result.truth.values()[i] = static_cast<std::uint8_t>(6 * i);
      result.predicted.values()[i] = static_cast<std::uint8_t>(i * i % 256);
    }
    return result;
  };
  const Json row = scored(pair({40, 1}), kAllProtocols).at("scores");
  const Json column = scored(pair({1, 40}), kAllProtocols).at("scores");
  for (const auto& [protocol, columns] : row.items()) {
    for (const auto& [id, value] : columns.items()) {
      CAPTURE(protocol, id);
      CHECK(value.get<double>() == Approx(column.at(protocol).at(id).get<double>()).epsilon(1e-12));
    }
  }
}

TEST_CASE("without unknown pixels a mean over them is null, and the reason stands beside it",
          "[app][eval][odd]") {
  const Size size{6, 5};
  Pair pair{Plane8{size, 255}, Plane8{size, 255}, Plane8{size, kForeground}};
  SECTION("the prediction agrees where the trimap knows") {
    const Json sample = scored(pair, kAllProtocols);
    CHECK(reasons(sample) == Json{{"dim-matlab.mse", "no unknown pixels"},
                                  {"dim-matlab-skip.mse", "no unknown pixels"},
                                  {"aim.mse_trimap", "no unknown pixels"},
                                  {"aim.mad_trimap", "no unknown pixels"},
                                  {"gfm.mse_trimap", "no unknown pixels"},
                                  {"gfm.mad_trimap", "no unknown pixels"},
                                  {"p3m.mse_trimap", "no unknown pixels"},
                                  {"p3m.mad_trimap", "no unknown pixels"},
                                  {"indexnet-py.mse", "no unknown pixels"}});
    CHECK(sample.at("scores").at("dim-matlab").at("sad") == 0.0);
    CHECK(sample.at("scores").at("gca").at("mse") == 0.0);
    CHECK(sample.at("scores").at("mmagic").at("mse") == 0.0);
  }
  SECTION("the truth contradicts the trimap") {
    pair.truth(2, 3) = 100;
    const Json undefined = reasons(scored(pair, "aim"));
    CHECK(undefined.at("aim.mse_trimap") ==
          "no unknown pixels, but errors elsewhere are summed (x/0)");
  }
}

TEST_CASE("where the program of a protocol stops the score is null, and the reason names the alpha",
          "[app][eval][odd]") {
  const Size size{6, 5};
  const Json sample =
      scored({Plane8{size, 255}, Plane8{size, 100}, Plane8{size, kUnknown}}, "dim-matlab-orig");
  CHECK(reasons(sample) ==
        Json{{"dim-matlab-orig.conn", "no pixel reaches alpha 0.4 in both mattes"}});
}

TEST_CASE("what is undefined is left out of the mean, and counted", "[app][eval][odd]") {
  const Workspace work;
  const Size size{6, 5};
  write_pair(work, {Plane8{size, 255}, Plane8{size, 0}, Plane8{size, kForeground}});
  imaging::write_matte(work / "truth/b.png", Plane8{size, 255}.view(), Depth::u8);
  imaging::write_matte(work / "pred/b.png", Plane8{size, 204}.view(), Depth::u8);
  imaging::write_trimap(work / "trimap/b.png", Trimap{size, kUnknown});
  const std::string file = (work / "scores.json").string();
  const ProgramResult result = eval(work, {"-p", "dim-matlab", "-o", file, "--format", "json"});
  REQUIRE(result.exit_code == 0);
  const Json mean = read_json(file).at("means").at("dim-matlab").at("mse");
  CHECK(mean.at("n") == 1);
  CHECK(mean.at("undefined") == 1);
  CHECK(mean.at("mean").get<double>() == Approx(0.04));
  CHECK(Json::parse(result.out)[0].at("undefined").at("dim-matlab.mse") == 1);
}

TEST_CASE("with every pixel unknown the trimap protocols measure the whole image",
          "[app][eval][odd]") {
  const Size size{20, 16};
  const Scene scene = make_scene(size, 3);
  Plane8 predicted = scene.alpha;
  for (std::uint8_t& value : predicted.values()) value = static_cast<std::uint8_t>(value / 2 + 20);
  const Json scores = scored({scene.alpha, predicted, Plane8{size, kUnknown}},
                             "dim-matlab,whole,paddle,paddle-whole")
                          .at("scores");
  CHECK(scores.at("dim-matlab") == scores.at("whole"));
  CHECK(scores.at("paddle") == scores.at("paddle-whole"));
}

TEST_CASE("a trimap of nothing but 127 is refused with the option that accepts it",
          "[app][eval][odd]") {
  const Workspace work;
  const Size size{6, 5};
  write_pair(work, {Plane8{size, 255}, Plane8{size, 204}, Plane8{size, 127}});
  const ProgramResult refused = eval(work, {"-p", "dim-matlab"});
  CHECK(refused.exit_code == 3);
  CHECK_THAT(refused.err, Contains("trimap/a.png") && Contains("1 level: 127 (30 px)") &&
                              Contains("--trimap-levels") && Contains("[0, 127, 255]"));
  const ProgramResult accepted =
      eval(work, {"-p", "dim-matlab", "--trimap-levels", "0,127,255", "--format", "json"});
  REQUIRE(accepted.exit_code == 0);
  CHECK(Json::parse(accepted.out)[0].at("dim-matlab.mse").get<double>() == Approx(0.04));
}

TEST_CASE("constant mattes have no gradient, and one that is perfect has no error",
          "[app][eval][odd]") {
  const Size size{12, 9};
  const auto truth = GENERATE(as<int>{}, 0, 100, 255);
  const auto predicted = GENERATE(as<int>{}, 0, 100, 255);
  CAPTURE(truth, predicted);
  const Json sample =
      scored({Plane8{size, static_cast<std::uint8_t>(truth)},
              Plane8{size, static_cast<std::uint8_t>(predicted)}, Plane8{size, kUnknown}},
             kAllProtocols);
  CHECK(reasons(sample).empty());
  for (const auto& [protocol, columns] : sample.at("scores").items()) {
    CAPTURE(protocol);
    if (columns.contains("grad"))
      CHECK(columns.at("grad").get<double>() == Approx(0).margin(1e-15));
    for (const auto& [column, value] : columns.items()) {
      if (truth == predicted) CHECK(value.get<double>() == Approx(0).margin(1e-15));
    }
  }
  CHECK(sample.at("scores").at("aim").at("mad").get<double>() ==
        Approx(std::abs(truth - predicted) / 255.0));
}

TEST_CASE("sizes that differ end with 3 and the names of both files", "[app][eval][odd]") {
  const Workspace work;
  Pair pair{Plane8{{6, 5}, 255}, Plane8{{6, 5}, 204}, Plane8{{6, 5}, kUnknown}};
  std::string file;
  std::string found;
  SECTION("prediction") {
    pair.predicted = Plane8{{5, 6}, 204};
    file = "pred/a.png";
    found = "5x6";
  }
  SECTION("trimap") {
    pair.trimap = Plane8{{6, 1}, kUnknown};
    file = "trimap/a.png";
    found = "6x1";
  }
  write_pair(work, pair);
  const ProgramResult result = eval(work, {"-p", "dim-matlab"});
  CHECK(result.exit_code == 3);
  CHECK_THAT(result.err, Contains("different sizes") && Contains(file) && Contains("truth/a.png") &&
                             Contains("6x5") && Contains(found));
}

TEST_CASE("an empty folder is named, whichever it is", "[app][eval][odd]") {
  const Workspace work;
  write_pair(work, {Plane8{{6, 5}, 255}, Plane8{{6, 5}, 204}, Plane8{{6, 5}, kUnknown}});
  const auto [folder, role] =
      GENERATE(table<std::string, std::string>({{"truth", "the ground truth folder holds no image"},
                                                {"pred", "the prediction folder holds no image"},
                                                {"trimap", "the trimap folder holds no image"}}));
  fs::remove(work / folder / "a.png");
  const ProgramResult result = eval(work, {"-p", "dim-matlab"});
  CHECK(result.exit_code == 3);
  CHECK_THAT(result.err, Contains(role) && Contains((work / folder).string()));
  CHECK(result.out.empty());
}

TEST_CASE("a 16-bit file with 8-bit values times 257 has the scores of the 8-bit file",
          "[app][eval][odd]") {
  const Size size{20, 16};
  const Scene scene = make_scene(size, 1);
  Plane8 predicted = scene.alpha;
  for (std::uint8_t& value : predicted.values()) value = static_cast<std::uint8_t>(value / 2 + 20);
  const Workspace work;
  write_pair(work, {scene.alpha, predicted, scene.trimap});
  const Json of_8_bits = scored(work, kAllProtocols).at("scores");
  const std::vector<std::string> wide =
      GENERATE(std::vector<std::string>{"truth/a.png"}, std::vector<std::string>{"pred/a.png"},
               std::vector<std::string>{"truth/a.png", "pred/a.png"});
  for (const std::string& file : wide) {
    imaging::write_matte(work / file, imaging::read_matte(work / file), Depth::u16);
    REQUIRE(imaging::read_matte(work / file).depth() == Depth::u16);
  }
  const Json scores = scored(work, kAllProtocols).at("scores");
  for (const auto& [protocol, columns] : of_8_bits.items()) {
    for (const auto& [column, value] : columns.items()) {
      CAPTURE(protocol, column, wide.front());
      CHECK(scores.at(protocol).at(column).get<double>() ==
            Approx(value.get<double>()).epsilon(1e-12));
    }
  }
}

TEST_CASE("a protocol that needs trimaps and gets none names the option; others do without",
          "[app][eval][odd]") {
  const Workspace work;
  write_pair(work, {Plane8{{6, 5}, 255}, Plane8{{6, 5}, 204}, Plane8{{6, 5}, kUnknown}});
  const auto without_trimap = [&](const std::string& protocol) {
    return work.mbench({"eval", "--truth", (work / "truth").string(), "--pred",
                        (work / "pred").string(), "-p", protocol});
  };
  for (const char* protocol : {"dim-matlab", "aim", "gca", "mam", "mmagic", "paddle", "indexnet-py",
                               "instmatt", "vitmatte"}) {
    CAPTURE(protocol);
    const ProgramResult result = without_trimap(protocol);
    CHECK(result.exit_code == 2);
    CHECK_THAT(result.err,
               Contains(protocol) && Contains("looks at trimaps") && Contains("--trimap DIR"));
  }
  for (const char* protocol : {"whole", "paddle-whole", "rvm", "rvm-hr"}) {
    CAPTURE(protocol);
    CHECK(without_trimap(protocol).exit_code == 0);
  }
  // The folder is there, the file of one sample is not.
  imaging::write_matte(work / "truth/b.png", Plane8{{6, 5}, 255}.view(), Depth::u8);
  imaging::write_matte(work / "pred/b.png", Plane8{{6, 5}, 255}.view(), Depth::u8);
  const ProgramResult one = eval(work, {"-p", "dim-matlab"});
  CHECK(one.exit_code == 3);
  CHECK_THAT(one.err, Contains("b") && Contains("trimap"));
}

TEST_CASE("folders that no protocol looks at are named and left alone", "[app][eval][odd]") {
  const Workspace work;
  write_pair(work, {Plane8{{6, 5}, 255}, Plane8{{6, 5}, 204}, Plane8{{6, 5}, kUnknown}});
  const std::string trimap = (work / "trimap/a.png").string();
  fs::remove(trimap);
  write_text(trimap + ".txt", "no trimap here");
  const ProgramResult result = eval(work, {"-p", "whole"});
  CHECK(result.exit_code == 0);
  CHECK_THAT(result.err, Contains("note: --trimap ") && Contains("no protocol asked for looks at"));
  CHECK(eval(work, {"-p", "aim"}).exit_code == 3);
}

TEST_CASE("a 16-bit trimap with half of 65535 is told the value that is wanted",
          "[app][eval][odd]") {
  const Workspace work;
  write_pair(work, {Plane8{{3, 1}, 255}, Plane8{{3, 1}, 204}, Plane8{{3, 1}, kUnknown}});
  Plane<std::uint16_t> trimap{{3, 1}};
  trimap(0, 1) = 32768;
  trimap(0, 2) = 65535;
  imaging::write_matte(work / "trimap/a.png", trimap.view(), Depth::u16);
  const ProgramResult refused = eval(work, {"-p", "dim-matlab"});
  CHECK(refused.exit_code == 3);
  CHECK_THAT(refused.err,
             Contains("32768") && Contains("write 0 for background, 32896 for unknown"));
}

TEST_CASE("float mattes outside [0, 1] are scored with a warning, NaN is refused by file",
          "[app][eval][odd]") {
  const Workspace work;
  if (work.mbench({"--version"}).out.find("opencv none") != std::string::npos) {
    WARN("skipped: this build does not read TIFF");
    return;
  }
  const Size size{3, 1};
  write_pair(work, {Plane8{size, 255}, Plane8{size, 204}, Plane8{size, kUnknown}});
  fs::remove(work / "pred/a.png");
  const auto explain = [&] {
    return work.mbench({"explain", "--truth", (work / "truth/a.png").string(), "--pred",
                        (work / "pred/a.tif").string()});
  };
  write_text(work / "pred/a.tif", tiff_bytes<float>(size, 1, {0.0F, 51.0F, 255.0F}));
  for (const ProgramResult& result : {eval(work, {"-p", "whole,rvm"}), explain()}) {
    CHECK(result.exit_code == 0);
    const auto first = result.err.find("warning: [range]");
    CHECK(first != std::string::npos);
    CHECK(result.err.find("warning: [range]", first + 1) == std::string::npos);  // once per file
    CHECK_THAT(result.err, Contains("pred/a.tif") && Contains("values from 0 to 255"));
  }
  const float nan = std::numeric_limits<float>::quiet_NaN();
  write_text(work / "pred/a.tif", tiff_bytes<float>(size, 1, {0.0F, nan, 1.0F}));
  CHECK(explain().exit_code == 3);
  CHECK_THAT(explain().err, Contains("pred/a.tif") && Contains("not a finite number"));
  CHECK_THAT(eval(work, {"-p", "whole"}).err, Contains("pred/a.tif"));
}

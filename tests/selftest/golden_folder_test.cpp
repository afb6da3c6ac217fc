#include <algorithm>

#include "core/error.hpp"
#include "imaging/io.hpp"
#include "selftest/bounds.hpp"
#include "selftest/family.hpp"
#include "tests/selftest/golden_copy.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::selftest;
using testing::GoldenCopy;

namespace {

std::vector<Report> run_all(const std::filesystem::path& folder) {
  return run_on_folder(all_families(), folder);
}

std::vector<Row> failing_rows(const std::vector<Report>& reports) {
  std::vector<Row> rows;
  for (const Report& report : reports) {
    std::ranges::copy_if(report.rows, std::back_inserter(rows),
                         [](const Row& row) { return row.verdict == Verdict::fail; });
  }
  return rows;
}

std::string refusal(const std::filesystem::path& folder) {
  try {
    (void)run_all(folder);
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::bad_input);
    return error.what();
  }
  return "not refused";
}

/// One row of pixels.
Matte row_of(std::initializer_list<std::uint8_t> values) {
  Plane<std::uint8_t> plane{{static_cast<int>(values.size()), 1}};
  std::ranges::copy(values, plane.values().begin());
  return plane;
}

const Row& find_row(const std::vector<Report>& reports, std::string_view group,
                    std::string_view item) {
  for (const Report& report : reports) {
    for (const Row& row : report.rows) {
      if (row.group == group && row.item == item) return row;
    }
  }
  throw std::runtime_error{"no such row"};
}

}  // namespace

TEST_CASE("a copy of the golden folder passes", "[selftest]") {
  const GoldenCopy copy;
  const auto reports = run_all(copy.path());
  CHECK(failing_rows(reports).empty());
  CHECK(totals(reports).compared > 300);
}

TEST_CASE("one changed number fails with protocol, metric and case", "[selftest]") {
  GoldenCopy copy;
  auto& sad = copy.values["exact"]["tiny_7x5"]["aim"]["sad"];
  sad = sad.get<double>() * (1.0 + 1e-9);
  copy.save();
  const auto rows = failing_rows(run_all(copy.path()));
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].group == "aim");
  CHECK(rows[0].item == "sad");
  CHECK(rows[0].reference == Reference::exact);
  CHECK(rows[0].worst_case == "tiny_7x5");
}

TEST_CASE("a number instead of an undefined score fails, and the other way round", "[selftest]") {
  GoldenCopy copy;
  copy.values["cases"]["zero_zero"]["dim-matlab"]["mse"] = 0.0;
  copy.values["cases"]["tiny_7x5"]["dim-matlab"]["sad"] = {{"value", nullptr}, {"reason", "none"}};
  copy.save();
  CHECK(failing_rows(run_all(copy.path())).size() == 2);
}

TEST_CASE("a changed checksum of a made trimap fails", "[selftest]") {
  GoldenCopy copy;
  copy.values["cases"]["tiny_7x5"]["trimap_gen"]["ellipse_5"]["crc32"] = 1;
  copy.save();
  const auto rows = failing_rows(run_all(copy.path()));
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].group == "gfm:5");
  CHECK(rows[0].item == "crc32");
}

TEST_CASE("a changed frame of the clip fails", "[selftest]") {
  GoldenCopy copy;
  std::filesystem::copy_file(copy / "sequence/alpha/0001.png", copy / "sequence/pred/0001.png",
                             std::filesystem::copy_options::overwrite_existing);
  const auto rows = failing_rows(run_all(copy.path()));
  REQUIRE_FALSE(rows.empty());
  for (const Row& row : rows) CHECK(row.group == "rvm (clip)");
}

TEST_CASE("a changed pixel fails", "[selftest]") {
  const GoldenCopy copy;
  const auto file = copy / "pred/tiny_7x5.png";
  auto pixels = to_u8(imaging::read_matte(file));
  pixels(3, 2) = static_cast<std::uint8_t>(pixels(3, 2) ^ 1U);
  imaging::write_matte(file, pixels.view(), Depth::u8);
  const auto rows = failing_rows(run_all(copy.path()));
  REQUIRE_FALSE(rows.empty());
  for (const Row& row : rows) CHECK(row.worst_case == "tiny_7x5");
}

TEST_CASE("a case of another name is used like any other", "[selftest]") {
  GoldenCopy copy;
  for (const char* folder : {"alpha", "pred", "trimap", "pred_trimap"}) {
    std::filesystem::rename(copy / folder / "tiny_7x5.png", copy / folder / "été 1.png");
  }
  for (const char* block : {"cases", "exact"}) {
    auto& cases = copy.values[block];
    cases["été 1"] = cases["tiny_7x5"];
    cases.erase("tiny_7x5");
  }
  copy.save();
  CHECK(failing_rows(run_all(copy.path())).empty());
  copy.values["cases"]["été 1"]["gca"]["sad"] = 1e6;
  copy.save();
  const auto rows = failing_rows(run_all(copy.path()));
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].worst_case == "été 1");
}

TEST_CASE("protocols and metrics that mbench does not have are listed", "[selftest]") {
  GoldenCopy copy;
  copy.values["cases"]["tiny_7x5"]["future"] = {{"sad", 1.0}};
  copy.values["cases"]["tiny_7x5"]["aim"]["lpips"] = 1.0;
  copy.save();
  const auto reports = run_all(copy.path());
  CHECK(find_row(reports, "future", "").verdict == Verdict::not_known);
  CHECK(find_row(reports, "aim", "lpips").verdict == Verdict::not_known);
  CHECK(totals(reports).not_known == 2);
}

TEST_CASE("references of which nothing could be compared prove nothing", "[selftest]") {
  GoldenCopy copy;
  copy.values["cases"] = {{"tiny_7x5", {{"future", {{"sad", 1.0}}}}}};
  for (const char* block : {"exact", "sequence"}) copy.values.erase(block);
  copy.save();
  const auto reports = run_all(copy.path());
  CHECK_THROWS_WITH(require_comparisons(reports), Catch::Contains("nothing was compared") &&
                                                      Catch::Contains("1 not known to this build"));
  CHECK_NOTHROW(require_comparisons(run_all(GoldenCopy{}.path())));
}

TEST_CASE("a file beside the frames of the clip is no frame", "[selftest]") {
  const GoldenCopy copy;
  testing::write_text(copy / "sequence/alpha/Thumbs.db", "thumbnails");
  CHECK(failing_rows(run_all(copy.path())).empty());
}

TEST_CASE("Conn of indexnet-py may lie 0.2 % off on thresholds, and nowhere else", "[selftest]") {
  CHECK(has_values_on_thresholds(row_of({0, 51, 255})));
  CHECK(has_values_on_thresholds(row_of({100, 103, 110})));
  CHECK_FALSE(has_values_on_thresholds(row_of({0, 50, 255})));
  CHECK_FALSE(has_values_on_thresholds(row_of({51, 51, 51})));
  const Bound usual = score_bound("indexnet-py", "conn", Reference::program);
  CHECK(usual.relative == 1e-4);
  CHECK(bound_on_thresholds("indexnet-py", "conn", Reference::program).relative == 2.5e-3);
  CHECK(bound_on_thresholds("indexnet-py", "sad", Reference::program) == usual);
  CHECK(bound_on_thresholds("indexnet-py", "conn", Reference::exact).relative == 1e-12);

  GoldenCopy copy;
  auto& conn = copy.values["cases"]["tiny_7x5"]["indexnet-py"]["conn"];
  conn = conn.get<double>() * 1.001;
  copy.save();
  const bool on_thresholds =
      has_values_on_thresholds(imaging::read_matte(copy / "pred/tiny_7x5.png")) ||
      has_values_on_thresholds(imaging::read_matte(copy / "alpha/tiny_7x5.png"));
  CHECK(failing_rows(run_all(copy.path())).size() == (on_thresholds ? 0 : 1));
}

TEST_CASE("protocols without references are listed", "[selftest]") {
  GoldenCopy copy;
  for (const char* block : {"cases", "exact"}) {
    for (auto& golden : copy.values[block]) golden.erase("gca");
  }
  copy.save();
  CHECK(find_row(run_all(copy.path()), "gca", "").verdict == Verdict::no_reference);
}

TEST_CASE("paddle's values on one row are excluded with the reason", "[selftest]") {
  const GoldenCopy copy;
  const Row row = find_row(run_all(copy.path()), "paddle", "grad");
  CHECK(row.left_out == 1);
  CHECK(find_row(run_all(copy.path()), "paddle", "sad").left_out == 0);
  CHECK(row.note ==
        "excluded: row_1x64: the program drops the axis of an image with one row or one column");
}

TEST_CASE("a missing image is refused by name", "[selftest]") {
  const GoldenCopy copy;
  std::filesystem::remove(copy / "trimap/tiny_7x5.png");
  CHECK_THAT(refusal(copy.path()), Catch::Contains("does not exist") &&
                                       Catch::Contains((copy / "trimap/tiny_7x5.png").string()));
}

TEST_CASE("an image of another size is refused", "[selftest]") {
  const GoldenCopy copy;
  std::filesystem::copy_file(copy / "pred/row_1x64.png", copy / "pred/tiny_7x5.png",
                             std::filesystem::copy_options::overwrite_existing);
  CHECK_THAT(refusal(copy.path()), Catch::Contains("differ in size") &&
                                       Catch::Contains("pred/tiny_7x5.png") &&
                                       Catch::Contains("64x1") && Catch::Contains("5x7"));
}

TEST_CASE("a clip with a frame too few is refused", "[selftest]") {
  const GoldenCopy copy;
  std::filesystem::remove(copy / "sequence/alpha/0003.png");
  CHECK_THAT(refusal(copy.path()), Catch::Contains("4 frames") && Catch::Contains("3 PNG files"));
}

TEST_CASE("a golden.json that is no JSON or has another form is refused with the place",
          "[selftest]") {
  GoldenCopy copy;
  testing::write_text(copy / "golden.json", R"({"cases": {)");
  CHECK_THAT(refusal(copy.path()), Catch::Contains("golden.json is no JSON"));
  copy.values["cases"]["tiny_7x5"]["aim"]["sad"] = "many";
  copy.save();
  CHECK_THAT(refusal(copy.path()),
             Catch::Contains("cases/tiny_7x5/aim/sad") && Catch::Contains("found:    \"many\""));
  copy.values = {{"cases", nlohmann::ordered_json::object()}};
  copy.save();
  CHECK_THAT(refusal(copy.path()), Catch::Contains("at least one case"));
  copy.values = {{"_meta", {{"format", 2}}}};
  copy.save();
  CHECK_THAT(refusal(copy.path()), Catch::Contains("format 1"));
}

TEST_CASE("a folder of no known form is refused with the forms that are known", "[selftest]") {
  const testing::TemporaryFolder folder;
  CHECK_THAT(refusal(folder.path()),
             Catch::Contains("golden.json (form golden:") && Catch::Contains("an empty folder"));
  testing::write_text(folder / "manifest.json", "{}");
  CHECK_THAT(refusal(folder.path()), Catch::Contains("found:    manifest.json"));
  CHECK_THAT(refusal(folder / "nowhere"), Catch::Contains("nothing of that name"));
}

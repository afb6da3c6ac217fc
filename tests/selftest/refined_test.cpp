#include <algorithm>
#include <filesystem>

#include "core/error.hpp"
#include "selftest/family.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"

using namespace mbench;
using namespace mbench::selftest;
using Catch::Contains;
using mbench::testing::source_path;
using mbench::testing::TemporaryFolder;
using mbench::testing::write_text;

namespace {

namespace fs = std::filesystem;

const Family* const kFamily = &compose_family;

std::vector<Row> rows_of(const fs::path& folder) {
  const std::vector<Report> reports = run_on_folder({&kFamily, 1}, folder);
  REQUIRE(reports.size() == 1);
  return reports.front().rows;
}

void copy_cases(const fs::path& to) {
  fs::copy(source_path("tests/golden/compose/refined-fg"), to);
}

}  // namespace

TEST_CASE("a folder of refined foregrounds is recognised beside its parameters, and as no network",
          "[selftest][refined]") {
  const TemporaryFolder folder;
  copy_cases(folder / "cases");
  write_text(folder / "cases/meta.json", R"({"S": 6, "kappa": 1, "T": 20, "cases": []})");
  const std::vector<Report> reports = run_on_folder(all_families(), folder / "cases");
  REQUIRE(reports.size() == 1);
  CHECK(reports.front().family == "compose");
  for (const Row& row : reports.front().rows) {
    CAPTURE(row.item);
    CHECK(row.verdict == Verdict::pass);
    CHECK(row.absolute == 0.0);
  }
}

TEST_CASE("references made with other parameters break their bounds", "[selftest][refined]") {
  const TemporaryFolder folder;
  copy_cases(folder / "refined-fg");
  write_text(folder / "refined-fg/meta.json", R"({"S": 1, "kappa": 1, "T": 20, "cases": []})");
  for (const Row& row : rows_of(folder.path())) {
    CAPTURE(row.item);
    CHECK(row.verdict == (row.item == "Algorithm 1" ? Verdict::pass : Verdict::fail));
  }
}

TEST_CASE("a listed case of refined foregrounds that is missing fails", "[selftest][refined]") {
  const TemporaryFolder folder;
  copy_cases(folder / "refined-fg");
  const fs::path meta = folder / "refined-fg/meta.json";
  const auto passes = [&] {
    return std::ranges::all_of(rows_of(folder.path()),
                               [](const Row& row) { return row.verdict == Verdict::pass; });
  };
  write_text(meta, R"({"S": 6, "kappa": 1, "T": 20, "cases": [{"case": "case_64x64"}]})");
  CHECK(passes());
  write_text(meta, R"({"S": 6, "kappa": 1, "T": 20, "cases": [{"case": "case_75x101"}]})");
  CHECK_FALSE(passes());
  write_text(meta, R"({"S": 6, "kappa": 1, "T": 20, "cases": [{"case": "case_64x64"}]})");
  fs::remove(folder / "refined-fg/case_64x64_refined.png");
  CHECK_FALSE(passes());
}

TEST_CASE("damaged references of refined foregrounds are refused with the file's name",
          "[selftest][refined]") {
  const TemporaryFolder folder;
  copy_cases(folder / "refined-fg");
  SECTION("parameters") {
    write_text(folder / "refined-fg/meta.json", R"({"S": 6})");
    CHECK_THROWS_WITH(rows_of(folder.path()), Contains("meta.json"));
  }
  SECTION("parameters without meaning") {
    for (const char* text :
         {R"({"S": 0, "kappa": 1, "T": 20})", R"({"S": 40, "kappa": 1, "T": 20})",
          R"({"S": 6, "kappa": 0, "T": 20})", R"({"S": 6, "kappa": 1, "T": -1})"}) {
      write_text(folder / "refined-fg/meta.json", text);
      CHECK_THROWS_WITH(rows_of(folder.path()),
                        Contains("meta.json") && Contains("S from 1 to 12"));
    }
  }
  SECTION("an image") {
    write_text(folder / "refined-fg/f1_final.png", "no image");
    CHECK_THROWS_WITH(rows_of(folder.path()), Contains("f1_final.png"));
  }
  SECTION("an array") {
    write_text(folder / "refined-fg/case_64x64_refined_rgb_float64.npy", "no array");
    CHECK_THROWS_WITH(rows_of(folder.path()), Contains("case_64x64_refined"));
  }
}

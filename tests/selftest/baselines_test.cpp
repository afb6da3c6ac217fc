#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>

#include "core/error.hpp"
#include "selftest/family.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"

using namespace mbench;
using namespace mbench::selftest;
using Catch::Contains;
using mbench::testing::read_text;
using mbench::testing::source_path;
using mbench::testing::TemporaryFolder;
using mbench::testing::write_text;

namespace {

namespace fs = std::filesystem;

const Family* const kFamily = &baselines_family;

std::vector<Row> rows_of(const fs::path& folder) {
  const std::vector<Report> reports = run_on_folder({&kFamily, 1}, folder);
  REQUIRE(reports.size() == 1);
  return reports.front().rows;
}

Row find_row(const std::vector<Row>& rows, std::string_view group, std::string_view item) {
  const auto row = std::ranges::find_if(
      rows, [&](const Row& each) { return each.group == group && each.item == item; });
  REQUIRE(row != rows.end());
  return *row;
}

void copy_case(const std::string& name, const fs::path& to) {
  fs::copy(source_path("tests/golden/baselines/" + name), to);
}

}  // namespace

TEST_CASE("one image with its arrays is a folder of references, and so are several",
          "[selftest][baselines]") {
  const TemporaryFolder folder;
  copy_case("ramp", folder / "one");
  const Row alone = find_row(rows_of(folder / "one"), "fg_levin", "largest");
  CHECK(alone.verdict == Verdict::pass);
  CHECK(alone.compared == 1);
  copy_case("disc", folder / "two");
  CHECK(find_row(rows_of(folder.path()), "fg_levin", "largest").compared == 2);
}

TEST_CASE("wrong references of a method break its bound, and only its", "[selftest][baselines]") {
  const TemporaryFolder folder;
  copy_case("ramp", folder / "ramp");
  const fs::path ramp = folder / "ramp";
  fs::copy_file(ramp / "bg_ml.npy", ramp / "fg_ml.npy", fs::copy_options::overwrite_existing);
  fs::copy_file(source_path("tests/golden/baselines/disc/fg_levin.npy"), ramp / "fg_levin.npy",
                fs::copy_options::overwrite_existing);
  for (const Row& row : rows_of(folder.path())) {
    CAPTURE(row.group, row.item);
    const bool is_wrong = row.group == "fg_ml" || row.group == "fg_levin";
    CHECK(row.verdict == (is_wrong ? Verdict::fail : Verdict::pass));
    if (row.group == "fg_levin") CHECK_THAT(row.note, Contains("inf"));  // of another size
  }
}

TEST_CASE("arrays of methods that mbench has not got are not known, not failed",
          "[selftest][baselines]") {
  const TemporaryFolder folder;
  copy_case("ramp", folder / "ramp");
  fs::copy_file(folder / "ramp/cf.npy", folder / "ramp/rw.npy");
  fs::copy_file(folder / "ramp/cf.npy", folder / "ramp/cf_raw.npy");
  const std::vector<Row> rows = rows_of(folder.path());
  CHECK(find_row(rows, "rw", "").verdict == Verdict::not_known);
  CHECK(find_row(rows, "cf_raw", "").verdict == Verdict::excluded);
}

TEST_CASE("damaged references of methods are refused with the file's name",
          "[selftest][baselines]") {
  const TemporaryFolder folder;
  copy_case("ramp", folder / "ramp");
  const fs::path file = folder / "ramp/fg_ml.npy";
  const std::string text = read_text(file);
  write_text(file, text.substr(0, text.size() / 2));
  CHECK_THROWS_WITH(rows_of(folder.path()), Contains("fg_ml.npy"));
}

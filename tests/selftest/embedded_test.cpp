#include "selftest/embedded.hpp"

#include <algorithm>

#include "imaging/memory_io.hpp"
#include "selftest/family.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"

using namespace mbench;
using namespace mbench::selftest;

namespace {

/// Compares the files with those on disk; how many of them are images.
std::size_t check_files(std::span<const EmbeddedFile> files, std::string_view folder) {
  std::size_t images = 0;
  for (const EmbeddedFile& file : files) {
    CAPTURE(file.name);
    const auto bytes = imaging::read_bytes(testing::source_path(folder) / std::string{file.name});
    CHECK(std::equal(file.begin, file.end, bytes.begin(), bytes.end()));
    if (file.name.ends_with(".png")) ++images;
  }
  return images;
}

}  // namespace

TEST_CASE("the program holds every reference file as it is on disk", "[selftest]") {
  CHECK(check_files(embedded_golden(), "tests/golden") == 4 * 24 + 2 * 4);
  CHECK(check_files(embedded_compose(), "tests/golden/compose") == 11 * 7 + 1 + 3 * 7 + 6 + 3 + 4);
  CHECK(check_files(embedded_baselines(), "tests/golden/baselines") == 3 * 3);
  CHECK(check_files(embedded_trimaps(), "tests/golden/made_trimaps") == 6 + 132);
}

TEST_CASE("this build passes on the references inside the program", "[selftest]") {
  const auto families = built_in(all_families());
  const std::vector<Report> reports = run(families);
  REQUIRE(reports.size() >= families.size());  // one for each form of a family
  for (const Report& report : reports) {
    for (const Row& row : report.rows) {
      CAPTURE(report.family, row.group, row.item, row.note);
      CHECK(row.verdict != Verdict::fail);
      CHECK(row.verdict != Verdict::not_known);
    }
  }
  const Totals sum = totals(reports);
  // Metrics, trimaps by counts, composites, resized images, steps of RSSN, trimaps by pixels,
  // refined foregrounds, mattes by closed form, layers: all that there are.
  CHECK(sum.compared ==
        3829 + 24 * 4 * 4 + 11 * 6 + 2 * 7 + 6 + 132 + (2 + 2 * 3) + 3 * 4 + 2 * 2 * (2 + 2));
  CHECK(sum.broken == 0);
  CHECK(sum.left_out == 2 * 2 * 3);  // Grad and Conn of two programs on three images
  CHECK(sum.not_known == 0);
}

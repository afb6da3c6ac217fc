#include "selftest/embedded.hpp"

#include <algorithm>

#include "imaging/memory_io.hpp"
#include "selftest/family.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"

using namespace mbench;
using namespace mbench::selftest;

TEST_CASE("the program holds every reference file as it is on disk", "[selftest]") {
  std::size_t images = 0;
  for (const EmbeddedFile& file : embedded_golden()) {
    CAPTURE(file.name);
    const auto bytes =
        imaging::read_bytes(testing::source_path("tests/golden") / std::string{file.name});
    CHECK(std::equal(file.begin, file.end, bytes.begin(), bytes.end()));
    if (file.name.ends_with(".png")) ++images;
  }
  CHECK(images == 4 * 24 + 2 * 4);
}

TEST_CASE("this build passes on the references inside the program", "[selftest]") {
  const auto families = built_in(all_families());
  const std::vector<Report> reports = run(families);
  REQUIRE(reports.size() == families.size());
  for (const Report& report : reports) {
    for (const Row& row : report.rows) {
      CAPTURE(report.family, row.group, row.item, row.note);
      CHECK(row.verdict != Verdict::fail);
      CHECK(row.verdict != Verdict::not_known);
    }
  }
  const Totals sum = totals(reports);
  CHECK(sum.compared == 3829 + 24 * 4 * 4);  // metrics, made trimaps: all that there are
  CHECK(sum.broken == 0);
  CHECK(sum.left_out == 2 * 2 * 3);  // Grad and Conn of two programs on three images
  CHECK(sum.not_known == 0);
}

#include "selftest/made_trimaps.hpp"

#include <algorithm>
#include <filesystem>

#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "imaging/io.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"

using namespace mbench;
using namespace mbench::selftest;
namespace fs = std::filesystem;
using Catch::Contains;

namespace {

using Json = nlohmann::ordered_json;

/// A copy of tests/golden/made_trimaps that may be changed, in a sub-folder or by itself.
class Copy {
 public:
  explicit Copy(std::string_view sub_folder = ".") : folder_{scratch_ / sub_folder} {
    fs::create_directories(folder_);
    fs::copy(testing::source_path("tests/golden/made_trimaps"), folder_,
             fs::copy_options::recursive | fs::copy_options::overwrite_existing);
  }
  [[nodiscard]] fs::path operator/(std::string_view name) const { return folder_ / name; }
  [[nodiscard]] std::vector<Report> run() const {
    const Family* const families[] = {&trimap_family};
    return run_on_folder(families, scratch_.path());
  }
  template <typename Change>
  void change_manifest(Change change) const {
    Json manifest = Json::parse(testing::read_text(*this / "manifest.json"));
    change(manifest);
    testing::write_text(*this / "manifest.json", manifest.dump());
  }

 private:
  testing::TemporaryFolder scratch_{};
  fs::path folder_;
};

const Row& row_of(const std::vector<Report>& reports, std::string_view rule) {
  REQUIRE(reports.size() == 1);
  const auto row = std::ranges::find(reports.front().rows, rule, &Row::group);
  REQUIRE(row != reports.front().rows.end());
  return *row;
}

}  // namespace

TEST_CASE("made trimaps are found in their folder and in one that holds it",
          "[selftest][trimaps]") {
  for (const char* sub_folder : {".", "trimap"}) {
    const Totals sum = totals(Copy{sub_folder}.run());
    CHECK(sum.compared == 132);
    CHECK(sum.broken == 0);
    CHECK(sum.not_known == 0);
  }
}

TEST_CASE("one changed pixel of one trimap fails, and names rule and file", "[selftest][trimaps]") {
  const Copy copy;
  const fs::path file = copy / "net__lsa_b3_f12.png";
  Trimap trimap = imaging::read_trimap(file);
  trimap(0, 0) = trimap(0, 0) == kUnknown ? kForeground : kUnknown;
  imaging::write_trimap(file, trimap);
  const auto reports = copy.run();
  CHECK(totals(reports).broken == 1);
  CHECK(row_of(reports, "lsa").verdict == Verdict::fail);
  CHECK(row_of(reports, "lsa").worst_case == "net__lsa_b3_f12");
}

TEST_CASE("other numbers in the manifest are other trimaps", "[selftest][trimaps]") {
  const Copy copy;
  copy.change_manifest([](Json& manifest) {
    for (Json& entry : manifest) {
      if (entry["op"] == "dist_r7") entry["radius"] = 8;
    }
  });
  CHECK(row_of(copy.run(), "dist").broken == 6);
}

TEST_CASE("a manifest may use the names of mbench's own rules and options", "[selftest][trimaps]") {
  const Copy copy;
  copy.change_manifest([](Json& manifest) {
    for (Json& entry : manifest) {
      if (entry["op"] == "dimkeras_i10") {
        entry["rule"] = "matting-anything";
        entry["i"] = 10;
      }
    }
  });
  CHECK(row_of(copy.run(), "matting-anything").compared == 6);
  CHECK(totals(copy.run()).broken == 0);
}

TEST_CASE("a rule that this build has not got is listed, not passed over", "[selftest][trimaps]") {
  const Copy copy;
  copy.change_manifest([](Json& manifest) { manifest[0]["rule"] = "watershed"; });
  CHECK(row_of(copy.run(), "watershed").verdict == Verdict::not_known);
  CHECK(totals(copy.run()).compared == 131);
}

TEST_CASE("a manifest without a number that the rule needs is damaged", "[selftest][trimaps]") {
  const Copy copy;
  copy.change_manifest([](Json& manifest) { manifest[0].erase("kernel"); });
  CHECK_THROWS_WITH(copy.run(), Contains("manifest.json: entry 0") && Contains("'kernel'"));
  copy.change_manifest([](Json& manifest) { manifest = Json::array({"hair"}); });
  CHECK_THROWS_WITH(copy.run(), Contains("no form of references"));
}

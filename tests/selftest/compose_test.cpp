#include <algorithm>
#include <array>
#include <cmath>

#include "core/error.hpp"
#include "imaging/eight_bit.hpp"
#include "imaging/io.hpp"
#include "selftest/difference.hpp"
#include "selftest/family.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"

using namespace mbench;
using namespace mbench::selftest;
using Catch::Contains;

namespace {

namespace fs = std::filesystem;

constexpr std::array<const Family*, 1> kCompose{&compose_family};

/// A copy of tests/golden/compose, to be damaged.
class ComposeCopy {
 public:
  ComposeCopy() {
    fs::copy(testing::source_path("tests/golden/compose"), folder_ / "compose",
             fs::copy_options::recursive);
  }
  [[nodiscard]] fs::path operator/(std::string_view name) const {
    return folder_ / "compose" / name;
  }
  /// Adds `change` to the red of the first `pixels` pixels, downwards where it would overflow.
  void tamper(std::string_view file, int change, int pixels = 1) const {
    Plane<Rgb<std::uint8_t>> image = imaging::eight_bit(imaging::read_image(*this / file));
    for (int i = 0; i < pixels; ++i) {
      std::uint8_t& red = image.values()[static_cast<std::size_t>(i)].r;
      red = static_cast<std::uint8_t>(red > 127 ? red - change : red + change);
    }
    imaging::write_image(*this / file, image);
  }

 private:
  testing::TemporaryFolder folder_;
};

std::vector<Row> rows_of(const fs::path& folder) {
  const std::vector<Report> reports = run_on_folder(kCompose, folder);
  REQUIRE(reports.size() == 1);
  return reports.front().rows;
}

/// The rows that failed: "dim composite".
std::vector<std::string> failed(const std::vector<Row>& rows) {
  std::vector<std::string> names;
  for (const Row& row : rows) {
    if (row.verdict == Verdict::fail) names.push_back(row.group + " " + row.item);
  }
  return names;
}

}  // namespace

TEST_CASE("composites pass on all references of the published programs",
          "[selftest][compose][golden]") {
  const auto folder = testing::shared_path("golden-compose");
  if (!folder) return;
  const std::vector<Row> rows = rows_of(*folder);
  CHECK(failed(rows).empty());
  std::int64_t compared = 0;
  for (const Row& row : rows) {
    CAPTURE(row.group, row.item);
    CHECK(row.verdict == Verdict::pass);
    if (row.bound == Bound{}) CHECK(row.absolute == 0.0);
    compared += row.compared;
  }
  CHECK(compared >= 19 * 6 + 7 * 2 + 7 + 5 + 7 + 7 + 4 + 4);
}

TEST_CASE("each folder of composites is a folder of references by itself", "[selftest][compose]") {
  const ComposeCopy copy;
  const std::size_t all = rows_of(copy / "").size();
  std::size_t sum = 0;
  for (const auto& entry : fs::directory_iterator{copy / ""}) {
    const std::vector<Row> rows = rows_of(entry.path());
    CHECK(!rows.empty());
    CHECK(failed(rows).empty());
    sum += rows.size();
  }
  CHECK(sum == all);
}

TEST_CASE("one level in one pixel of a composite breaks the rules that it is compared with",
          "[selftest][compose]") {
  const ComposeCopy copy;
  copy.tamper("comp1k/c08_fg_rgba/out_adobe.png", 1);
  const std::vector<Row> rows = rows_of(copy / "comp1k");
  CHECK(failed(rows) == std::vector<std::string>{"dim composite", "mmagic composite",
                                                 "distinctions-646 composite"});
  const auto row = std::ranges::find(rows, Verdict::fail, &Row::verdict);
  CHECK(row->broken == 1);
  CHECK(row->worst_case == "c08_fg_rgba");
  CHECK(row->absolute == 1.0);
}

TEST_CASE("a fitted background and a resized image of other pixels are found",
          "[selftest][compose]") {
  const ComposeCopy copy;
  copy.tamper("comp1k/c12_tiny_bg/out_bgfit.png", 2);
  copy.tamper("comp1k/c12_tiny_bg/out_foamliu.png", 1);
  copy.tamper("pil-resize/r02_bilinear.png", 1);
  CHECK(failed(rows_of(copy / "")) ==
        std::vector<std::string>{"dim background", "foamliu composite", "pillow bilinear"});
}

TEST_CASE("RSSN's composites may lie one level off at one pixel in a thousand",
          "[selftest][compose]") {
  const ComposeCopy copy;
  const std::string file = "rssn/s05/composite.png";  // 70 x 70 x 3 = 14700 values
  copy.tamper(file, 1, 14);
  // What noise was added to is the stored composite, so those rows see every change.
  const std::vector<std::string> noise{"rssn noise, wrap", "rssn noise, clamp"};
  CHECK(failed(rows_of(copy / "rssn")) == noise);
  const ComposeCopy more;
  more.tamper(file, 1, 15);
  CHECK(failed(rows_of(more / "rssn")).front() == "rssn composite, share");
  const ComposeCopy far;
  far.tamper(file, 2);
  CHECK(failed(rows_of(far / "rssn")).front() == "rssn composite");
}

TEST_CASE("a reference that is listed and missing fails", "[selftest][compose]") {
  const ComposeCopy copy;
  const auto lost = [&](const char* file) {
    const fs::path path = copy / file;
    fs::rename(path, copy / "aside");
    const std::vector<std::string> names = failed(rows_of(copy / ""));
    fs::rename(copy / "aside", path);
    return names;
  };
  using Names = std::vector<std::string>;
  CHECK(lost("comp1k/c12_tiny_bg/out_foamliu.png") == Names{"foamliu composite"});
  CHECK(lost("comp1k/c12_tiny_bg/out_bgfit.png") == Names{"dim background"});
  CHECK(lost("comp1k/c12_tiny_bg/out_adobe.png") ==
        Names{"dim composite", "mmagic composite", "distinctions-646 composite"});
  CHECK(lost("pil-resize/r02_bicubic.png") == Names{"pillow bicubic"});
  CHECK(lost("rssn/s05/noise.npy") == Names{"rssn noise, wrap", "rssn noise, clamp"});
  CHECK(failed(rows_of(copy / "")).empty());
  for (const auto& entry : fs::directory_iterator{copy / "comp1k"}) {
    if (entry.is_directory()) fs::remove(entry.path() / "out_foamliu.png");
  }
  CHECK(failed(rows_of(copy / "")) == Names{"foamliu composite"});
  fs::remove_all(copy / "comp1k/c12_tiny_bg");
  CHECK_THROWS_WITH(rows_of(copy / ""), Contains("c12_tiny_bg"));
}

TEST_CASE("damaged references of composites are refused with their place", "[selftest][compose]") {
  const ComposeCopy copy;
  const auto message = [&] {
    try {
      (void)run_on_folder(kCompose, copy / "");
    } catch (const Error& error) {
      return std::string{error.what()};
    }
    return std::string{};
  };
  fs::remove(copy / "rssn/s05/noise.npy");
  fs::copy_file(copy / "rssn/s05/fg.png", copy / "rssn/s05/noise.npy");
  CHECK_THAT(message(), Contains("not an array") && Contains("s05/noise.npy"));
  fs::remove(copy / "rssn/s05/noise.npy");
  testing::write_text(copy / "rssn/manifest.json", R"([{"case": "s05"}])");
  CHECK_THAT(message(), Contains("rssn/manifest.json") && Contains("blur_kernel"));
  testing::write_text(copy / "comp1k/c05_ceil_plus_one/fg.png", "no image");
  CHECK_THAT(message(), Contains("c05_ceil_plus_one/fg.png"));
}

TEST_CASE("a difference counts what differs and how far", "[selftest][compose]") {
  const std::vector<double> zero{0.0, 1.0, 2.0, 3.0};
  const std::vector<double> other{0.0, 1.5, 2.0, -1.0};
  const Difference apart = difference(zero, other);
  CHECK(apart.largest == 4.0);
  CHECK(apart.differing == 2);
  CHECK(apart.share() == 0.5);
  CHECK(difference(zero, zero).largest == 0.0);
  CHECK(difference(zero, std::span{other}.first(3)).largest > 1e300);  // other lengths
  const std::vector<double> undefined{0.0, 1.0, 2.0, std::nan("")};
  CHECK(difference(zero, undefined).largest > 1e300);
  const Plane<std::uint8_t> wide{{3, 2}};
  const Plane<std::uint8_t> tall{{2, 3}};
  CHECK(difference(wide.view(), tall.view()).largest > 1e300);
}

#include "datasets/check.hpp"

#include <algorithm>
#include <limits>

#include "imaging/io.hpp"
#include "tests/datasets/small_sets.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"
#include "tests/support/images.hpp"

using namespace mbench;
using namespace mbench::datasets;
using namespace mbench::testing;

namespace {

using Lines = std::vector<std::string>;

Lines found(const TemporaryFolder& folder, int threads = 1) {
  return lines(check_dataset(open_dataset(folder.path().string()), threads), folder.path());
}

/// The truth of `a` with one pixel changed; (0, 0) is known background, (0, 7) known foreground.
void change_truth(const TemporaryFolder& folder, int x, int value) {
  make_truth(folder / "alpha/a.png");
  Plane<std::uint8_t> alpha = to_u8(imaging::read_matte(folder / "alpha/a.png"));
  alpha(0, x) = static_cast<std::uint8_t>(value);
  imaging::write_matte(folder / "alpha/a.png", alpha.view(), Depth::u8);
}

}  // namespace

TEST_CASE("a sound data set has no problems", "[datasets][check]") {
  const TemporaryFolder folder;
  make_set(folder.path(), {"a", "b"});
  CHECK(found(folder).empty());
  CHECK(preflight(open_dataset(folder.path().string()), 1).empty());
}

TEST_CASE("one check finds every problem, in sample order, for any number of threads",
          "[datasets][check]") {
  const TemporaryFolder folder;
  make_set(folder.path(), {"a", "b", "c", "d", "e", "f", "g"});
  std::filesystem::remove(folder / "alpha/b.png");     // missing
  make_truth(folder / "alpha/z.png");                  // unpaired
  write_text(folder / "image/c.png", "not an image");  // unreadable
  make_truth(folder / "alpha/d.png", Size{8, 7});      // size
  imaging::write_matte(folder / "trimap/e.png", Plane<std::uint8_t>{kSmall, 77}.view(),
                       Depth::u8);                                                  // levels
  write_text(folder / "trimap/f.png", "");                                          // unreadable
  imaging::write_trimap(folder / "trimap/g.png", Trimap{kSmall, kUnknown}.view());  // lacks
  const Lines expected{"error missing b: alpha/b.png",     "error unpaired -: alpha/z.png",
                       "error unreadable c: image/c.png",  "error size d: alpha/d.png",
                       "error levels e: trimap/e.png",     "error unreadable f: trimap/f.png",
                       "note trimap-lacks g: trimap/g.png"};
  CHECK(found(folder, 1) == expected);
  CHECK(found(folder, 2) == expected);
  CHECK(found(folder, 8) == expected);
}

TEST_CASE("the preflight finds from headers what would stop a run", "[datasets][check]") {
  const TemporaryFolder folder;
  make_set(folder.path(), {"a", "b", "c"});
  std::filesystem::remove(folder / "trimap/a.png");
  make_trimap(folder / "trimap/b.png", Size{7, 6});
  write_text(folder / "alpha/c.png", "not an image");
  const Dataset dataset = open_dataset(folder.path().string());
  const Lines expected{"error missing a: trimap/a.png", "error size b: trimap/b.png",
                       "error unreadable c: alpha/c.png"};
  CHECK(lines(preflight(dataset, 1), folder.path()) == expected);
  CHECK(lines(preflight(dataset, 4), folder.path()) == expected);
}

TEST_CASE("a file that went after the scan is found missing", "[datasets][check]") {
  const TemporaryFolder folder;
  make_set(folder.path(), {"a"});
  const Dataset dataset = open_dataset(folder.path().string());
  std::filesystem::remove(folder / "image/a.png");
  const Lines expected{"error missing a: image/a.png"};
  CHECK(lines(preflight(dataset, 1), folder.path()) == expected);
  CHECK(lines(check_dataset(dataset, 1), folder.path()) == expected);
}

TEST_CASE("an image that is cut off passes the preflight but not the check", "[datasets][check]") {
  const TemporaryFolder folder;
  make_set(folder.path(), {"a"});
  const std::string bytes = read_text(folder / "image/a.png");
  write_text(folder / "image/a.png", bytes.substr(0, bytes.size() - 20));
  CHECK(preflight(open_dataset(folder.path().string()), 1).empty());
  CHECK(found(folder) == Lines{"error unreadable a: image/a.png"});
}

TEST_CASE("truth against trimap: noise is a warning, the wrong side an error",
          "[datasets][check]") {
  const TemporaryFolder folder;
  make_set(folder.path(), {"a"});
  const auto severity = [&](int x, int value) {
    change_truth(folder, x, value);
    const Lines problems = found(folder);
    return problems.empty() ? std::string{} : problems[0].substr(0, problems[0].find(' '));
  };
  constexpr int kInBackground = 0, kInUnknown = 4, kInForeground = 7;
  CHECK(severity(kInForeground, 250).empty());
  CHECK(severity(kInForeground, 249) == "warning");
  CHECK(severity(kInForeground, 128) == "warning");
  CHECK(severity(kInForeground, 127) == "error");
  CHECK(severity(kInBackground, 5).empty());
  CHECK(severity(kInBackground, 6) == "warning");
  CHECK(severity(kInBackground, 127) == "warning");
  CHECK(severity(kInBackground, 128) == "error");
  CHECK(severity(kInUnknown, 0).empty());
  CHECK(severity(kInUnknown, 255).empty());
}

TEST_CASE("the bounds for truth against trimap are exact in 16 bits too", "[datasets][check]") {
  const TemporaryFolder folder;
  make_set(folder.path(), {"a"});
  const auto count = [&](int value) {
    Plane<std::uint16_t> alpha = to_u16(imaging::read_matte(folder / "alpha/a.png"));
    alpha(0, 7) = static_cast<std::uint16_t>(value);
    imaging::write_matte(folder / "alpha/a.png", alpha.view(), Depth::u16);
    return found(folder).size();
  };
  CHECK(count(250 * 257) == 0);
  CHECK(count(250 * 257 - 1) == 1);
}

TEST_CASE("a contradiction tells how many pixels are off, and names both files",
          "[datasets][check]") {
  const TemporaryFolder folder;
  make_set(folder.path(), {"a"});
  change_truth(folder, 7, 10);
  const auto problems = check_dataset(open_dataset(folder.path().string()), 1);
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].code == "contradiction");
  CHECK(problems[0].parts.found ==
        "1 foreground pixels below (1 below 128/255), 0 background pixels above (0 above "
        "127/255)");
  CHECK(problems[0].parts.where ==
        (folder / "alpha/a.png").string() + " and " + (folder / "trimap/a.png").string());
}

TEST_CASE("a shared truth that is damaged is reported once, one of wrong size for each image",
          "[datasets][check]") {
  const TemporaryFolder folder;
  for (const char* name : {"x_0", "x_1", "x_2"}) {
    make_trimap(folder / (std::string{"trimaps/"} + name + ".png"));
    make_image(folder / (std::string{"merged/"} + name + ".png"));
  }
  make_truth(folder / "alpha/x.png", Size{3, 3});
  CHECK(found(folder) == Lines{"error size x_0: alpha/x.png", "error size x_1: alpha/x.png",
                               "error size x_2: alpha/x.png"});
  write_text(folder / "alpha/x.png", "damaged");
  CHECK(found(folder, 4) == Lines{"error unreadable x_0: alpha/x.png"});
}

TEST_CASE("an image shared by several trimaps is reported once", "[datasets][check]") {
  const TemporaryFolder folder;
  write_text(folder / "input_lowres/doll.png", "damaged");
  make_trimap(folder / "trimap_lowres/Trimap1/doll.png");
  make_trimap(folder / "trimap_lowres/Trimap2/doll.png");
  CHECK(found(folder) == Lines{"warning missing -: trimap_lowres/Trimap3", "warning count -: .",
                               "error unreadable doll/small: input_lowres/doll.png"});
}

TEST_CASE("missing classes of a trimap are named", "[datasets][check]") {
  const TemporaryFolder folder;
  make_set(folder.path(), {"a"});
  imaging::write_trimap(folder / "trimap/a.png", Trimap{kSmall, kUnknown}.view());
  const auto problems = check_dataset(open_dataset(folder.path().string()), 1);
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].parts.what == "a trimap has no background and no foreground pixels");
  CHECK(problems[0].parts.found == "0 background, 48 unknown, 0 foreground");
}

TEST_CASE("a float truth with NaN or values outside [0, 1] is an error with counts",
          "[datasets][check]") {
  const TemporaryFolder folder;
  make_image(folder / "image/a.png");
  std::vector<float> values(static_cast<std::size_t>(kSmall.pixels()), 0.5F);
  values[3] = 1.5F;
  values[4] = -0.001F;
  values[5] = std::numeric_limits<float>::quiet_NaN();
  write_text(folder / "alpha/a.tif", tiff_bytes<float>(kSmall, 1, values));
  try {
    (void)imaging::read_matte(folder / "alpha/a.tif");
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::unavailable) throw;
    WARN("skipped: this build reads no TIFF");
    return;
  }
  const auto problems = check_dataset(open_dataset(folder.path().string()), 1);
  const auto range = std::ranges::find(problems, "range", &Problem::code);
  REQUIRE(range != problems.end());
  CHECK(range->severity == Severity::error);
  CHECK(range->parts.found == "2 pixels outside, 1 that are NaN");
  values.assign(values.size(), 1.0F);
  write_text(folder / "alpha/a.tif", tiff_bytes<float>(kSmall, 1, values));
  CHECK(found(folder) == Lines{"note protocol -: -"});
}

TEST_CASE("truths that are all missing are one problem of the check, too, and of every sample",
          "[datasets][check]") {
  const TemporaryFolder folder;
  make_set(folder.path(), {"a", "b", "c", "d", "e", "f", "g"});
  std::filesystem::remove_all(folder / "alpha");
  std::filesystem::create_directories(folder / "alpha");
  const Dataset dataset = open_dataset(folder.path().string());
  CHECK(lines(check_dataset(dataset, 1), folder.path()) ==
        std::vector<std::string>{"error missing -: alpha"});
  CHECK(preflight(dataset, 1).size() == 1);
  const Error error = error_of([&] { (void)load_sample(dataset, dataset.samples[3]); });
  CHECK(error.parts().what == "none of the 7 images has a truth");
}

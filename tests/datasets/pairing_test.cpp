#include "datasets/pairing.hpp"

#include "tests/datasets/small_sets.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::datasets;
using namespace mbench::testing;

namespace {

FolderScan scan_of(const std::string& folder, const std::vector<std::string>& names) {
  FolderScan scan{.folder = folder};
  for (const std::string& name : names) {
    const std::filesystem::path file = scan.folder / name;
    scan.by_stem.emplace(file.stem().string(), file);
  }
  return scan;
}

Dataset paired(const FoundFiles& found, const std::string& id_pattern = {}) {
  Dataset dataset;
  pair_samples(found, id_pattern, dataset);
  return dataset;
}

}  // namespace

TEST_CASE("files pair by stem, not by position", "[datasets][pairing]") {
  // Sorted by position, b.jpg would get the truth of a.
  const Dataset dataset = paired({.images = scan_of("image", {"b.jpg", "c.jpg"}),
                                  .truths = scan_of("alpha", {"a.png", "b.png", "c.png"})});
  REQUIRE(ids(dataset) == std::vector<std::string>{"b", "c"});
  CHECK(dataset.samples[0].truth == "alpha/b.png");
  CHECK(dataset.samples[1].truth == "alpha/c.png");
  CHECK(dataset.samples[0].trimap.empty());
  REQUIRE(lines(dataset.problems, "") == std::vector<std::string>{"error unpaired -: alpha/a.png"});
  CHECK(dataset.problems[0].parts.what == "a truth has no image");
}

TEST_CASE("an image whose partner is missing stays a sample, with the expected path",
          "[datasets][pairing]") {
  const Dataset dataset = paired({.images = scan_of("image", {"a.jpg", "b.jpg"}),
                                  .truths = scan_of("alpha", {"a.tif"}),
                                  .trimaps = {{"", scan_of("trimap", {"b.png"})}}});
  CHECK(ids(dataset) == std::vector<std::string>{"a", "b"});
  CHECK(dataset.samples[1].truth == "alpha/b.tif");
  CHECK(lines(dataset.problems, "") == std::vector<std::string>{
                                           "error missing a: trimap/a.png",
                                           "error missing b: alpha/b.tif",
                                       });
  CHECK(dataset.problems[1].parts.expected == "a truth with the stem of b.jpg");
}

TEST_CASE("a missing partner's message names an unused file of similar name",
          "[datasets][pairing]") {
  const Dataset dataset = paired({.images = scan_of("image", {"portrait_01.jpg"}),
                                  .truths = scan_of("alpha", {"portrait-01.png"})});
  REQUIRE(dataset.problems.size() == 2);
  CHECK(dataset.problems[0].parts.fix ==
        "add the truth, or remove the image ('portrait-01.png' has a similar name and may be "
        "meant)");
}

TEST_CASE("composites share the truth of their foreground", "[datasets][pairing]") {
  const FoundFiles found{
      .images = scan_of("merged", {"x_0.png", "x_1.png", "13(2)_0.png"}),
      .truths = scan_of("alpha", {"x.png", "13(2).png"}),
      .trimaps = {{"", scan_of("trimaps", {"x_0.png", "x_1.png", "13(2)_0.png"})}}};
  for (const char* pattern : {"", R"((.+)_(\d+))"}) {
    const Dataset dataset = paired(found, pattern);
    REQUIRE(ids(dataset) == std::vector<std::string>{"13(2)_0", "x_0", "x_1"});
    CHECK(dataset.problems.empty());
    CHECK(dataset.samples[0].truth == "alpha/13(2).png");
    CHECK(dataset.samples[2].truth == "alpha/x.png");
    CHECK(dataset.samples[2].trimap == "trimaps/x_1.png");
    CHECK(tag(dataset.samples[2], "foreground") == "x");
  }
}

TEST_CASE("a truth with the exact stem comes before a shared one", "[datasets][pairing]") {
  const Dataset dataset = paired({.images = scan_of("merged", {"x_0.png", "x_1.png"}),
                                  .truths = scan_of("alpha", {"x.png", "x_0.png"})});
  CHECK(dataset.samples[0].truth == "alpha/x_0.png");
  CHECK(tag(dataset.samples[0], "foreground").empty());
  CHECK(dataset.samples[1].truth == "alpha/x.png");
}

TEST_CASE("a missing truth is not replaced by that of another image", "[datasets][pairing]") {
  const Dataset dataset = paired({.images = scan_of("image", {"woman.png", "woman_1.png"}),
                                  .truths = scan_of("alpha", {"woman.png"})});
  CHECK(dataset.samples[1].truth == "alpha/woman_1.png");
  CHECK(lines(dataset.problems, "") ==
        std::vector<std::string>{"error missing woman_1: alpha/woman_1.png"});
}

TEST_CASE("an id pattern decides which part of a name is the truth's", "[datasets][pairing]") {
  const FoundFiles found{.images = scan_of("merged", {"fg7-bg001.png", "fg7-bg002.png"}),
                         .truths = scan_of("alpha", {"fg7.png"})};
  const Dataset dataset = paired(found, "(fg[0-9]+)-bg[0-9]+");
  CHECK(dataset.problems.empty());
  CHECK(dataset.samples[1].truth == "alpha/fg7.png");
  CHECK(paired(found).problems.size() == 3);  // two missing, one unpaired
}

TEST_CASE("an id pattern without a group, or that is none, is refused", "[datasets][pairing]") {
  const FoundFiles found{.images = scan_of("image", {"a.png"})};
  const Error no_group = error_of([&] { (void)paired(found, "fg.*"); });
  CHECK(no_group.kind() == ErrorKind::bad_input);
  CHECK(no_group.parts().found == "no group in parentheses");
  CHECK(error_of([&] { (void)paired(found, "(a"); }).parts().what ==
        "id_pattern '(a' cannot be used");
}

TEST_CASE("several trimaps per image make one sample each, image by image", "[datasets][pairing]") {
  const Dataset dataset =
      paired({.images = scan_of("input", {"GT01.png", "GT02.png"}),
              .truths = scan_of("gt", {"GT01.png", "GT02.png"}),
              .trimaps = {{"small", scan_of("Trimap1", {"GT01.png", "GT02.png"})},
                          {"large", scan_of("Trimap2", {"GT01.png", "GT03.png"})}}});
  REQUIRE(ids(dataset) ==
          std::vector<std::string>{"GT01/small", "GT01/large", "GT02/small", "GT02/large"});
  CHECK(dataset.samples[1].trimap == "Trimap2/GT01.png");
  CHECK(dataset.samples[1].tags == Tags{{"image", "GT01"}, {"trimap", "large"}});
  CHECK(lines(dataset.problems, "") ==
        std::vector<std::string>{"error missing GT02/large: Trimap2/GT02.png",
                                 "error unpaired -: Trimap2/GT03.png"});
}

TEST_CASE("a truth missing for several trimaps is reported once", "[datasets][pairing]") {
  const Dataset dataset =
      paired({.images = scan_of("input", {"a.png"}),
              .truths = scan_of("gt", {}),
              .trimaps = {{"s", scan_of("s", {"a.png"})}, {"l", scan_of("l", {"a.png"})}}});
  CHECK(lines(dataset.problems, "") == std::vector<std::string>{"error missing a/s: gt/a.png"});
  CHECK(dataset.samples[1].truth == "gt/a.png");
}

TEST_CASE("a folder without a partner for any of many images is one problem, with the first names",
          "[datasets][pairing]") {
  std::vector<std::string> images, strangers;
  for (char c = 'a'; c <= 'h'; ++c) {
    images.push_back(std::string{c} + ".jpg");
    strangers.push_back(std::string{"matte_of_"} + c + ".png");
  }
  const Dataset empty = paired({.images = scan_of("image", images), .truths = scan_of("mask", {})});
  REQUIRE(lines(empty.problems, "") == std::vector<std::string>{"error missing -: mask"});
  CHECK(empty.problems[0].parts.what == "none of the 8 images has a truth");
  CHECK(empty.problems[0].parts.expected ==
        "truths with the stems of the images: a.jpg, b.jpg, c.jpg, d.jpg, e.jpg and 3 more");
  CHECK(empty.problems[0].parts.found == "no image files");
  for (const SampleFiles& sample : empty.samples) {
    CHECK(sample.truth.parent_path() == "mask");
    CHECK(concerns_sample(empty, empty.problems[0]));
  }
  const Dataset others =
      paired({.images = scan_of("image", images), .truths = scan_of("mask", strangers)});
  REQUIRE(lines(others.problems, "") == std::vector<std::string>{"error missing -: mask"});
  CHECK(others.problems[0].parts.found.starts_with("8 files: matte_of_a.png, "));
  CHECK(others.problems[0].parts.fix.find("id_pattern") != std::string::npos);
  // One pair shows that names do fit: then each gap is told.
  strangers.push_back("a.png");
  CHECK(paired({.images = scan_of("image", images), .truths = scan_of("mask", strangers)})
            .problems.size() == 15);
}

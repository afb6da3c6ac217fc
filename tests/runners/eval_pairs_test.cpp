#include "runners/eval_pairs.hpp"

#include "imaging/io.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"

using namespace mbench;
using namespace mbench::runners;
namespace fs = std::filesystem;

namespace {

void touch(const fs::path& file) {
  imaging::write_matte(file, Plane<std::uint8_t>{{2, 2}}.view(), Depth::u8);
}

std::vector<std::string> codes(const EvalPairs& pairs) {
  std::vector<std::string> codes;
  for (const datasets::Problem& problem : pairs.problems) codes.push_back(problem.code);
  return codes;
}

}  // namespace

TEST_CASE("files of one stem make a pair, in the order of their ids", "[runners][eval]") {
  const testing::TemporaryFolder folder;
  for (const char* role : {"truth", "pred", "trimap"}) {
    for (const char* stem : {"b (1)", "a[2]"}) {
      touch(folder.path() / role / (std::string{stem} + ".png"));
    }
  }
  const EvalPairs pairs = pair_folders(
      {.truth = folder / "truth", .predicted = folder / "pred", .trimap = folder / "trimap"});
  CHECK(pairs.problems.empty());
  REQUIRE(pairs.pairs.size() == 2);
  CHECK(pairs.pairs[0].id == "a[2]");
  CHECK(pairs.pairs[0].trimap == folder / "trimap/a[2].png");
  CHECK(pairs.pairs[1].predicted == folder / "pred/b (1).png");
}

TEST_CASE("several mattes of one image pair with their trimaps, however these are laid out",
          "[runners][eval]") {
  const testing::TemporaryFolder folder;
  touch(folder / "truth/GT01.png");
  touch(folder / "pred/GT01/small.png");
  touch(folder / "pred/GT01/large.png");
  const std::string layout = GENERATE("Trimap", "image-first", "variant-first", "common");
  fs::path large;
  if (layout == "Trimap") {
    touch(folder / "trimap/Trimap1/GT01.png");
    touch(large = folder / "trimap/Trimap2/GT01.png");
  } else if (layout == "image-first") {
    touch(folder / "trimap/GT01/small.png");
    touch(large = folder / "trimap/GT01/large.png");
  } else if (layout == "variant-first") {
    touch(folder / "trimap/small/GT01.png");
    touch(large = folder / "trimap/large/GT01.png");
  } else {
    touch(large = folder / "trimap/GT01.png");
  }
  const EvalPairs pairs = pair_folders(
      {.truth = folder / "truth", .predicted = folder / "pred", .trimap = folder / "trimap"});
  CHECK(pairs.problems.empty());
  REQUIRE(pairs.pairs.size() == 2);
  CHECK(pairs.pairs[0].id == "GT01/small");  // the order of alphamatting.com, not the alphabet's
  CHECK(pairs.pairs[1].id == "GT01/large");
  CHECK(pairs.pairs[1].trimap == large);
  CHECK(pairs.pairs[1].truth == folder / "truth/GT01.png");
  CHECK(pairs.pairs[1].tags == Tags{{"image", "GT01"}, {"trimap", "large"}});
}

TEST_CASE("a variant that one image lacks is missed, not left out of the mean", "[runners][eval]") {
  const testing::TemporaryFolder folder;
  for (const char* image : {"GT01", "GT03"}) {
    touch(folder.path() / "truth" / (std::string{image} + ".png"));
    touch(folder.path() / "pred" / image / "small.png");
  }
  touch(folder / "pred/GT03/large.png");
  const EvalPairs pairs = pair_folders({.truth = folder / "truth", .predicted = folder / "pred"});
  CHECK(pairs.pairs.size() == 4);
  CHECK(codes(pairs) == std::vector<std::string>{"missing-prediction"});
  CHECK(pairs.problems[0].sample == "GT01/large");
}

TEST_CASE("a symbolic link back to its folder is not followed", "[runners][eval]") {
  const testing::TemporaryFolder folder;
  touch(folder / "truth/a.png");
  touch(folder / "pred/a.png");
  fs::create_directory_symlink(folder / "pred", folder / "pred/loop");
  const EvalPairs pairs = pair_folders({.truth = folder / "truth", .predicted = folder / "pred"});
  CHECK(pairs.pairs.size() == 1);
  CHECK(pairs.problems.empty());
}

TEST_CASE("a folder that is missing is one problem, not one for each of its files",
          "[runners][eval]") {
  const testing::TemporaryFolder folder;
  touch(folder / "truth/a.png");
  touch(folder / "truth/b.png");
  CHECK(codes(pair_folders({.truth = folder / "truth", .predicted = folder / "prde"})) ==
        std::vector<std::string>{"missing-folder"});
}

TEST_CASE("what does not pair is a problem, never skipped", "[runners][eval]") {
  const testing::TemporaryFolder folder;
  touch(folder / "truth/a.png");
  touch(folder / "truth/b.png");
  touch(folder / "pred/a.png");
  touch(folder / "pred/c.png");
  touch(folder / "trimap/a.png");
  const EvalPairs pairs = pair_folders(
      {.truth = folder / "truth", .predicted = folder / "pred", .trimap = folder / "trimap"});
  CHECK(codes(pairs) ==
        std::vector<std::string>{"unpaired", "missing-prediction", "missing-trimap"});
  CHECK(pairs.problems[0].parts.where == (folder / "pred/c.png").string());
}

TEST_CASE("several trimaps and one matte per image leave the choice to the user",
          "[runners][eval]") {
  const testing::TemporaryFolder folder;
  touch(folder / "truth/a.png");
  touch(folder / "pred/a.png");
  touch(folder / "trimap/Trimap1/a.png");
  touch(folder / "trimap/Trimap2/a.png");
  CHECK(codes(pair_folders({.truth = folder / "truth",
                            .predicted = folder / "pred",
                            .trimap = folder / "trimap"})) ==
        std::vector<std::string>{"missing-trimap"});
}

TEST_CASE("two files for one image and trimap are refused", "[runners][eval]") {
  const testing::TemporaryFolder folder;
  touch(folder / "truth/a.png");
  touch(folder / "pred/a/small.png");
  touch(folder / "pred/small/a.png");
  CHECK(codes(pair_folders({.truth = folder / "truth", .predicted = folder / "pred"})) ==
        std::vector<std::string>{"duplicate"});
}

TEST_CASE("a data set's samples pair with mattes by their ids", "[runners][eval]") {
  const testing::TemporaryFolder folder;
  datasets::Dataset dataset{.id = "d"};
  dataset.samples = {{.id = "GT03/small", .truth = folder / "t/GT03.png"},
                     {.id = "GT01/small", .truth = folder / "t/GT01.png"}};
  touch(folder / "mattes/GT01/small.png");
  touch(folder / "mattes/GT99/small.png");
  const EvalPairs pairs = pair_dataset(dataset, {.predicted = folder / "mattes"});
  REQUIRE(pairs.pairs.size() == 2);
  CHECK(pairs.pairs[0].id == "GT03/small");  // the data set's order
  CHECK(pairs.pairs[1].predicted == folder / "mattes/GT01/small.png");
  CHECK(codes(pairs) == std::vector<std::string>{"missing-prediction", "unpaired"});
}

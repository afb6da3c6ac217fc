#include "datasets/list_layout.hpp"

#include "tests/datasets/small_sets.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"

using namespace mbench;
using namespace mbench::datasets;
using namespace mbench::testing;

namespace {

void make_files(const TemporaryFolder& folder, const std::vector<std::string>& names) {
  for (const std::string& name : names) write_text(folder / name, "");
}

Dataset open(const TemporaryFolder& folder) { return open_dataset(folder.path().string()); }

}  // namespace

TEST_CASE("PaddleSeg lists without columns for them find alpha and trimap beside fg",
          "[datasets][list]") {
  const TemporaryFolder folder;
  make_files(folder, {"val/fg/b.jpg", "val/fg/a (1).jpg", "val/alpha/b.png", "val/alpha/a (1).png",
                      "val/trimap/b.png", "val/trimap/a (1).png"});
  write_text(folder / "val.txt", "val/fg/b.jpg\r\nval/fg/a (1).jpg");
  const Dataset dataset = open(folder);
  REQUIRE(ids(dataset) == std::vector<std::string>{"b", "a (1)"});  // the order of the list
  CHECK(dataset.samples[1].image == folder / "val/fg/a (1).jpg");
  CHECK(dataset.samples[1].truth == folder / "val/alpha/a (1).png");
  CHECK(dataset.samples[1].trimap == folder / "val/trimap/a (1).png");
  CHECK(dataset.problems.empty());
  CHECK(dataset.default_protocols == std::vector<std::string>{"dim-matlab"});
}

TEST_CASE("the columns of IndexNet's lists are told by their folders", "[datasets][list]") {
  const TemporaryFolder folder;
  make_files(folder, {"Test_set/merged/x_0.png", "Test_set/merged/x_1.png", "Test_set/alpha/x.png",
                      "Test_set/trimaps/x_0.png", "Test_set/trimaps/x_1.png"});
  write_text(folder / "test.txt",
             "Test_set/merged/x_0.png\tTest_set/alpha/x.png\tTest_set/trimaps/x_0.png\n"
             "Test_set/merged/x_1.png\tTest_set/alpha/x.png\tTest_set/trimaps/x_1.png\n");
  const Dataset dataset = open(folder);
  REQUIRE(ids(dataset) == std::vector<std::string>{"x_0", "x_1"});
  CHECK(dataset.samples[1].truth == folder / "Test_set/alpha/x.png");
  CHECK(dataset.samples[1].trimap == folder / "Test_set/trimaps/x_1.png");
  CHECK(tag(dataset.samples[1], "foreground") == "x");
  CHECK(dataset.problems.empty());
}

TEST_CASE("a list with backgrounds is refused: composites must be made first", "[datasets][list]") {
  const TemporaryFolder folder;
  write_text(folder / "val.txt", "val/fg/a.jpg bg/b.jpg val/trimap/a.png\n");
  const Error error = error_of([&] { (void)open(folder); });
  CHECK(error.kind() == ErrorKind::bad_input);
  CHECK(error.parts().what == "column 2 of a list file names backgrounds");
  CHECK(error.parts().fix ==
        "compose first (mbench compose --rule dim --fg DIR --alpha DIR --bg DIR --out DIR), and "
        "name the result instead");
}

TEST_CASE("columns that no folder explains need mbench.toml", "[datasets][list]") {
  const TemporaryFolder folder;
  make_files(folder, {"x/a.png", "y/a.png", "z/a.png"});
  write_text(folder / "val.txt", "x/a.png y/a.png z/a.png\n");
  const Error error = error_of([&] { (void)open(folder); });
  CHECK(error.parts().what == "nothing says what column 2 of a list file holds");
  CHECK(error.parts().found == "'y/a.png'");

  write_text(folder / "mbench.toml", "list = 'val.txt'\ncolumns = ['image', 'trimap', 'truth']\n");
  const Dataset dataset = open(folder);
  CHECK(dataset.samples[0].trimap == folder / "y/a.png");
  CHECK(dataset.samples[0].truth == folder / "z/a.png");
}

TEST_CASE("every line of a list that cannot be used is reported", "[datasets][list]") {
  const TemporaryFolder folder;
  make_files(folder, {"fg/a.png", "fg/a.jpg", "alpha/a.png"});
  write_text(folder / "val.txt",
             "fg/a.png alpha/a.png\n"
             "fg/b.png alpha/b.png\n"
             "fg/c.png\n"
             "../d.png alpha/d.png\n"
             "nothing\n"
             "fg/a.jpg alpha/a.png\n");
  const Dataset dataset = open(folder);
  CHECK(ids(dataset) == std::vector<std::string>{"a", "b"});
  CHECK(lines(dataset.problems, folder.path()) ==
        std::vector<std::string>{"error list -: val.txt", "error list -: val.txt",
                                 "error list -: val.txt", "error missing b: fg/b.png",
                                 "error missing b: alpha/b.png", "error duplicate -: val.txt",
                                 "note protocol -: -"});
  CHECK(dataset.problems[0].parts.where == (folder / "val.txt").string() + ", line 3");
  CHECK(dataset.problems[0].parts.found == "1: fg/c.png");
  CHECK(dataset.problems[1].parts.found == "../d.png");
  CHECK(dataset.problems[5].parts.found == "'a' again, which is in line 1");
}

TEST_CASE("images of one name in different folders keep their folders in the id",
          "[datasets][list]") {
  const TemporaryFolder folder;
  make_files(folder,
             {"fg/clip1/0.png", "fg/clip2/0.png", "alpha/clip1/0.png", "alpha/clip2/0.png"});
  write_text(folder / "val.txt", "fg/clip1/0.png\nfg/clip2/0.png\n");
  const Dataset dataset = open(folder);
  CHECK(ids(dataset) == std::vector<std::string>{"clip1/0", "clip2/0"});
  CHECK(dataset.samples[1].truth == folder / "alpha/clip2/0.png");
}

TEST_CASE("a list for evaluation comes before the one for training, and the option decides",
          "[datasets][list]") {
  const TemporaryFolder folder;
  make_files(folder, {"fg/a.png", "fg/b.png", "alpha/a.png", "alpha/b.png"});
  write_text(folder / "train.txt", "fg/a.png\n");
  write_text(folder / "val.txt", "fg/b.png\n");
  const Dataset dataset = open(folder);
  CHECK(ids(dataset) == std::vector<std::string>{"b"});
  CHECK(lines(dataset.problems, folder.path()) ==
        std::vector<std::string>{"note ignored -: train.txt", "note protocol -: -"});
  const Dataset train = open_dataset(folder.path().string() + ":list=train.txt");
  CHECK(ids(train) == std::vector<std::string>{"a"});
  CHECK(train.options == std::vector<std::pair<std::string, std::string>>{{"list", "train.txt"}});
  CHECK(error_of([&] { (void)open_dataset(folder.path().string() + ":list=../x.txt"); }).kind() ==
        ErrorKind::usage);
}

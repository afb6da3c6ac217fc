#include "datasets/alphamatting.hpp"

#include "datasets/check.hpp"
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

void make_training_set(const TemporaryFolder& folder) {
  for (const std::string name : {"GT02.png", "GT01.png"}) {
    make_files(folder, {"input_training_lowres/" + name, "gt_training_lowres/" + name,
                        "trimap_training_lowres/Trimap1/" + name,
                        "trimap_training_lowres/Trimap2/" + name});
  }
  make_files(folder,
             {"README.md", "published_predictions/x/GT01.png", "gt_training_highres/GT01.png"});
}

void make_test_set(const TemporaryFolder& folder) {
  make_files(folder, {"input_lowres/doll.png", "trimap_lowres/Trimap1/doll.png",
                      "trimap_lowres/Trimap2/doll.png", "trimap_lowres/Trimap3/doll.png"});
}

Dataset open(const TemporaryFolder& folder, const std::string& options = {}) {
  return open_dataset(folder.path().string() + options);
}

}  // namespace

TEST_CASE("the training set of alphamatting.com has one sample per image and trimap",
          "[datasets][alphamatting]") {
  const TemporaryFolder folder;
  make_training_set(folder);
  const Dataset dataset = open(folder);
  CHECK(dataset.adapter == "alphamatting");
  CHECK(dataset.title == "alphamatting.com training set");
  REQUIRE(ids(dataset) ==
          std::vector<std::string>{"GT01/small", "GT01/large", "GT02/small", "GT02/large"});
  CHECK(dataset.samples[1].trimap == folder / "trimap_training_lowres/Trimap2/GT01.png");
  CHECK(dataset.samples[1].truth == folder / "gt_training_lowres/GT01.png");
  CHECK(dataset.samples[1].tags == Tags{{"image", "GT01"}, {"trimap", "large"}});
  CHECK(dataset.default_protocols == std::vector<std::string>{"dim-matlab"});
  REQUIRE(lines(dataset.problems, folder.path()) == std::vector<std::string>{"warning count -: ."});
  CHECK(dataset.problems[0].parts.found ==
        "2 of 27 images; missing: GT03, GT04, GT05, GT06, GT07 and 20 more");
  CHECK(dataset.options.empty());
}

TEST_CASE("a split of alphamatting.com keeps one trimap per image", "[datasets][alphamatting]") {
  const TemporaryFolder folder;
  make_training_set(folder);
  const Dataset dataset = open(folder, ":split=large");
  CHECK(ids(dataset) == std::vector<std::string>{"GT01/large", "GT02/large"});
  CHECK(dataset.options == std::vector<std::pair<std::string, std::string>>{{"split", "large"}});
  const Error error = error_of([&] { (void)open(folder, ":split=user"); });
  CHECK(error.kind() == ErrorKind::bad_input);
  CHECK(error.parts().what == "there are no trimaps for split=user");
  CHECK(error.parts().found == "small (Trimap1), large (Trimap2)");
  CHECK(error_of([&] { (void)open(folder, ":split=huge"); }).kind() == ErrorKind::usage);
}

TEST_CASE("the test set of alphamatting.com has no truth", "[datasets][alphamatting]") {
  const TemporaryFolder folder;
  make_test_set(folder);
  const Dataset dataset = open(folder);
  CHECK(ids(dataset) == std::vector<std::string>{"doll/small", "doll/large", "doll/user"});
  CHECK(dataset.samples[0].truth.empty());
  CHECK(dataset.default_protocols.empty());
  REQUIRE(lines(dataset.problems, folder.path()) == std::vector<std::string>{"warning count -: ."});
  CHECK(dataset.problems[0].parts.found ==
        "1 of 8 images; missing: donkey, elephant, net, pineapple, plant and 2 more");
}

TEST_CASE("a folder with both sets of alphamatting.com gives the one that is asked for",
          "[datasets][alphamatting]") {
  const TemporaryFolder folder;
  make_training_set(folder);
  make_test_set(folder);
  CHECK(open(folder).samples.size() == 4);
  CHECK(open(folder, ":part=test").samples.size() == 3);
  const Error error = error_of([&] { (void)open(folder, ":resolution=highres:part=train"); });
  CHECK(error.parts().where == (folder / "input_training_highres").string());
}

TEST_CASE("what is missing from alphamatting.com's folders is found", "[datasets][alphamatting]") {
  const TemporaryFolder folder;
  make_training_set(folder);
  std::filesystem::remove(folder / "trimap_training_lowres/Trimap2/GT01.png");
  std::filesystem::remove(folder / "input_training_lowres/GT02.png");
  CHECK(lines(open(folder).problems, folder.path()) ==
        std::vector<std::string>{
            "error missing GT01/large: trimap_training_lowres/Trimap2/GT01.png",
            "error unpaired -: gt_training_lowres/GT02.png",
            "error unpaired -: trimap_training_lowres/Trimap1/GT02.png",
            "error unpaired -: trimap_training_lowres/Trimap2/GT02.png", "warning count -: ."});
}

TEST_CASE("sets of trimaps that are not as published are told", "[datasets][alphamatting]") {
  const TemporaryFolder folder;
  make_training_set(folder);
  make_files(folder, {"trimap_training_lowres/Trimap_2/GT01.png"});
  std::filesystem::remove_all(folder / "trimap_training_lowres/Trimap2");
  const Dataset dataset = open(folder);
  CHECK(lines(dataset.problems, folder.path()) ==
        std::vector<std::string>{"warning ignored -: trimap_training_lowres/Trimap_2",
                                 "warning missing -: trimap_training_lowres/Trimap2",
                                 "warning count -: ."});
  CHECK(dataset.problems[1].parts.expected == "27 images, 2 trimaps each, as published");
  CHECK(lines(open(folder, ":split=small").problems, folder.path()) ==
        std::vector<std::string>{"warning count -: ."});
}

TEST_CASE("the real training set is sound but for the known noise", "[datasets][alphamatting]") {
  const auto root = shared_path("data/alphamatting_train");
  if (!root) return;
  const Dataset dataset = open_dataset(root->string());
  CHECK(dataset.samples.size() == 28);
  const std::vector<Problem> problems = check_dataset(dataset, 2);
  CHECK(lines(problems, *root) ==
        std::vector<std::string>{"warning count -: .",
                                 "warning contradiction GT09/small: gt_training_lowres/GT09.png",
                                 "warning contradiction GT09/large: gt_training_lowres/GT09.png",
                                 "warning contradiction GT27/small: gt_training_lowres/GT27.png",
                                 "warning contradiction GT27/large: gt_training_lowres/GT27.png"});
  CHECK(problems[3].parts.found ==
        "212 foreground pixels below (0 below 128/255), 68 background pixels above (0 above "
        "127/255)");
}

TEST_CASE("the real test set is sound", "[datasets][alphamatting]") {
  const auto root = shared_path("data/alphamatting_test");
  if (!root) return;
  const Dataset dataset = open_dataset(root->string());
  CHECK(dataset.samples.size() == 12);
  CHECK(ids(dataset)[2] == "doll/user");
  CHECK(lines(check_dataset(dataset, 2), *root) == std::vector<std::string>{"warning count -: ."});
}

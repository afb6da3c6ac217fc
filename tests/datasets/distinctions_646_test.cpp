#include "datasets/distinctions_646.hpp"

#include "tests/datasets/published_sets.hpp"
#include "tests/datasets/small_sets.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::datasets;
using namespace mbench::testing;
using Catch::Contains;

namespace {

namespace fs = std::filesystem;
using Strings = std::vector<std::string>;

const Strings kComposites{"test_0_0", "test_0_1", "test_49_19"};

void make_sent(const fs::path& root) {
  for (const char* kind : {"FG", "GT"}) {
    make_files(root / "Test", kind, {"test_0", "test_49"}, ".png");
    make_files(root / "Train", kind, {"13(2)", "5fb8"}, ".png");
  }
}

}  // namespace

TEST_CASE("Distinctions-646 opens at its root and at Test/, wherever its composites lie",
          "[datasets][distinctions-646]") {
  const char* merged = GENERATE("merged", "Test/merged");
  const TemporaryFolder folder;
  make_sent(folder.path());
  make_files(folder.path(), merged, kComposites, ".png");
  const auto check = [&](const fs::path& root, const Strings& other_parts) {
    const Dataset dataset = open_folder(root);
    CHECK(dataset.adapter == "distinctions-646");
    CHECK(dataset.title == "Distinctions-646");
    CHECK(dataset.default_protocols == Strings{"whole"});
    CHECK(codes(dataset) == (other_parts.empty() ? Strings{"count"} : Strings{"count", "part"}));
    CHECK(dataset.other_parts == other_parts);
    REQUIRE(ids(dataset) == kComposites);
    CHECK(dataset.samples[2].truth == folder / "Test/GT/test_49.png");
    CHECK(tag(dataset.samples[2], "foreground") == "test_49");
  };
  check(folder.path(), {"part=train"});
  if (std::string_view{merged} == "Test/merged") check(folder / "Test", {});
  make_files(folder.path(), "trimaps", kComposites, ".png");
  CHECK(open_folder(folder.path()).default_protocols == Strings{"dim-matlab"});
}

TEST_CASE("Distinctions-646 without composites says how to make them",
          "[datasets][distinctions-646]") {
  const TemporaryFolder folder;
  make_sent(folder.path());
  for (const fs::path& root : {folder.path(), folder / "Test"}) {
    const Error error = error_of([&] { (void)open_folder(root); });
    CHECK(error.parts().what == "Distinctions-646 is not composed yet");
    CHECK_THAT(error.parts().found, Contains("2 foregrounds in"));
    CHECK_THAT(error.parts().fix, Contains("mbench compose --rule dim") && Contains("Test/FG") &&
                                      Contains("Test/GT") && Contains("VOC2012/JPEGImages"));
  }
  const Error train = error_of([&] { (void)open_folder(folder.path(), "part=train"); });
  CHECK(train.parts().what == "Distinctions-646, training set is not composed yet");
  CHECK_THAT(train.parts().fix, Contains("Train/FG") && Contains("COCO/train2014"));
  fs::remove_all(folder / "Test");
  const Error no_test = error_of([&] { (void)open_folder(folder.path(), "part=test"); });
  CHECK(no_test.parts().what == "the test set of Distinctions-646 is not there");
  CHECK(no_test.parts().fix == "open it with the option part=train");
}

TEST_CASE("what Distinctions-646 lacks, and what it has not, is said by name",
          "[datasets][distinctions-646]") {
  const TemporaryFolder folder;
  make_sent(folder.path());
  make_files(folder.path(), "merged", {"test_0_0", "test_0_20", "test_1_0"}, ".png");
  const Dataset dataset = open_folder(folder.path());
  CHECK(lines(dataset.problems, folder.path()) ==
        Strings{"error missing test_1_0: Test/GT/test_1_0.png",
                "error unpaired -: Test/GT/test_49.png", "warning count -: .", "warning names -: .",
                "note part -: -"});
  CHECK_THAT(problem_of(dataset, "count").parts.found,
             Contains("3 of 1000 images, 2 of 50 foregrounds; missing: test_0_1, test_0_10"));
  CHECK(problem_of(dataset, "names").parts.found == "test_0_20");
}

TEST_CASE("the training set of Distinctions-646 is counted by its foregrounds",
          "[datasets][distinctions-646]") {
  const TemporaryFolder folder;
  make_sent(folder.path());
  make_files(folder.path(), "Train/merged", {"13(2)_0", "5fb8_0", "5fb8_1"}, ".png");
  const Dataset dataset = open_folder(folder.path(), "part=train");
  REQUIRE(dataset.samples.size() == 3);
  CHECK(dataset.samples[0].truth == folder / "Train/GT/13(2).png");
  CHECK(problem_of(dataset, "count").parts.found == "2 of 596 foregrounds");
}

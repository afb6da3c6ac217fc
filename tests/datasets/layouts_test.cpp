#include <algorithm>

#include "datasets/check.hpp"
#include "datasets/names.hpp"
#include "tests/datasets/published_sets.hpp"
#include "tests/datasets/small_sets.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/references.hpp"

using namespace mbench;
using namespace mbench::datasets;
using namespace mbench::testing;
using Catch::Contains;

namespace {

namespace fs = std::filesystem;
using Strings = std::vector<std::string>;

struct Backgrounds {
  std::string adapter, file, title, count;
};

}  // namespace

TEST_CASE("backgrounds are counted, and refused as something to run methods on",
          "[datasets][backgrounds]") {
  const Backgrounds set =
      GENERATE(Backgrounds{"bg20k", "testval/h_0a1b2c3d.jpg", "BG-20k", "1 of 20000 images"},
               Backgrounds{"coco-train2014", "train2014/COCO_train2014_000000000009.jpg",
                           "COCO train2014", "1 of 82783 images"},
               Backgrounds{"voc2012", "VOCdevkit/VOC2012/JPEGImages/2007_000027.jpg",
                           "PASCAL VOC 2012", "1 of 17125 images"});
  CAPTURE(set.adapter);
  const TemporaryFolder folder;
  make_image(folder / set.file);
  const Error error = error_of([&] { (void)open_folder(folder.path()); });
  CHECK(error.kind() == ErrorKind::bad_input);
  CHECK(error.parts().what == set.title + " is a set of backgrounds: it has no mattes");
  CHECK(error.parts().found == "1 photographs (" + set.adapter + ")");
  CHECK_THAT(error.parts().fix, Contains("mbench compose") && Contains("mbench data check"));

  const Dataset dataset = open_dataset(folder.path().string(), Purpose::any);
  CHECK(dataset.adapter == set.adapter);
  CHECK(dataset.default_protocols.empty());
  CHECK(problem_of(dataset, "count").parts.found == set.count);
  CHECK_THAT(problem_of(dataset, "count").parts.fix, !Contains("scores"));
  for (const Problem& problem : check_dataset(dataset, 1)) {
    CHECK(problem.severity != Severity::error);
  }
}

TEST_CASE("BG-20k opens whole and by its parts, and names a part that is missing",
          "[datasets][backgrounds]") {
  const TemporaryFolder folder;
  make_files(folder.path(), {"testval/h_0a1b2c3d.jpg", "train_denoise/h_00000001.jpg"});
  const Dataset half = open_dataset(folder.path().string(), Purpose::any);
  CHECK(problem_of(half, "missing").parts.where == (folder / "train").string());
  CHECK(ids(half) == Strings{"testval/h_0a1b2c3d"});
  make_files(folder.path(), {"train/h_00000001.jpg", "train/h_00000002.jpg", "train/tree.jpg"});
  const Dataset whole = open_dataset(folder.path().string(), Purpose::any);
  CHECK(codes(whole) == Strings{"count", "names"});
  CHECK(whole.problems[1].parts.found == "tree");
  const Dataset testval = open_dataset((folder / "testval").string(), Purpose::any);
  CHECK(testval.title == "BG-20k, testval");
  CHECK(testval.problems[0].parts.found == "1 of 5000 images");
  CHECK(open_dataset((folder / "train").string(), Purpose::any).title == "BG-20k, train");
}

TEST_CASE("PaddleSeg's layout opens by its list, and asks for one where it is missing",
          "[datasets][paddleseg]") {
  const TemporaryFolder folder;
  make_files(folder.path(), {"val/fg/a.jpg", "val/alpha/a.png", "val/trimap/a.png",
                             "train/fg/b.jpg", "train/alpha/b.png"});
  const Error error = error_of([&] { (void)open_folder(folder.path()); });
  CHECK(error.parts().what == "the list file of a PaddleSeg data set is missing");
  CHECK_THAT(error.parts().fix, Contains("val/fg/NAME.jpg"));
  write_text(folder / "val.txt", "val/fg/a.jpg\n");
  write_text(folder / "train.txt", "train/fg/b.jpg");
  const Dataset dataset = open_folder(folder.path());
  CHECK(dataset.adapter == "paddleseg");
  CHECK(ids(dataset) == Strings{"a"});
  CHECK(dataset.samples[0].trimap == folder / "val/trimap/a.png");
  CHECK(codes(dataset) == Strings{"ignored"});
  const Dataset train = open_folder(folder.path(), "list=train.txt");
  CHECK(train.samples[0].truth == folder / "train/alpha/b.png");
  write_text(folder / "val.txt", "val/fg/a.jpg bg/x.jpg val/trimap/a.png\n");
  CHECK_THAT(error_of([&] { (void)open_folder(folder.path()); }).parts().fix,
             Contains("compose first (mbench compose --rule dim"));
}

TEST_CASE("foregrounds and mattes without images are not composed yet", "[datasets][folder]") {
  const TemporaryFolder folder;
  make_files(folder / "mine", {"fg/a.png", "alpha/a.png", "bg/x.jpg"});
  const Error error = error_of([&] { (void)open_folder(folder / "mine"); });
  CHECK(error.parts().what == "mine is not composed yet");
  CHECK_THAT(error.parts().fix, Contains("--fg " + (folder / "mine/fg").string()) &&
                                    Contains("--alpha " + (folder / "mine/alpha").string()) &&
                                    Contains("--out " + (folder / "mine/composed").string()));
  make_files(folder / "mine", {"composed/merged/a_0.png", "composed/alpha/a.png"});
  CHECK(error_of([&] { (void)open_folder(folder / "mine"); }).parts().fix ==
        "open one of the data sets inside: " + (folder / "mine/composed").string());
}

TEST_CASE("clips sorted by kind first open as clips", "[datasets][clips]") {
  const TemporaryFolder folder;
  for (const char* kind : {"fgr", "pha"}) {
    make_files(folder.path(), std::string{"test/"} + kind + "/0001", {"00000", "00001"}, ".jpg");
    make_files(folder.path(), std::string{"test/"} + kind + "/0000", {"00000"}, ".jpg");
  }
  const Dataset foregrounds = open_folder(folder.path());
  CHECK(foregrounds.adapter == "clips");
  REQUIRE(ids(foregrounds) == Strings{"test/0000/00000", "test/0001/00000", "test/0001/00001"});
  CHECK(foregrounds.samples[2].image == folder / "test/fgr/0001/00001.jpg");
  CHECK(foregrounds.samples[2].truth == folder / "test/pha/0001/00001.jpg");
  CHECK(foregrounds.samples[2].tags == Tags{{"clip", "test/0001"}, {"frame", "1"}});
  CHECK(codes(foregrounds) == Strings{"uncomposed"});
  CHECK(problem_of(foregrounds, "uncomposed").severity == Severity::warning);
  CHECK(ids(open_folder(folder / "test")).front() == "0000/00000");

  make_files(folder.path(), "test/com/0001", {"00000", "00001"}, ".jpg");
  const Dataset composed = open_folder(folder.path());
  REQUIRE(ids(composed) == Strings{"test/0001/00000", "test/0001/00001"});
  CHECK(composed.samples[0].image == folder / "test/com/0001/00000.jpg");
  CHECK(codes(composed) == Strings{"missing"});
  CHECK(composed.problems[0].parts.what == "clip 'test/0000' has no frames");
}

TEST_CASE("every adapter of a published set carries its facts", "[datasets]") {
  for (const DatasetEntry* entry : all_adapters()) {
    CAPTURE(entry->id);
    if (entry->id == "demo" || entry->id == "folder") {
      CHECK(entry->facts == nullptr);
      continue;
    }
    REQUIRE(entry->facts != nullptr);
    CHECK(testing::is_in_references(entry->cite));
    CHECK_FALSE(entry->facts->source.empty());
    CHECK_FALSE(entry->facts->licence.empty());
    CHECK_FALSE(entry->facts->quirks.empty());
    for (const PartFacts& part : entry->facts->parts) {
      if (part.stems == nullptr) continue;
      const Strings stems = part.stems();
      CHECK(stems.size() == static_cast<std::size_t>(part.images));
      CHECK(std::ranges::is_sorted(stems));
    }
  }
}

TEST_CASE("mbench.toml has the word over every published layout", "[datasets]") {
  const Strings files = GENERATE(
      Strings{"merged/cat-1288531_1920_0.png"}, Strings{"merged/test_0_0.png"},
      Strings{"original/m_0a1b2c3d.jpg"}, Strings{"blurred_image/p_0a1b2c3d.jpg"},
      Strings{"image/14299313536_ea3e61076c_o.jpg"}, Strings{"image/a.png", "DUTS-TE/x.png"},
      Strings{"image/a.jpg", "val/fg/a.jpg", "val/alpha/a.png"},
      Strings{"image/a.jpg", "train/h_0a1b2c3d.jpg"},
      Strings{"image/a.jpg", "fgr/c/0.png", "pha/c/0.png"});
  const TemporaryFolder folder;
  make_files(folder.path(), files);
  write_text(folder / "mbench.toml", "title = 'Mine'\n");
  const Dataset dataset = open_folder(folder.path());
  CHECK(dataset.adapter == "folder");
  CHECK(dataset.title == "Mine");
}

TEST_CASE("AISegment's cut-outs are refused with the way to their mattes", "[datasets][clips]") {
  const TemporaryFolder folder;
  make_files(folder.path(), {"clip_img/1803151818/clip_00000000/1803151818-00000003.jpg",
                             "matting/1803151818/matting_00000000/1803151818-00000003.png"});
  const Error error = error_of([&] { (void)open_folder(folder.path()); });
  CHECK(error.parts().what == "the mattes of AISegment are cut-outs, which are not read as mattes");
  CHECK_THAT(error.parts().fix,
             Contains("-alpha extract") && Contains("find clip_img -name '*.jpg'"));
}

TEST_CASE("a clip without frames or mattes beside whole ones is told", "[datasets][clips]") {
  const TemporaryFolder folder;
  make_files(folder.path(), {"set/0000/com/0000.png", "set/0000/pha/0000.png",
                             "set/0001/pha/0000.png", "set/0002/com/0000.png"});
  const Dataset dataset = open_folder(folder.path());
  CHECK(lines(dataset.problems, folder.path()) ==
        Strings{"error missing -: set/0001/com", "error missing -: set/0002/pha"});
  CHECK(dataset.samples.size() == 1);
}

TEST_CASE("videos in place of frames are refused with the way to frames", "[datasets][clips]") {
  const TemporaryFolder folder;
  make_files(folder.path(), {"fgr/0000.mp4", "pha/0000.mp4"});
  const Error error = error_of([&] { (void)open_folder(folder.path()); });
  CHECK(error.parts().what == "clips are read as images, not as videos");
  CHECK_THAT(error.parts().fix, Contains("ffmpeg"));
}

TEST_CASE("alphamatting.com without its trimaps is told so", "[datasets][alphamatting]") {
  const TemporaryFolder folder;
  make_files(folder.path(), {"input_training_lowres/GT01.png", "gt_training_lowres/GT01.png"});
  const Error error = error_of([&] { (void)open_folder(folder.path()); });
  CHECK(error.parts().what == "there are no trimaps");
  CHECK(error.parts().where == (folder / "trimap_training_lowres").string());
  CHECK_THAT(error.parts().fix, Contains("unpack"));
}

TEST_CASE("an empty list of a data set is not explained by a note on another",
          "[datasets][paddleseg]") {
  const TemporaryFolder folder;
  make_files(folder.path(), {"val/fg/a.png", "val/alpha/a.png", "val.txt"});
  write_text(folder / "train.txt", "val/fg/a.png val/alpha/a.png\n");
  const Error error = error_of([&] { (void)open_folder(folder.path()); });
  CHECK(error.parts().found == "no image files");
}

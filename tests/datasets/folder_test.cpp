#include "datasets/folder.hpp"

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

TEST_CASE("folders are accepted under all names in use", "[datasets][folder]") {
  const auto [image, truth, trimap] = GENERATE(table<std::string, std::string, std::string>({
      {"original", "mask", "trimap"},        // AIM, AM-2k
      {"blurred_image", "mask", "trimap"},   // P3M-500-P
      {"original_image", "mask", "trimap"},  // P3M-500-NP
      {"image", "alpha", "trimap"},
      {"images", "alphas", "trimaps"},
      {"image", "matte", "trimap"},        // PPM-100
      {"merged", "alpha_copy", "trimap"},  // Composition-1k after GCA
      {"input", "GT", "Trimap"},
  }));
  CAPTURE(image, truth, trimap);
  const TemporaryFolder folder;
  make_files(folder, {image + "/a.jpg", truth + "/a.png", trimap + "/a.png"});
  const Dataset dataset = open(folder);
  CHECK(dataset.adapter == "folder");
  CHECK(dataset.id == folder.path().filename().string());
  REQUIRE(dataset.samples.size() == 1);
  CHECK(dataset.samples[0].image == folder / (image + "/a.jpg"));
  CHECK(dataset.samples[0].truth == folder / (truth + "/a.png"));
  CHECK(dataset.samples[0].trimap == folder / (trimap + "/a.png"));
  CHECK(dataset.problems.empty());
  CHECK(dataset.default_protocols == std::vector<std::string>{"dim-matlab"});
}

TEST_CASE("trimaps and truths are optional", "[datasets][folder]") {
  const TemporaryFolder folder;
  make_files(folder, {"original/a.jpg"});
  const Dataset images = open(folder);
  CHECK(images.samples[0].truth.empty());
  CHECK(images.samples[0].trimap.empty());
  CHECK(images.default_protocols.empty());  // nothing to score against
  CHECK(images.problems.empty());
  make_files(folder, {"mask/a.png"});
  const Dataset without_trimaps = open(folder);
  CHECK(without_trimaps.default_protocols.empty());
  CHECK(lines(without_trimaps.problems, folder.path()) ==
        std::vector<std::string>{"note protocol -: -"});
  write_text(folder / "mbench.toml", "protocols = ['mine']\n");
  CHECK(open(folder).default_protocols == std::vector<std::string>{"mine"});
  CHECK(open(folder).problems.empty());
}

TEST_CASE("an image has one segmentation, whatever its trimaps", "[datasets][folder]") {
  const TemporaryFolder folder;
  make_files(folder, {"image/a.png", "image/b_1.png", "alpha/a.png", "alpha/b.png",
                      "trimap/Trimap1/a.png", "trimap/Trimap1/b_1.png", "trimap/Trimap2/a.png",
                      "trimap/Trimap2/b_1.png", "segmentation/a.png", "segmentation/b.png"});
  const Dataset dataset = open(folder);
  CHECK(dataset.problems.empty());
  REQUIRE(dataset.samples.size() == 4);
  for (const SampleFiles& sample : dataset.samples) {
    const bool is_a = sample.id.starts_with("a/");
    CHECK(sample.segmentation == folder / (is_a ? "segmentation/a.png" : "segmentation/b.png"));
  }
}

TEST_CASE("a missing segmentation and one without image are problems", "[datasets][folder]") {
  const TemporaryFolder folder;
  make_files(folder, {"image/a.png", "image/b.png", "alpha/a.png", "alpha/b.png", "trimap/a.png",
                      "trimap/b.png", "segmentation/a.png", "segmentation/c.png"});
  CHECK(lines(open(folder).problems, folder.path()) ==
        std::vector<std::string>{"error missing b: segmentation/b.png",
                                 "error unpaired -: segmentation/c.png"});
}

TEST_CASE("masks beside alphas are segmentations only where mbench.toml says so",
          "[datasets][folder]") {
  const TemporaryFolder folder;
  make_files(folder, {"image/a.png", "mask/a.png", "trimap/a.png"});
  CHECK(open(folder).samples[0].truth == folder / "mask/a.png");
  CHECK(open(folder).samples[0].segmentation.empty());
  write_text(folder / "mbench.toml", "[folders]\nsegmentation = 'mask'\n");
  CHECK(open(folder).samples[0].truth.empty());
  CHECK(open(folder).samples[0].segmentation == folder / "mask/a.png");
}

TEST_CASE("sub-folders of the trimap folder give one sample per image and trimap",
          "[datasets][folder]") {
  const TemporaryFolder folder;
  make_files(folder, {"image/GT01.png", "alpha/GT01.png", "trimap/Trimap1/GT01.png",
                      "trimap/Trimap2/GT01.png"});
  CHECK(ids(open(folder)) == std::vector<std::string>{"GT01/Trimap1", "GT01/Trimap2"});
  write_text(folder / "mbench.toml", "[trimap_names]\nTrimap1 = 'small'\n");
  const Dataset named = open(folder);
  CHECK(ids(named) == std::vector<std::string>{"GT01/small", "GT01/Trimap2"});
  CHECK(tag(named.samples[0], "trimap") == "small");

  make_files(folder, {"trimap/GT01.png"});
  CHECK(lines(open(folder).problems, folder.path()) ==
        std::vector<std::string>{"error layout -: trimap"});
  write_text(folder / "mbench.toml", "[trimap_names]\nTrimap9 = 'small'\n");
  CHECK(error_of([&] { (void)open(folder); }).parts().expected == "one of: Trimap1, Trimap2");
}

TEST_CASE("composites are read as Composition-1k's scripts leave them", "[datasets][folder]") {
  const TemporaryFolder folder;
  make_files(folder, {"merged/woman (1)_0.png", "merged/woman (1)_1.png", "alpha/woman (1).png",
                      "trimaps/woman (1)_0.png", "trimaps/woman (1)_1.png"});
  const Dataset dataset = open(folder);
  CHECK(dataset.adapter == "folder");
  CHECK(dataset.problems.empty());
  REQUIRE(dataset.samples.size() == 2);
  CHECK(dataset.samples[1].truth == folder / "alpha/woman (1).png");
  CHECK(tag(dataset.samples[1], "foreground") == "woman (1)");
}

TEST_CASE("where two folders could hold the truth, the unread one is named", "[datasets][folder]") {
  const TemporaryFolder folder;
  make_files(folder, {"image/a.jpg", "alpha/a.png", "mask/a.png", "trimap/a.png"});
  const Dataset dataset = open(folder);
  CHECK(dataset.samples[0].truth == folder / "alpha/a.png");
  CHECK(lines(dataset.problems, folder.path()) ==
        std::vector<std::string>{"warning ignored -: mask"});
  CHECK(dataset.problems[0].parts.fix ==
        "name the right one in mbench.toml: [folders] truth = \"mask\"");
  write_text(folder / "mbench.toml", "[folders]\ntruth = 'mask'\n");
  const Dataset chosen = open(folder);
  CHECK(chosen.samples[0].truth == folder / "mask/a.png");
  CHECK(chosen.problems.empty());
}

TEST_CASE("mbench.toml directs everything", "[datasets][folder]") {
  const TemporaryFolder folder;
  make_files(folder, {"a.jpg", "a.png", "b.jpg", "notes.md", "m/a.png", "m/b.png"});
  write_text(folder / "mbench.toml", R"(
title = "Flat"
protocols = ["aim"]
trimap_levels = [0, 102, 255]
tags = "tags.csv"
[folders]
image = "."
truth = "m"
[extensions]
image = ".jpg"
)");
  write_text(folder / "tags.csv", "id,type\na,SO\nb,NS\n");
  const Dataset dataset = open(folder);
  CHECK(dataset.problems.empty());
  CHECK(dataset.title == "Flat");
  CHECK(dataset.default_protocols == std::vector<std::string>{"aim"});
  CHECK(dataset.trimap_levels == imaging::TrimapLevels{0, 102, 255});
  REQUIRE(ids(dataset) == std::vector<std::string>{"a", "b"});
  CHECK(dataset.samples[0].image.lexically_normal() == folder / "a.jpg");
  CHECK(tag(dataset.samples[1], "type") == "NS");
}

TEST_CASE("a configured folder that is missing is refused by name", "[datasets][folder]") {
  const TemporaryFolder folder;
  make_files(folder, {"image/a.png"});
  write_text(folder / "mbench.toml", "[folders]\ntruth = 'mattes'\n");
  const Error error = error_of([&] { (void)open(folder); });
  CHECK(error.kind() == ErrorKind::bad_input);
  CHECK(error.parts().what == "the folder of the truths is missing");
  CHECK(error.parts().where == (folder / "mattes").string());
}

TEST_CASE("a folder of unknown layout is refused, naming the data sets inside it",
          "[datasets][folder]") {
  const TemporaryFolder folder;
  make_files(folder, {"photos/a.png"});
  const Error unknown = error_of([&] { (void)open(folder); });
  CHECK(unknown.kind() == ErrorKind::bad_input);
  CHECK(unknown.parts().what == "a folder has the layout of no known data set");
  CHECK(unknown.parts().expected.find("aim500: original/ mask/ trimap/") != std::string::npos);
  make_files(folder, {"portraits/spring/blurred_image/a.jpg"});
  CHECK(error_of([&] { (void)open(folder); }).parts().fix ==
        "open one of the data sets inside: " + (folder / "portraits/spring").string());
}

TEST_CASE("a data set without a single sample is refused", "[datasets][folder]") {
  const TemporaryFolder folder;
  std::filesystem::create_directories(folder / "image");
  const Error error = error_of([&] { (void)open(folder); });
  CHECK(error.kind() == ErrorKind::bad_input);
  CHECK(error.parts().found == "no image files");
}

TEST_CASE("a real portrait set is read, its cut-outs named as unread", "[datasets][folder]") {
  const auto root = shared_path("data/aisegment");
  if (!root) return;
  const Dataset dataset = open_dataset(root->string());
  REQUIRE(dataset.samples.size() == 1);
  CHECK(dataset.samples[0].truth == *root / "alpha/1803151818-00000003.png");
  CHECK(lines(dataset.problems, *root) == std::vector<std::string>{"warning ignored -: mask"});
  const Sample sample = load_sample(dataset, dataset.samples[0]);
  CHECK(sample.image.size() == Size{600, 800});
}

TEST_CASE("the names of the real Composition-1k test set pair", "[datasets][folder]") {
  const auto list = shared_path("data/protocol_lists/composition1k_test.csv");
  if (!list) return;
  const std::string text = read_text(*list);
  const TemporaryFolder folder;
  std::size_t begin = text.find('\n') + 1;
  int count = 0;
  while (begin < text.size()) {  // index,fg,bg,merged,width,height,...
    const std::size_t end = text.find('\n', begin);
    const std::string line = text.substr(begin, end - begin);
    begin = end + 1;
    const auto first = line.find(','), second = line.find(',', first + 1);
    const auto third = line.find(',', second + 1), fourth = line.find(',', third + 1);
    const std::filesystem::path fg = line.substr(first + 1, second - first - 1);
    const std::string merged = line.substr(third + 1, fourth - third - 1);
    make_files(folder,
               {"merged/" + merged, "trimaps/" + merged, "alpha/" + fg.stem().string() + ".png"});
    ++count;
  }
  CHECK(count == 1000);
  const Dataset dataset = open(folder);
  CHECK(dataset.samples.size() == 1000);
  CHECK(dataset.problems.empty());
}

#include "datasets/composition_1k.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "datasets/compose/published_pairs.hpp"
#include "datasets/compose/receipt.hpp"

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

const Strings kForegrounds{"cat-1288531_1920", "woman-952506_1920 (1)"};
const Strings kComposites{"cat-1288531_1920_0", "cat-1288531_1920_1", "woman-952506_1920 (1)_0",
                          "woman-952506_1920 (1)_1"};

/// The test set as it is sent.
void make_sent(const fs::path& set) {
  const fs::path adobe = set / "Adobe-licensed images";
  make_files(adobe, "fg", kForegrounds, ".png");
  make_files(adobe, "alpha", kForegrounds, ".png");
  make_files(adobe, "trimaps", kComposites, ".png");
  write_text(set / "test_fg_names.txt", "cat-1288531_1920.png\nwoman-952506_1920 (1).png");
}

void check_opens(const fs::path& root, bool lies_beside_training = false) {
  CAPTURE(root);
  const Dataset dataset = open_folder(root);
  CHECK(dataset.adapter == "composition-1k");
  CHECK(dataset.title == "Composition-1k");
  CHECK(dataset.default_protocols == Strings{"dim-matlab"});
  CHECK(codes(dataset) == (lies_beside_training ? Strings{"count", "part"} : Strings{"count"}));
  CHECK(dataset.other_parts == (lies_beside_training ? Strings{"part=train"} : Strings{}));
  REQUIRE(dataset.samples.size() == 4);
  for (const SampleFiles& sample : dataset.samples) {
    CHECK(fs::exists(sample.image));
    CHECK(fs::exists(sample.truth));
    CHECK(fs::exists(sample.trimap));
    CHECK(sample.trimap.stem() == sample.image.stem());
  }
  CHECK(tag(dataset.samples[3], "foreground") == "woman-952506_1920 (1)");
}

}  // namespace

TEST_CASE("Composition-1k as sent opens at every folder above its composites",
          "[datasets][composition-1k]") {
  const char* merged = GENERATE("Test_set/merged", "Test_set/Adobe-licensed images/merged");
  const TemporaryFolder folder;
  const fs::path combined = folder / "Combined_Dataset";
  make_sent(combined / "Test_set");
  for (const char* kind : {"fg", "alpha"}) {
    make_files(combined / "Training_set/Adobe-licensed images", kind, {"other"}, ".png");
  }
  make_files(combined, merged, kComposites, ".png");
  check_opens(folder.path(), true);
  check_opens(combined, true);
  check_opens(combined / "Test_set");
}

TEST_CASE("Composition-1k opens in the layouts of GCA, and of composites beside the folders",
          "[datasets][composition-1k]") {
  const TemporaryFolder folder;
  make_files(folder.path(), "merged", kComposites, ".png");
  make_files(folder.path(), "trimaps", kComposites, ".png");
  SECTION("a copy of the truth for each composite") {
    make_files(folder.path(), "alpha_copy", kComposites, ".png");
  }
  SECTION("one truth for each foreground") {
    make_files(folder.path(), "alpha", kForegrounds, ".png");
  }
  check_opens(folder.path());
}

TEST_CASE("Composition-1k opens in mmagic's layout, in the order of its list",
          "[datasets][composition-1k]") {
  const auto [merged, alpha, trimap] = GENERATE(table<std::string, std::string, std::string>(
      {{"merged_path", "alpha_path", "trimap_path"}, {"merged", "alpha", "trimap"}}));
  const TemporaryFolder folder;
  make_sent(folder / "Test_set");
  make_files(folder.path(), "Test_set/merged", kComposites, ".png");
  std::string list;
  for (auto stem = kComposites.rbegin(); stem != kComposites.rend(); ++stem) {
    list += fmt::format(
        R"({}{{"{}": "Test_set/merged/{}.png", )"
        R"("{}": "Test_set/Adobe-licensed images/alpha/{}.png", )"
        R"("{}": "Test_set/Adobe-licensed images/trimaps/{}.png", "fg_path": "x.png"}})",
        list.empty() ? "[" : ",", merged, *stem, alpha, stem->substr(0, stem->size() - 2), trimap,
        *stem);
  }
  write_text(folder / "test_list.json", list + "]");
  const Dataset dataset = open_folder(folder.path());
  CHECK(dataset.adapter == "composition-1k");
  CHECK(codes(dataset) == Strings{"count"});
  REQUIRE(ids(dataset) == Strings{kComposites.rbegin(), kComposites.rend()});
  CHECK(dataset.samples[0].truth ==
        folder / "Test_set/Adobe-licensed images/alpha/woman-952506_1920 (1).png");
  CHECK(tag(dataset.samples[0], "foreground") == "woman-952506_1920 (1)");

  write_text(folder / "test_list.json", R"([{"alpha_path": "a.png"}, {"merged_path": "/x.png"}])");
  const Error error = error_of([&] { (void)open_folder(folder.path()); });
  CHECK(error.parts().what == "none of the 2 entries of a list file can be used");
  CHECK(error.parts().expected == "a composite: \"merged_path\"");
  CHECK_THAT(error.parts().where, Contains("entry 1"));
  write_text(folder / "test_list.json",
             R"([{"merged_path": "Test_set/merged/a.png", "trimap_path": "../x.png"}])");
  const Error outside = error_of([&] { (void)open_folder(folder.path()); });
  CHECK(outside.parts().found == "\"../x.png\"");
  CHECK_THAT(outside.parts().expected, Contains("relative to the folder of the data set"));
  write_text(folder / "test_list.json", "[]");
  CHECK(error_of([&] { (void)open_folder(folder.path()); }).parts().found == "no entries");
  write_text(folder / "test_list.json", "[{]");
  const Error no_json = error_of([&] { (void)open_folder(folder.path()); });
  CHECK_THAT(no_json.parts().found, Contains("parse error at line 1") && !Contains("json.exc"));
  CHECK_THAT(no_json.parts().where, Contains("test_list.json"));
  CHECK_THAT(no_json.parts().fix, Contains("preprocess_comp1k_dataset.py"));
}

TEST_CASE("Composition-1k opens by IndexNet's and A2U's list", "[datasets][composition-1k]") {
  const TemporaryFolder folder;
  make_files(folder.path(), "Test_set/merged", kComposites, ".png");
  make_files(folder.path(), "Test_set/alpha", kForegrounds, ".png");
  make_files(folder.path(), "Test_set/trimaps", kComposites, ".png");
  std::string list;
  for (const std::string& stem : kComposites) {
    list +=
        fmt::format("Test_set/merged/{0}.png\tTest_set/alpha/{1}.png\tTest_set/trimaps/{0}.png\n",
                    stem, stem.substr(0, stem.size() - 2));
  }
  write_text(folder / "test.txt", list);
  check_opens(folder.path());
  std::filesystem::remove(folder / "Test_set/trimaps/cat-1288531_1920_1.png");
  const Problem missing = problem_of(open_folder(folder.path()), "missing");
  CHECK_THAT(missing.parts.expected, Contains("line 2"));
  CHECK(missing.parts.fix == "add the file, or remove the line");
}

TEST_CASE("Composition-1k without composites says how to make them", "[datasets][composition-1k]") {
  const TemporaryFolder folder;
  make_sent(folder / "Combined_Dataset/Test_set");
  const fs::path set = folder / "Combined_Dataset/Test_set";
  for (const fs::path& root : {folder.path(), set, set / "Adobe-licensed images"}) {
    const Error error = error_of([&] { (void)open_folder(root); });
    CHECK(error.kind() == ErrorKind::bad_input);
    CHECK(error.parts().what == "Composition-1k is not composed yet");
    CHECK_THAT(error.parts().found, Contains("2 foregrounds in"));
    CHECK_THAT(error.parts().fix, Contains("compose first: mbench compose --rule dim --fg") &&
                                      Contains("Adobe-licensed images/fg\"") &&
                                      Contains("--bg VOC2012/JPEGImages "
                                               "--pairing composition-1k-test --out"));
  }
}

TEST_CASE("composites made where the message says are found", "[datasets][composition-1k]") {
  const TemporaryFolder folder;
  make_files(folder.path(), "fg", kForegrounds, ".png");
  make_files(folder.path(), "alpha", kForegrounds, ".png");
  make_files(folder.path(), "trimaps", kComposites, ".png");
  const Error error = error_of([&] { (void)open_folder(folder.path()); });
  CHECK_THAT(error.parts().fix, Contains("--out " + (folder / "composed").string()));
  make_files(folder.path(), "composed/merged", kComposites, ".png");
  make_files(folder.path(), "composed/alpha", kForegrounds, ".png");
  check_opens(folder.path());
}

TEST_CASE("what Composition-1k lacks is said by name", "[datasets][composition-1k]") {
  const TemporaryFolder folder;
  make_files(folder.path(), "merged", kComposites, ".png");
  make_files(folder.path(), "alpha", {"cat-1288531_1920"}, ".png");
  const Dataset dataset = open_folder(folder.path());
  CHECK(lines(dataset.problems, folder.path()) ==
        Strings{"error missing -: trimaps",
                "error missing woman-952506_1920 (1)_0: alpha/woman-952506_1920 (1)_0.png",
                "error missing woman-952506_1920 (1)_1: alpha/woman-952506_1920 (1)_1.png",
                "warning count -: ."});
  CHECK(dataset.problems[0].parts.fix == "copy or link it from the archive as it was sent");
  const Problem count = problem_of(dataset, "count");
  CHECK(count.parts.expected == "1000 images of 50 foregrounds, as published");
  CHECK_THAT(count.parts.found, Contains("4 of 1000 images, 2 of 50 foregrounds; missing: "
                                         "16452523375_08591714cf_o_0, ") &&
                                    Contains(" and 991 more"));
}

TEST_CASE("a composite that Composition-1k has not is named", "[datasets][composition-1k]") {
  const TemporaryFolder folder;
  Strings stems = kComposites;
  stems.emplace_back("cat-1288531_1920_20");
  make_files(folder.path(), "merged", stems, ".png");
  make_files(folder.path(), "trimaps", stems, ".png");
  make_files(folder.path(), "alpha", kForegrounds, ".png");
  CHECK(problem_of(open_folder(folder.path()), "names").parts.found == "cat-1288531_1920_20");
}

TEST_CASE("the training set of Composition-1k takes its truths from both folders",
          "[datasets][composition-1k]") {
  const TemporaryFolder folder;
  const fs::path set = folder / "Training_set";
  make_files(set, {"Adobe-licensed images/fg/a.png", "Adobe-licensed images/alpha/a.png",
                   "Other/fg/b.png", "Other/alpha/b.png"});
  const Error error = error_of([&] { (void)open_folder(folder.path()); });
  CHECK(error.parts().what == "Composition-1k, training set is not composed yet");
  CHECK_THAT(error.parts().fix, Contains("Other/fg") && Contains("--bg COCO/train2014"));

  make_files(set, {"merged/a_0.png", "merged/b_0.png"});
  for (const fs::path& root : {folder.path(), set}) {
    const Dataset dataset = open_folder(root);
    REQUIRE(ids(dataset) == Strings{"a_0", "b_0"});
    CHECK(dataset.samples[1].truth == set / "Other/alpha/b.png");
    CHECK(dataset.default_protocols.empty());
    CHECK(problem_of(dataset, "count").parts.found == "2 of 43100 images, 2 of 431 foregrounds");
  }
  const Error no_test = error_of([&] { (void)open_folder(folder.path(), "part=test"); });
  CHECK(no_test.parts().fix == "open it with the option part=train");
}

TEST_CASE("the whole of Composition-1k is complete", "[datasets][composition-1k]") {
  const TemporaryFolder folder;
  Strings stems = composition_1k_dataset.facts->parts[0].stems();
  CHECK(stems.size() == 1000);
  make_files(folder.path(), "merged", stems, ".png");
  make_files(folder.path(), "alpha_copy", stems, ".png");
  make_files(folder.path(), "trimaps", stems, ".png");
  CHECK(open_folder(folder.path()).problems.empty());
}

TEST_CASE("a second folder of composites or trimaps is named, not passed over",
          "[datasets][composition-1k]") {
  const TemporaryFolder folder;
  make_files(folder.path(), "merged", kComposites, ".png");
  make_files(folder.path(), "alpha", kForegrounds, ".png");
  make_files(folder.path(), "trimaps", kComposites, ".png");
  make_files(folder.path(), "composed/merged", kComposites, ".png");
  make_files(folder.path(), "Adobe-licensed images/trimaps", kComposites, ".png");
  const Dataset dataset = open_folder(folder.path());
  CHECK(lines(dataset.problems, folder.path()) ==
        Strings{"warning ignored -: composed/merged",
                "warning ignored -: Adobe-licensed images/trimaps", "warning count -: ."});
  CHECK_THAT(dataset.problems[0].parts.found, Contains((folder / "merged").string()));
  CHECK(dataset.samples.front().image.parent_path() == folder / "merged");
}

TEST_CASE("two truths of one name that differ are a problem, but not where composing wrote one",
          "[datasets][composition-1k]") {
  const TemporaryFolder folder;
  const fs::path adobe = folder / "Adobe-licensed images";
  make_files(folder.path(), "trimaps", kComposites, ".png");
  make_files(folder.path(), "merged", kComposites, ".png");
  SECTION("in the parts of a training set") {
    make_files(folder.path() / "Training_set", "merged", kComposites, ".png");
    const fs::path train = folder / "Training_set";
    write_text(train / "Adobe-licensed images/alpha/cat-1288531_1920.png", "one");
    write_text(train / "Other/alpha/cat-1288531_1920.png", "two");
    write_text(train / "Adobe-licensed images/alpha/woman-952506_1920 (1).png", "same");
    write_text(train / "Other/alpha/woman-952506_1920 (1).png", "same");
    const Dataset dataset = open_folder(folder.path(), "part=train");
    const Problem problem = problem_of(dataset, "duplicate");
    CHECK(problem.severity == Severity::error);
    CHECK(problem.parts.where == (train / "Other/alpha/cat-1288531_1920.png").string());
    CHECK(std::ranges::count(codes(dataset), "duplicate") == 1);
  }
  SECTION("beside the composites") {
    make_files(folder.path(), "alpha", kForegrounds, ".png");
    write_text(adobe / "alpha/cat-1288531_1920.png", "as sent");
    CHECK(codes(open_folder(folder.path())) == Strings{"count"});
  }
}

namespace {

/// A set with a receipt that says of what the first composite is made: published, unless named.
void write_composed(const fs::path& set, const std::string& foreground,
                    const std::string& background, const std::string& pairing = "mine.csv") {
  make_files(set, "merged", kComposites, ".png");
  make_files(set, "alpha", kForegrounds, ".png");
  make_files(set, "trimaps", kComposites, ".png");
  const compose::Pair published = compose::published_pairs("composition-1k-test").front();
  const std::string digest(64, '0');
  const compose::ReceiptRow row{
      .output = published.output,
      .size = {4, 4},
      .foreground = {foreground.empty() ? published.foreground : foreground, digest},
      .alpha = {published.foreground, digest},
      .background = {background.empty() ? published.background : background, digest},
      .files = {{"merged/" + published.output, digest}}};
  compose::Receipt receipt{.tool = {"1", "1"}};
  receipt.rule.spelling = "dim";
  receipt.pairing = pairing;
  receipt.planned = 1;
  receipt.pairs_sha256 = digest;
  receipt.folders = {{"/fg"}, {"/alpha"}, {"/bg"}};
  receipt.rows.push_back(row);
  write_text(set / compose::kReceiptName, compose::to_json(receipt));
}

}  // namespace

TEST_CASE("composites under published names of other foregrounds or backgrounds are a warning",
          "[datasets][composition-1k]") {
  const TemporaryFolder folder;
  for (const char* pairing : {"mine.csv", "composition-1k-test"}) {
    CAPTURE(pairing);
    write_composed(folder / "published", "", "", pairing);
    CHECK_NOTHROW(compose::read_receipt(folder / "published"));
    CHECK(codes(open_folder(folder / "published")) == Strings{"count"});
    write_composed(folder / "published", "", "beach.jpg", pairing);  // whatever it calls itself
    CHECK_NOTHROW(problem_of(open_folder(folder / "published"), "pairing"));
  }
  const compose::Pair first = compose::published_pairs("composition-1k-test").front();
  const std::string published = ", published " + first.foreground + " on " + first.background;
  write_composed(folder / "others", "cat.png", "");
  CHECK_THAT(problem_of(open_folder(folder / "others"), "pairing").parts.found,
             Contains(first.output + ": cat.png on " + first.background + published));
  write_composed(folder / "others", "", "beach.jpg");
  const Problem problem = problem_of(open_folder(folder / "others"), "pairing");
  CHECK(problem.severity == Severity::warning);
  CHECK_THAT(problem.parts.found, Contains("mine.csv: 1 of 1 composites differ") &&
                                      Contains(first.foreground + " on beach.jpg" + published));
  CHECK_THAT(problem.parts.what, Contains("foreground and background"));
  CHECK_THAT(problem.parts.fix, Contains("--pairing composition-1k-test"));
  write_text(folder / "others/mbench.composition.json", "{");
  CHECK(problem_of(open_folder(folder / "others"), "receipt").severity == Severity::warning);
}

#include "datasets/aim500.hpp"

#include <fmt/core.h>

#include "datasets/completeness.hpp"
#include "tests/datasets/published_sets.hpp"
#include "tests/datasets/small_sets.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"

using namespace mbench;
using namespace mbench::datasets;
using namespace mbench::testing;

namespace {

void make_aim(const TemporaryFolder& folder, const std::vector<std::string>& stems) {
  for (const std::string& stem : stems) {
    write_text(folder / ("original/" + stem + ".jpg"), "");
    for (const char* kind : {"mask/", "trimap/", "usr/"}) {
      write_text(folder / (kind + stem + ".png"), "");
    }
  }
}

Dataset open(const TemporaryFolder& folder) { return open_dataset(folder.path().string()); }

}  // namespace

TEST_CASE("AIM-500 is recognised, with types and categories as tags", "[datasets][aim500]") {
  const TemporaryFolder folder;
  make_aim(folder, {"o_0c8f03f0", "o_ffffffff"});
  write_text(folder / "aim_category_type.json",
             R"({"o_0c8f03f0": {"type": "SO", "category": "animal"},
                 "o_ffffffff": {"type": "STM", "category": "transparent"}})");
  const Dataset dataset = open(folder);
  CHECK(dataset.adapter == "aim500");
  CHECK(dataset.title == "AIM-500");
  CHECK(dataset.default_protocols == std::vector<std::string>{"aim"});
  CHECK(lines(dataset.problems, folder.path()) ==
        std::vector<std::string>{"warning count -: .", "note groups -: ."});
  REQUIRE(ids(dataset) == std::vector<std::string>{"o_0c8f03f0", "o_ffffffff"});
  CHECK(dataset.samples[1].image == folder / "original/o_ffffffff.jpg");
  CHECK(dataset.samples[1].truth == folder / "mask/o_ffffffff.png");
  CHECK(dataset.samples[1].trimap == folder / "trimap/o_ffffffff.png");
  CHECK(dataset.samples[1].tags == Tags{{"type", "STM"}, {"category", "transparent"}});
}

TEST_CASE("a folder of AIM-500's layout with other names keeps its own title",
          "[datasets][aim500]") {
  const TemporaryFolder folder;
  make_aim(folder, {"portrait_01"});
  write_text(folder / "aim_category_type.json", R"({"portrait_01": {"type": "SO"}})");
  CHECK(open(folder).title == folder.path().filename().string());
}

TEST_CASE("an image of AIM-500 without tags, or of an unknown type, is a problem",
          "[datasets][aim500]") {
  const TemporaryFolder folder;
  make_aim(folder, {"a", "b"});
  write_text(folder / "aim_category_type.json", R"({"b": {"type": "XX"}})");
  const Dataset dataset = open(folder);
  CHECK(lines(dataset.problems, folder.path()) ==
        std::vector<std::string>{"error tags a: original/a.jpg", "warning tags b: original/b.jpg"});
  CHECK(dataset.problems[1].parts.found == "'XX'");
}

TEST_CASE("AIM-500 without its trimaps is a problem; without its tags it is a plain folder",
          "[datasets][aim500]") {
  const TemporaryFolder folder;
  make_aim(folder, {"a"});
  CHECK(open(folder).adapter == "folder");
  write_text(folder / "aim_category_type.json", R"({"a": {"type": "SO"}})");
  std::filesystem::remove_all(folder / "trimap");
  CHECK(lines(open(folder).problems, folder.path()) ==
        std::vector<std::string>{"error missing -: trimap"});
}

TEST_CASE("mbench.toml has the word over the layout of AIM-500", "[datasets][aim500]") {
  const TemporaryFolder folder;
  make_aim(folder, {"a"});
  write_text(folder / "aim_category_type.json", R"({"a": {"type": "SO"}})");
  write_text(folder / "mbench.toml", "tags = 'aim_category_type.json'\nprotocols = ['aim']\n");
  const Dataset dataset = open(folder);
  CHECK(dataset.adapter == "folder");
  CHECK(tag(dataset.samples[0], "type") == "SO");
}

TEST_CASE("a part of AIM-500 is said to be one, with the groups that it lacks",
          "[datasets][aim500]") {
  const TemporaryFolder folder;
  std::string tags = "{";
  std::vector<std::string> stems;
  int number = 0;
  for (const GroupFacts& group : aim500_dataset.facts->groups) {
    for (int i = 0; i < group.images; ++i) {
      stems.push_back(fmt::format("o_{:08x}", number++));
      tags += fmt::format(R"({}"{}": {{"type": "SO", "category": "{}"}})",
                          tags.size() > 1 ? "," : "", stems.back(), group.value);
    }
  }
  make_aim(folder, stems);
  write_text(folder / "aim_category_type.json", tags + "}");
  const Dataset whole = open(folder);
  CHECK(whole.problems.empty());
  CHECK(whole.published == &aim500_dataset.facts->parts[0]);
  CHECK(completeness_in_words(whole) == "complete: 500 images");
  std::filesystem::rename(folder / "mask/o_00000001.png", folder / "mask/o_x.png");
  CHECK(completeness_in_words(open(folder)) ==
        "500 of 500 images, 2 problems: `mbench data check`");
  std::filesystem::rename(folder / "mask/o_x.png", folder / "mask/o_00000001.png");
  std::filesystem::rename(folder / "trimap", folder / "no_trimap");
  CHECK(completeness_in_words(open(folder)) == "500 of 500 images, 1 problem: `mbench data check`");
  std::filesystem::rename(folder / "no_trimap", folder / "trimap");

  for (const char* file :
       {"original/o_00000000.jpg", "mask/o_00000000.png", "trimap/o_00000000.png"}) {
    std::filesystem::remove(folder / file);
  }
  const Dataset part = open(folder);
  CHECK(codes(part) == std::vector<std::string>{"tags", "count", "groups"});
  CHECK(part.problems[1].parts.found == "499 of 500 images");
  CHECK(part.problems[2].parts.found == "animal 199");
  CHECK(part.problems[2].parts.expected == "animal 200");
  CHECK(part.problems[2].severity == Severity::note);

  make_aim(folder, {"dog"});
  const Dataset other = open(folder);
  CHECK(problem_of(other, "names").parts.found == "dog");
  CHECK(problem_of(other, "names").parts.expected == "o_ and 8 hexadecimal digits, as o_0c8f03f0");
}

TEST_CASE("a category that AIM-500 has not is named", "[datasets][aim500]") {
  const TemporaryFolder folder;
  make_aim(folder, {"o_00000000"});
  write_text(folder / "aim_category_type.json",
             R"({"o_00000000": {"type": "SO", "category": "human"}})");
  const Problem groups = problem_of(open(folder), "groups");
  CHECK(groups.severity == Severity::warning);
  CHECK_THAT(groups.parts.found, Catch::Contains("human 1 (no published category)"));
}

TEST_CASE("AIM-500 is known by its names where its tags, truths or images are missing",
          "[datasets][aim500]") {
  const TemporaryFolder folder;
  make_aim(folder, {"o_00000000"});
  CHECK(
      lines(open(folder).problems, folder.path()) ==
      std::vector<std::string>{"warning missing -: aim_category_type.json", "warning count -: ."});
  std::filesystem::remove_all(folder / "mask");
  const Dataset no_truth = open(folder);
  CHECK(no_truth.adapter == "aim500");
  CHECK(no_truth.problems[0].parts.what == "the folder of the truths is missing");
  CHECK(no_truth.problems[0].parts.expected ==
        "original/, mask/, trimap/: what AIM-500 consists of");
  write_text(folder / "aim_category_type.json", "{}");
  std::filesystem::remove_all(folder / "original");
  const Error error = error_of([&] { (void)open(folder); });
  CHECK(error.parts().what == "the folder of the images is missing");
  CHECK(error.parts().where == (folder / "original").string());
}

#include "datasets/aim500.hpp"

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
  CHECK(dataset.problems.empty());
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

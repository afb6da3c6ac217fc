#include "datasets/compose/pairs.hpp"

#include <algorithm>
#include <set>

#include <fmt/core.h>

#include "datasets/compose/choose_pairs.hpp"
#include "datasets/compose/published_pairs.hpp"
#include "datasets/compose/sources.hpp"
#include "tests/datasets/compose/set_sources.hpp"
#include "tests/datasets/small_sets.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"

using namespace mbench;
using namespace mbench::testing;
using namespace mbench::datasets::compose;
using Catch::Contains;

namespace {

std::vector<std::string> outputs(const std::vector<Pair>& pairs) {
  std::vector<std::string> names;
  for (const Pair& pair : pairs) names.push_back(pair.output);
  return names;
}

std::vector<std::string> numbered(const std::string& stem, int count) {
  std::vector<std::string> names;
  for (int i = 0; i < count; ++i) names.push_back(fmt::format("{}{:03}.jpg", stem, i));
  return names;
}

/// What is chosen for the sources of a folder by rule dim.
PairList choose(const std::filesystem::path& root, const PairingChoice& choice = {}) {
  const SourceFolders folders = folders_of(root);
  const ComposeRule& rule = find_rule("dim");
  return choose_pairs(choice, rule, {}, SourceFiles{folders.foregrounds, "foregrounds"},
                      SourceFiles{folders.backgrounds, "backgrounds"}, folders);
}

}  // namespace

TEST_CASE("copy k of foreground i lies on background i n + k and is called STEM_k.png",
          "[datasets][compose][pairs]") {
  const std::vector<std::string> fg{"a.png", "b c (1).jpg"};
  const std::vector<std::string> bg = numbered("v", 6);
  const auto pairs = make_pairs(fg, bg, {.copies = 3});
  CHECK(outputs(pairs) == std::vector<std::string>{"a_0.png", "a_1.png", "a_2.png", "b c (1)_0.png",
                                                   "b c (1)_1.png", "b c (1)_2.png"});
  for (std::size_t i = 0; i < pairs.size(); ++i) CHECK(pairs[i].background == bg[i]);
  const auto foamliu = make_pairs(fg, bg, {.copies = 3, .names = OutputNames::index_line});
  CHECK(outputs(foamliu) ==
        std::vector<std::string>{"0_0.png", "0_1.png", "0_2.png", "1_3.png", "1_4.png", "1_5.png"});
}

TEST_CASE("backgrounds that do not go round are refused with both counts and what would fit",
          "[datasets][compose][pairs][error]") {
  const std::vector<std::string> fg{"a.png", "b.png"};
  const Error error = error_of([&] { (void)make_pairs(fg, numbered("v", 6), {.copies = 20}); });
  CHECK(error.kind() == ErrorKind::bad_input);
  CHECK(error.parts().expected == "40 backgrounds: 2 foregrounds times 20 copies");
  CHECK(error.parts().found == "6 backgrounds");
  CHECK(error.parts().fix == "--copies 3 would fit");
  CHECK_THROWS_AS(make_pairs(fg, numbered("v", 41), {.copies = 20}), Error);
  CHECK(make_pairs(fg, numbered("v", 41), {.copies = 20, .surplus = Surplus::allowed}).size() ==
        40);
  CHECK_THROWS_AS(make_pairs(fg, {}, {.copies = 0}), Error);
  CHECK_THROWS_AS(make_pairs({}, {}, {.copies = 1}), Error);
}

TEST_CASE("two foregrounds of one stem are refused: their composites would have one name",
          "[datasets][compose][pairs][error]") {
  const std::vector<std::string> fg{"a.png", "a.jpg"};
  const Error error = error_of([&] { (void)make_pairs(fg, numbered("v", 2), {.copies = 1}); });
  CHECK(error.parts().what == "two composites would be called 'a_0.png'");
  CHECK(error.parts().found == "a.png and a.jpg");
}

TEST_CASE("shuffled pairs use every background once, and hang on the seed alone",
          "[datasets][compose][pairs]") {
  const std::vector<std::string> fg = numbered("f", 10);
  const std::vector<std::string> bg = numbered("v", 30);
  const auto pairs = [&](std::uint64_t seed) {
    return make_pairs(fg, bg, {.copies = 3, .order = Pairing::shuffled, .seed = seed});
  };
  std::vector<std::string> used;
  for (const Pair& pair : pairs(1)) used.push_back(pair.background);
  CHECK(used != bg);
  CHECK(pairs(1) == pairs(1));
  CHECK(pairs(1) != pairs(2));
  CHECK(outputs(pairs(1)) == outputs(pairs(2)));
  std::ranges::sort(used);
  CHECK(used == bg);
}

TEST_CASE("the published test sets pair 50 foregrounds with 20 backgrounds each",
          "[datasets][compose][pairs]") {
  CHECK(published_pairings() ==
        std::vector<std::string_view>{"composition-1k-test", "distinctions-646-test"});
  const auto dim = published_pairs("composition-1k-test");
  const auto distinctions = published_pairs("distinctions-646-test");
  REQUIRE(dim.size() == 1000);
  REQUIRE(distinctions.size() == 1000);
  CHECK(dim[0].foreground == "16452523375_08591714cf_o.png");
  CHECK(dim[21].output == dim[21].foreground.substr(0, dim[21].foreground.size() - 4) + "_1.png");
  CHECK(dim[0].background == "2007_000027.jpg");
  CHECK(dim[0].size == Size{1374, 2100});
  CHECK(distinctions[999].output == "test_49_19.png");
  std::set<std::string> foregrounds;
  for (std::size_t i = 0; i < dim.size(); ++i) {
    foregrounds.insert(dim[i].foreground);
    CHECK(dim[i].foreground == dim[i / 20 * 20].foreground);
    CHECK(dim[i].background == distinctions[i].background);
  }
  CHECK(foregrounds.size() == 50);
}

TEST_CASE("an unknown pairing is refused with the known ones",
          "[datasets][compose][pairs][error]") {
  const Error error = error_of([] { (void)published_pairs("composition-1k"); });
  CHECK(error.kind() == ErrorKind::usage);
  CHECK_THAT(error.parts().expected, Contains("composition-1k-test, distinctions-646-test"));
  CHECK_THAT(error.parts().fix, Contains("composition-1k-test"));
}

TEST_CASE("a list of pairs says which row is wrong, and how", "[datasets][compose][pairs][error]") {
  const auto fails = [](const std::string& csv) {
    return error_of([&] { (void)parse_pairs(csv); }).parts();
  };
  CHECK(parse_pairs("fg,bg\r\na.png,v.jpg\r\na.png,w.jpg")[1].output == "a_1.png");
  CHECK(parse_pairs("bg,fg,merged\nv.jpg,a.png,z.png\n")[0].output == "z.png");
  CHECK_THAT(fails("").expected, Contains("fg and bg"));
  CHECK_THAT(fails("a.png,v.jpg\n").found, Contains("'a.png'"));
  CHECK(fails("fg,bg\n").found == "none");
  CHECK(fails("fg,bg,mergd\na.png,v.jpg,z.png\n").found == "'mergd'");
  CHECK(fails("fg,bg,mergd\na.png,v.jpg,z.png\n").fix == "did you mean 'merged'?");
  CHECK(fails("fg,bg,notes\na.png,v.jpg,z.png\n").fix == "leave the column out");
  CHECK(fails("fg,bg,width\na.png,v.jpg,7\n").found == "width alone");
  CHECK(fails("fg,bg\na.png\n").what == "row 2 of a list of pairs cannot be read");
  CHECK(fails("index,fg,bg\n0,a.png,v.jpg\n2,a.png,w.jpg\n").expected == "index 1");
  CHECK(fails("fg,bg\n../a.png,v.jpg\n").found == "'../a.png'");
  CHECK(fails("fg,bg\na.png,notes\n").expected == "the name of an image file");
  CHECK_THAT(fails("fg,bg,merged\na.png,v.jpg,b/c.png\n").expected, Contains(".png"));
  CHECK_THAT(fails("fg,bg,width,height\na.png,v.jpg,7,x\n").expected, Contains("pixels"));
  CHECK_THAT(fails("fg,bg,merged\na.png,v.jpg,x.png\nb.png,v.jpg,x.png\n").what,
             Contains("'x.png'"));
}

TEST_CASE("what copies share is the name before the last number", "[datasets][compose][pairs]") {
  CHECK(shared_stem("girl_3.png") == "girl");
  CHECK(shared_stem("woman-952506_1920 (1)_19.png") == "woman-952506_1920 (1)");
  CHECK(shared_stem("girl.png").empty());
  CHECK(shared_stem("_3.png").empty());
  CHECK(shared_stem("girl3.png").empty());
}

TEST_CASE("folders are paired in byte order, and backgrounds may be left over",
          "[datasets][compose][pairs]") {
  const TemporaryFolder folder;
  for (const char* name : {"fg/a.png", "fg/a-b.png", "alpha/a.png", "bg/z.jpg", "bg/B.jpg",
                           "bg/a.jpg", "bg/c.jpg", "bg/d.jpg", "bg/notes.txt", "bg/.hidden.png"}) {
    write_text(folder / name, "x");
  }
  const PairList list = choose(folder.path(), {.copies = 2});
  CHECK(list.source == "folders");
  CHECK(outputs(list.pairs) ==
        std::vector<std::string>{"a-b_0.png", "a-b_1.png", "a_0.png", "a_1.png"});
  CHECK(list.pairs[0].background == "B.jpg");
  CHECK(list.pairs[3].background == "d.jpg");
}

TEST_CASE("lists near the foregrounds are found, whatever ends their lines",
          "[datasets][compose][pairs]") {
  const TemporaryFolder folder;
  const auto set = folder / "Test_set/Adobe-licensed images";
  write_text(set / "fg/b.png", "x");
  write_text(set / "bg/v.jpg", "x");
  write_text(folder / "Test_set/test_fg_names.txt", "b.png\r\na (1).png");
  std::string backgrounds = "\xEF\xBB\xBF";
  for (const std::string& name : numbered("COCO_train2014_", 40)) backgrounds += name + "\r\n";
  write_text(folder / "Test_set/test_bg_names.txt", backgrounds);
  const PairList list = choose(set, {.coco_2017 = true});
  CHECK(list.source == "test_fg_names.txt + test_bg_names.txt");
  CHECK(list.copies == 20);
  REQUIRE(list.pairs.size() == 40);
  CHECK(list.pairs[20].foreground == "a (1).png");
  CHECK(list.pairs[39].background == "039.jpg");
  CHECK(choose(set, {.pairing = "folders", .copies = 1}).source == "folders");
}

TEST_CASE("a folder with exactly the published foregrounds takes the published pairing",
          "[datasets][compose][pairs]") {
  const TemporaryFolder folder;
  for (int i = 0; i < 50; ++i) write_text(folder / fmt::format("fg/test_{}.png", i), "x");
  write_text(folder / "bg/v.jpg", "x");
  CHECK(choose(folder.path()).source == "distinctions-646-test");
  CHECK_THROWS_AS(choose(folder.path(), {.copies = 3}), Error);  // then by folders, of one picture
  const Error error = error_of(
      [&] { (void)choose(folder.path(), {.pairing = "distinctions-646-test", .copies = 3}); });
  CHECK_THAT(error.what(), Contains("--copies"));
}

TEST_CASE("a published set with a foreground too few or too many is not paired by folders unasked",
          "[datasets][compose][pairs][error]") {
  const TemporaryFolder folder;
  const int count = GENERATE(49, 51);
  for (int i = 0; i < count; ++i) {
    write_text(folder / fmt::format("fg/{}.png", i < 50 ? fmt::format("test_{}", i) : "more"), "x");
  }
  for (int i = 0; i < 60; ++i) write_text(folder / fmt::format("bg/{}.jpg", i), "x");
  const Error error = error_of([&] { (void)choose(folder.path(), {.copies = 1}); });
  CHECK(error.kind() == ErrorKind::bad_input);
  CHECK_THAT(error.parts().fix, Contains("--pairing distinctions-646-test") && Contains("folders"));
  CHECK_THAT(error.parts().found, Contains(count == 49 ? "1 are missing" : "1 are others"));
  CHECK(choose(folder.path(), {.pairing = "folders", .copies = 1}).source == "folders");
}

TEST_CASE("a list of pairs that is not there is called so", "[datasets][compose][pairs][error]") {
  const TemporaryFolder folder;
  write_text(folder / "fg/a.png", "x");
  write_text(folder / "bg/v.jpg", "x");
  const Error error = error_of([&] { (void)choose(folder.path(), {.pairing = "none.csv"}); });
  CHECK(error.parts().found == "no such file");
}

TEST_CASE("training lists are paired with as many copies as go round",
          "[datasets][compose][pairs]") {
  const TemporaryFolder folder;
  write_text(folder / "fg/a.png", "x");
  write_text(folder / "bg/v.jpg", "x");
  std::string backgrounds;
  for (const std::string& name : numbered("c", 200)) backgrounds += name + "\n";
  write_text(folder / "f.txt", "a.png\nb.png\n");
  write_text(folder / "b.txt", backgrounds);
  const PairingChoice lists{.foreground_list = folder / "f.txt",
                            .background_list = folder / "b.txt"};
  CHECK(choose(folder.path(), lists).copies == 100);
  write_text(folder / "b.txt", backgrounds + "../x.jpg\n");
  const Error error = error_of([&] { (void)choose(folder.path(), lists); });
  CHECK_THAT(error.parts().where, Contains("b.txt, line 201"));
  CHECK_THROWS_AS(choose(folder.path(), {.foreground_list = folder / "f.txt"}), Error);
}

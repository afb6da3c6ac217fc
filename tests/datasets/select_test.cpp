#include "datasets/select.hpp"

#include <set>

#include <fmt/core.h>

#include "tests/datasets/small_sets.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::datasets;
using namespace mbench::testing;

namespace {

Dataset six() {
  Dataset dataset{.id = "six"};
  const auto add = [&](std::string id, std::string type, std::string category) {
    dataset.samples.push_back(
        {.id = id, .image = id + ".png", .tags = {{"type", type}, {"category", category}}});
  };
  add("a", "SO", "animal");
  add("b", "NS", "plant");
  add("c", "SO", "portrait");
  add("d", "STM", "transparent");
  add("e", "SO", "animal");
  add("f", "NS", "plant");
  return dataset;
}

std::vector<std::string> selected(const Selection& selection) {
  return ids(select(six(), selection));
}

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("filters for one tag add up, those for different tags must all hold",
          "[datasets][select]") {
  CHECK(selected({.filters = {parse_tag_filter("type=SO")}}) == Ids{"a", "c", "e"});
  CHECK(selected({.filters = {parse_tag_filter("type=SO,STM")}}) == Ids{"a", "c", "d", "e"});
  CHECK(selected({.filters = {parse_tag_filter("type=SO"), parse_tag_filter("type=STM")}}) ==
        Ids{"a", "c", "d", "e"});
  CHECK(selected({.filters = {parse_tag_filter("type=SO"), parse_tag_filter("category=animal")}}) ==
        Ids{"a", "e"});
}

TEST_CASE("a filter that no sample meets is refused with what there is", "[datasets][select]") {
  const auto refusal = [](std::vector<std::string> filters) {
    Selection selection;
    for (const std::string& text : filters) selection.filters.push_back(parse_tag_filter(text));
    const Error error = error_of([&] { (void)selected(selection); });
    CHECK(error.kind() == ErrorKind::usage);
    return error.parts();
  };
  const ErrorParts tag_error = refusal({"tipe=SO"});
  CHECK(tag_error.what == "no sample has a tag 'tipe'");
  CHECK(tag_error.expected == "one of: category, type");
  CHECK(tag_error.fix == "did you mean 'type'?");
  const ErrorParts value_error = refusal({"category=plants"});
  CHECK(value_error.what == "no sample has category=plants");
  CHECK(value_error.expected == "one of: animal, plant, portrait, transparent");
  CHECK(value_error.fix == "did you mean 'plant'?");
  CHECK(refusal({"type=SO", "category=plant"}).what ==
        "no sample of 'six' passes all filters together");
}

TEST_CASE("the list of values in a message ends after twenty", "[datasets][select]") {
  Dataset dataset;
  for (int i = 100; i < 130; ++i) {
    dataset.samples.push_back({.id = std::to_string(i), .tags = {{"image", std::to_string(i)}}});
  }
  const Error error =
      error_of([&] { (void)select(dataset, {.filters = {parse_tag_filter("image=x")}}); });
  CHECK(error.parts().expected.ends_with("118, 119, ... (30 values)"));
}

TEST_CASE("a limit takes the first samples that pass", "[datasets][select]") {
  CHECK(selected({.limit = 2}) == Ids{"a", "b"});
  CHECK(selected({.filters = {parse_tag_filter("type=SO")}, .limit = 2}) == Ids{"a", "c"});
  CHECK(selected({.limit = 100}).size() == 6);
  CHECK(error_of([] { (void)selected({.limit = 0}); }).kind() == ErrorKind::usage);
}

TEST_CASE("shards deal the samples by index: together they are the data set, once",
          "[datasets][select]") {
  CHECK(selected({.shard = {1, 4}}) == Ids{"a", "e"});
  CHECK(selected({.shard = {2, 4}}) == Ids{"b", "f"});
  CHECK(selected({.limit = 3, .shard = {2, 2}}) == Ids{"b"});
  for (int count = 1; count <= 8; ++count) {
    std::multiset<std::string> together;
    for (int index = 1; index <= count; ++index) {
      for (const std::string& id : selected({.shard = {index, count}})) together.insert(id);
    }
    CHECK(together == std::multiset<std::string>{"a", "b", "c", "d", "e", "f"});
  }
}

TEST_CASE("filters and shards are read as they are written on the command line",
          "[datasets][select]") {
  CHECK(parse_tag_filter("type=SO").values == Ids{"SO"});
  CHECK(parse_tag_filter("image=a=b").values == Ids{"a=b"});
  for (const char* bad : {"", "type", "=SO", "type=", "type=SO,", "type=,SO"}) {
    CAPTURE(bad);
    CHECK(error_of([&] { (void)parse_tag_filter(bad); }).kind() == ErrorKind::usage);
  }
  CHECK(parse_shard("2/4").index == 2);
  CHECK(parse_shard("2/4").count == 4);
  for (const char* bad : {"", "2", "0/4", "5/4", "1/0", "-1/4", "1/4x", "a/b", "1/2/3"}) {
    CAPTURE(bad);
    CHECK(error_of([&] { (void)parse_shard(bad); }).parts().found == fmt::format("'{}'", bad));
  }
}

TEST_CASE("problems of samples that are left out go with them", "[datasets][select]") {
  Dataset dataset = six();
  dataset.problems = {{.code = "missing", .sample = "a", .file = "truth/a.png"},
                      {.code = "missing", .sample = "b", .file = "truth/b.png"},
                      {.code = "duplicate", .file = "c.png"},
                      {.code = "unpaired", .file = "truth/z.png"},
                      {.code = "tags"}};
  const Dataset kept = select(dataset, {.limit = 1});
  CHECK(lines(kept.problems, "") ==
        Ids{"error missing a: truth/a.png", "error unpaired -: truth/z.png", "error tags -: -"});
}

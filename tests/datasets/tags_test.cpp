#include "datasets/tags.hpp"

#include "tests/datasets/small_sets.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"

using namespace mbench;
using namespace mbench::datasets;
using namespace mbench::testing;

namespace {

Error refusal(const std::string& name, std::string_view text) {
  const TemporaryFolder folder;
  write_text(folder / name, text);
  const Error error = error_of([&] { (void)read_tags(folder / name); });
  CHECK(error.kind() == ErrorKind::bad_input);
  CHECK(error.parts().where.starts_with((folder / name).string()));
  return error;
}

}  // namespace

TEST_CASE("tags are read from JSON as AIM-500 has it, and from CSV", "[datasets][tags]") {
  const TemporaryFolder folder;
  write_text(folder / "a.json", R"({"o_1": {"type": "SO", "category": "animal"},
                                    "o_2": {"type": "NS", "hard": true, "year": 2021}})");
  write_text(folder / "a.csv", "id,type,category\r\no_1,SO,animal\r\n\"o,2\",NS,\"a, b\"");
  const TagsByStem json = read_tags(folder / "a.json");
  CHECK(json.at("o_1") == Tags{{"type", "SO"}, {"category", "animal"}});
  CHECK(json.at("o_2") == Tags{{"type", "NS"}, {"hard", "true"}, {"year", "2021"}});
  const TagsByStem csv = read_tags(folder / "a.csv");
  CHECK(csv.at("o_1") == Tags{{"type", "SO"}, {"category", "animal"}});
  CHECK(csv.at("o,2") == Tags{{"type", "NS"}, {"category", "a, b"}});
}

TEST_CASE("a tags file that cannot be trusted is refused by name", "[datasets][tags]") {
  CHECK(refusal("a.json", R"({"a": {"type": "SO"}, "a": {"type": "NS"}})").parts().found ==
        "key 'a' twice in one object");
  CHECK(refusal("a.json", R"({"a": {"type": "SO", "type": "NS"}})").parts().found ==
        "key 'type' twice in one object");
  CHECK(refusal("a.json", R"({"a": {"type": ["SO"]}})").parts().found == "array as 'type' of 'a'");
  CHECK(refusal("a.json", R"(["a"])").parts().found == "array");
  CHECK(refusal("a.json", R"({"a": "SO"})").parts().found == "string for 'a'");
  CHECK(refusal("a.json", R"({"a": )").parts().what == "file is not valid JSON");
  CHECK(refusal("a.json", R"({"a": {"trimap": "x"}})").parts().found == "'trimap' of 'a'");
  CHECK(refusal("a.csv", "name,type\na,SO\n").parts().found == "name,type");
  CHECK(refusal("a.csv", "id,type\na,SO\na,NS\n").parts().what == "an image is named twice");
  CHECK(refusal("a.csv", "id,type\na\n").parts().found == "1 in row 2: a");
  CHECK(refusal("a.txt", "").parts().found == ".txt");
}

TEST_CASE("an image without tags and tags without image are both reported", "[datasets][tags]") {
  Dataset dataset;
  dataset.samples = {{.id = "a/small", .image = "a.png", .tags = {{"image", "a"}}},
                     {.id = "a/large", .image = "a.png", .tags = {{"image", "a"}}},
                     {.id = "b", .image = "b.png"}};
  apply_tags({{"b", {{"type", "SO"}}}, {"c", {{"type", "NS"}}}}, "tags.json", dataset);
  CHECK(tag(dataset.samples[2], "type") == "SO");
  CHECK(lines(dataset.problems, "") ==
        std::vector<std::string>{"error tags a/small: a.png", "warning tags -: -"});
  CHECK(dataset.problems[1].parts.found == "c");
}

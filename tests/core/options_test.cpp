#include "core/options.hpp"

#include <array>

#include "core/error.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;

namespace {

constexpr std::array kSpecs{
    OptionSpec{
        .name = "lambda", .help = "weight", .type = OptionType::number, .min = 0, .max = 1e6},
    OptionSpec{.name = "radius",
               .help = "pixels",
               .type = OptionType::integer,
               .default_value = "1",
               .min = 1,
               .max = 5},
    OptionSpec{.name = "solver",
               .help = "how",
               .type = OptionType::choice,
               .default_value = "cg",
               .choices = "direct|cg"},
    OptionSpec{.name = "dir", .help = "folder"}};

Options parse(std::string_view text) {
  const NameWithOptions parsed = parse_name_with_options(text);
  return Options{kSpecs, parsed.values, "method 'm'"};
}

}  // namespace

TEST_CASE("options are read from id:key=value:key=value", "[core][options]") {
  const Options options = parse("m:lambda=1e2:solver=direct");
  CHECK(options.number("lambda") == 100.0);
  CHECK(options.integer("radius") == 1);
  CHECK(options.text("solver") == "direct");
  CHECK_FALSE(options.has("dir"));
}

TEST_CASE("a colon inside a value does not end it", "[core][options]") {
  CHECK(parse("m:dir=C:/mattes:v2:radius=3").text("dir") == "C:/mattes:v2");
  CHECK(parse("m:dir=C:/mattes:v2:radius=3").integer("radius") == 3);
}

TEST_CASE("two spellings of one number are one identity", "[core][options]") {
  CHECK(parse("m:lambda=100").values() == parse("m:lambda=1e2").values());
  CHECK(parse("m:radius=1").changed().empty());
  CHECK(parse("m:radius=2").changed().size() == 1);
}

TEST_CASE("wrong options are refused with the valid ones", "[core][options]") {
  CHECK_THROWS_WITH(parse("m:lamda=1"), Catch::Contains("did you mean 'lambda'?"));
  CHECK_THROWS_WITH(parse("m:radius=9"), Catch::Contains("an integer from 1 to 5"));
  CHECK_THROWS_WITH(parse("m:radius=1.5"), Catch::Contains("found:    '1.5'"));
  CHECK_THROWS_WITH(parse("m:solver=lu"), Catch::Contains("one of: direct, cg"));
  CHECK_THROWS_WITH(parse("m:lambda=1:lambda=2"), Catch::Contains("given twice"));
  CHECK_THROWS_WITH(parse("m:direct"), Catch::Contains("key=value"));
  CHECK_THROWS_WITH(parse(""), Catch::Contains("empty name"));
}

TEST_CASE("quotes keep colons and commas in a value", "[core][options]") {
  CHECK(parse("m:dir='a:radius=2,b':radius=3").text("dir") == "'a:radius=2,b'");
  CHECK(parse("m:dir='a:radius=2,b':radius=3").integer("radius") == 3);
  CHECK(parse("m:dir=x \"a:radius=2\" y").text("dir") == "x \"a:radius=2\" y");
}

TEST_CASE("an apostrophe is no quote", "[core][options]") {
  CHECK(parse("m:dir=/o'neil/it's:radius=3").integer("radius") == 3);
  CHECK(parse("m:dir='tis:radius=3").integer("radius") == 3);
}

TEST_CASE("a backslash makes a colon or comma plain and goes", "[core][options]") {
  CHECK(parse("m:dir=a\\:radius=2").text("dir") == "a:radius=2");
  CHECK(parse("m:dir=a\\,b\\c").text("dir") == "a,b\\c");
  CHECK(parse("m:dir='a\\,b'").text("dir") == "'a\\,b'");
}

TEST_CASE("names are split at commas outside quotes", "[core][options]") {
  using Names = std::vector<std::string>;
  CHECK(split_names({"a,b", "c"}) == Names{"a", "b", "c"});
  CHECK(split_names({"a,m:run='x,y' z,b"}) == Names{"a", "m:run='x,y' z", "b"});
  CHECK(split_names({"m:dir=a\\,b,c"}) == Names{"m:dir=a\\,b", "c"});
  CHECK(split_names({"a,,b"}) == Names{"a", "", "b"});
}

#include "baselines/command/command_line.hpp"

#include <array>

#include "core/error.hpp"
#include "tests/support/catch.hpp"

using namespace mbench::baselines;
using Catch::Contains;
using Words = std::vector<std::string>;

namespace {

constexpr std::array<std::string_view, 3> kKnown{"image", "out", "list"};

}  // namespace

TEST_CASE("a command is split at blanks outside quotes", "[baselines][command]") {
  CHECK(split_command("python infer.py  --image\t{image}\n--out {out} ") ==
        Words{"python", "infer.py", "--image", "{image}", "--out", "{out}"});
  CHECK(split_command(R"("/my dir/prog" 'a b' c\ d)") == Words{"/my dir/prog", "a b", "c d"});
  CHECK(split_command(R"(p --name="a b"'c d')") == Words{"p", "--name=a bc d"});
  CHECK(split_command("p '' \"\"") == Words{"p", "", ""});
}

TEST_CASE("backslashes keep their meaning apart in both kinds of quotes", "[baselines][command]") {
  CHECK(split_command(R"(p "a \"b\" \\ \n" 'c\d' \'e)") ==
        Words{"p", R"(a "b" \ \n)", R"(c\d)", "'e"});
}

TEST_CASE("what a shell would act on is plain text", "[baselines][command]") {
  CHECK(split_command("p $HOME *.png | tee > x; y && `z`") ==
        Words{"p", "$HOME", "*.png", "|", "tee", ">", "x;", "y", "&&", "`z`"});
}

TEST_CASE("open quotes and empty commands are refused", "[baselines][command]") {
  CHECK_THROWS_WITH(split_command("p 'a b"),
                    Contains("quotes that are not closed") && Contains("opened at character 3"));
  CHECK_THROWS_WITH(split_command(" \t"), Contains("names no program"));
  CHECK_THROWS_WITH(split_command("''"), Contains("names no program"));
}

TEST_CASE("placeholders are filled in wherever they stand in a word", "[baselines][command]") {
  const std::array values{std::pair<std::string_view, std::string>{"image", "/a b/x'\"\n.png"},
                          std::pair<std::string_view, std::string>{"out", "{image}"}};
  CHECK(fill_in("{image}", values) == "/a b/x'\"\n.png");
  CHECK(fill_in("--image={image}:{out}", values) == "--image=/a b/x'\"\n.png:{image}");
  CHECK(fill_in("{{image}} {1: 2} {", values) == "{image} {1: 2} {");
  CHECK(placeholders("--image={image}:{out}", kKnown) == Words{"image", "out"});
  CHECK(placeholders("{{image}} {} {a b}", kKnown).empty());
}

TEST_CASE("an unknown placeholder is refused with the nearest one", "[baselines][command]") {
  CHECK_THROWS_WITH(placeholders("{imge}", kKnown), Contains("unknown placeholder '{imge}'") &&
                                                        Contains("did you mean '{image}'?"));
  CHECK_THROWS_WITH(placeholders("{print}", kKnown), Contains("{{print}}"));
}

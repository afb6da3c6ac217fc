#include "core/rule.hpp"

#include <array>

#include "core/error.hpp"
#include "tests/support/catch.hpp"

namespace mbench {
namespace {

using Catch::Matchers::Contains;

constexpr std::array kSizes{OptionSpec{.name = "fg",
                                       .help = "",
                                       .type = OptionType::integer,
                                       .default_value = "15",
                                       .min = 1,
                                       .max = 99},
                            OptionSpec{.name = "bg",
                                       .help = "",
                                       .type = OptionType::integer,
                                       .default_value = "15",
                                       .min = 1,
                                       .max = 99}};
constexpr RuleFacts kRule{.id = "gca", .title = "", .summary = "", .source = "", .options = kSizes};

RuleOptions parse(std::string_view text) { return parse_rule_options(text, kRule, "trimap rule"); }

}  // namespace

TEST_CASE("options of a rule are read by name or in their order", "[core][rule]") {
  CHECK(rule_id("gca:15,3") == "gca");
  CHECK(parse("gca").spelling == "gca:fg=15:bg=15");
  CHECK(parse("gca:7").spelling == "gca:fg=7:bg=15");
  CHECK(parse("gca:7,9").spelling == "gca:fg=7:bg=9");
  CHECK(parse("gca:bg=3").options.integer("bg") == 3);
  CHECK(parse("gca:7:bg=3").spelling == "gca:fg=7:bg=3");
}

TEST_CASE("a rule refuses what it has no option for", "[core][rule]") {
  CHECK_THROWS_WITH(parse("gca:1,2,3"),
                    Contains("trimap rule 'gca'") && Contains("at most 2") && Contains("3 in"));
  CHECK_THROWS_WITH(parse("gca:0"), Contains("option 'fg' of trimap rule 'gca'"));
  CHECK_THROWS_WITH(parse("gca:7:fg=8"), Contains("given twice"));
  CHECK_THROWS_WITH(parse("gca:"), Contains("option 'fg'"));
  CHECK_THROWS_WITH(parse("gca:size=8"), Contains("'size'"));
}

}  // namespace mbench

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

TEST_CASE("plain values of a rule with colons between them are told how to be written",
          "[core][rule]") {
  CHECK_THROWS_WITH(parse("gca:15:3"),
                    Contains("cannot read 'gca:15:3'") && Contains("gca:15,3 or gca:fg=15:bg=3"));
  CHECK_THROWS_WITH(parse("gca:15:3:bg=4"), Contains("'gca:15:3:bg=4'"));
  CHECK_THROWS_WITH(parse("gca:15:3:4"),
                    Contains("`mbench explain gca`") && !Contains("gca:15,3,4"));
}

TEST_CASE("an unknown rule is named by its kind, and the list of all rules", "[core][rule]") {
  struct Entry {
    RuleFacts facts;
  };
  static constexpr Entry kEntry{kRule};
  constexpr std::array kCatalog{&kEntry};
  CHECK(find_rule_by_id(kCatalog, "gca", "trimap rule").facts.id == "gca");
  CHECK_THROWS_WITH(find_rule_by_id(kCatalog, "gcb", "trimap rule"),
                    Contains("unknown trimap rule 'gcb'") && Contains("did you mean 'gca'?") &&
                        Contains("`mbench list rules`"));
}

TEST_CASE("the kind of a rule may stand before it", "[core][rule]") {
  CHECK(without_kind("trimap:gca:15", "trimap") == "gca:15");
  CHECK(without_kind("gca:15", "trimap") == "gca:15");
  CHECK(without_kind("trimap", "trimap") == "trimap");
}

}  // namespace mbench

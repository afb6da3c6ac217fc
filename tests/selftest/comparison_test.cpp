#include "selftest/comparison.hpp"

#include <limits>

#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::selftest;

namespace {

Comparison make_comparison() {
  return {"aim", "sad", Reference::exact, {.relative = 1e-3, .absolute = 1e-6}};
}

ReferenceValue number(double value) { return {.number = value}; }

}  // namespace

TEST_CASE("a deviation within the relative or the absolute bound passes", "[selftest]") {
  Comparison comparison = make_comparison();
  comparison.add("relative", number(2.0), Score::of(2.0 + 1e-3));
  comparison.add("absolute", number(1e-9), Score::of(9e-7));
  const Row row = comparison.row();
  CHECK(row.verdict == Verdict::pass);
  CHECK(row.compared == 2);
  CHECK(row.absolute == Approx(1e-3));
}

TEST_CASE("a broken bound names the case that breaks it most", "[selftest]") {
  Comparison comparison = make_comparison();
  comparison.add("good", number(2.0), Score::of(2.0));
  comparison.add("bad", number(2.0), Score::of(2.1));
  comparison.add("worse", number(2.0), Score::of(3.0));
  const Row row = comparison.row();
  CHECK(row.verdict == Verdict::fail);
  CHECK(row.broken == 2);
  CHECK(row.worst_case == "worse");
  CHECK(row.relative == Approx(0.5));
  CHECK(row.note == "2 of 3 beyond the bound; worse: found 3, expected 2");
}

TEST_CASE("an undefined score is right where the reference has no number, and only there",
          "[selftest]") {
  Comparison right = make_comparison();
  right.add("empty", {.reason = "0/0"}, Score::undefined("no unknown pixels"));
  CHECK(right.row().verdict == Verdict::pass);
  Comparison missing = make_comparison();
  missing.add("empty", number(1.0), Score::undefined("no unknown pixels"));
  CHECK(missing.row().note ==
        "1 of 1 beyond the bound; empty: found undefined (no unknown pixels), expected 1");
  Comparison extra = make_comparison();
  extra.add("empty", {.reason = "0/0"}, Score::of(1.0));
  CHECK(extra.row().verdict == Verdict::fail);
}

TEST_CASE("no score that is not a number passes", "[selftest]") {
  for (const double value :
       {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    Comparison comparison = make_comparison();
    comparison.add("case", number(1.0), Score::of(value));
    CHECK(comparison.row().verdict == Verdict::fail);
  }
}

TEST_CASE("with a bound of zero only equal numbers pass", "[selftest]") {
  Comparison comparison{"gfm:5", "bg", Reference::program, {}};
  comparison.add("equal", number(10.0), Score::of(10.0));
  CHECK(comparison.row().verdict == Verdict::pass);
  comparison.add("other", number(10.0), Score::of(11.0));
  CHECK(comparison.row().verdict == Verdict::fail);
  CHECK(comparison.row().worst_case == "other");
}

TEST_CASE("cases that are left out are counted and explained", "[selftest]") {
  Comparison comparison = make_comparison();
  comparison.leave_out("row", "no axis");
  comparison.leave_out("column", "no axis");
  CHECK(comparison.row().verdict == Verdict::excluded);
  CHECK(comparison.row().note == "excluded: row, column: no axis");
  comparison.add("good", number(2.0), Score::of(2.0));
  CHECK(comparison.row().verdict == Verdict::pass);
  CHECK(comparison.row().left_out == 2);
}

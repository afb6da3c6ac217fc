#include "core/error.hpp"

#include "tests/support/catch.hpp"

using namespace mbench;

TEST_CASE("a message says what, where, expected, found and fix, one line each", "[core][error]") {
  const Error error{ErrorKind::bad_input,
                    {.what = "sizes differ",
                     .where = "GT01.png",
                     .expected = "800x563",
                     .found = "800x560",
                     .fix = "write predictions at the size of the ground truth"}};
  CHECK(std::string{error.what()} ==
        "sizes differ\n"
        "  where:    GT01.png\n"
        "  expected: 800x563\n"
        "  found:    800x560\n"
        "  fix:      write predictions at the size of the ground truth");
}

TEST_CASE("parts that are empty are not shown", "[core][error]") {
  CHECK(std::string{Error{ErrorKind::usage, {.what = "no method given"}}.what()} ==
        "no method given");
}

TEST_CASE("a place is put in front of the place that is known already", "[core][error]") {
  const Error inner{ErrorKind::bad_input, {.what = "cannot read", .where = "a.png"}};
  const Error outer = inner.at("sample GT01");
  CHECK(outer.parts().where == "sample GT01: a.png");
  CHECK(outer.kind() == ErrorKind::bad_input);
  CHECK(Error{ErrorKind::usage, {.what = "w"}}.at("here").parts().where == "here");
}

TEST_CASE("further lines of one part stand under its first", "[core][error]") {
  CHECK(format_error({.what = "two files", .found = "a.png\nb.png"}) ==
        "two files\n  found:    a.png\n            b.png");
}

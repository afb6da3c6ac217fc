#include "runners/scoring.hpp"

#include <new>
#include <stdexcept>

#include "core/error.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::runners;

TEST_CASE("a failure keeps its parts, and running out of memory has a name", "[runners]") {
  const Error error{ErrorKind::bad_input, {.what = "sizes differ", .where = "a.png"}};
  CHECK(describe_failure(error).kind == "bad_input");
  CHECK(describe_failure(error).parts.where == "a.png");
  CHECK(describe_failure(std::bad_alloc{}).kind == "out_of_memory");
  CHECK(describe_failure(std::runtime_error{"odd"}).parts.what == "odd");
}

TEST_CASE("a protocol named twice is scored once", "[runners]") {
  CHECK(find_protocols({"aim", "dim-matlab", "aim"}).size() == 2);
  CHECK_THROWS_WITH(find_protocols({"dim-matlap"}), Catch::Contains("did you mean 'dim-matlab'?"));
}

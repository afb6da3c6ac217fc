#include "core/registry.hpp"

#include <array>

#include "core/error.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;

namespace {

struct Entry {
  std::string_view id;
};
constexpr Entry kSad{"sad"}, kMse{"mse"}, kGradient{"gradient"};
constexpr std::array<const Entry*, 3> kCatalog{&kSad, &kMse, &kGradient};

}  // namespace

TEST_CASE("an entry is found by its id", "[core][registry]") {
  CHECK(&find_by_id(kCatalog, "mse", "metric") == &kMse);
}

TEST_CASE("an unknown id is answered with all ids and the nearest", "[core][registry]") {
  try {
    (void)find_by_id(kCatalog, "sat", "metric");
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::usage);
    CHECK(error.parts().what == "unknown metric 'sat'");
    CHECK(error.parts().expected == "one of: sad, mse, gradient");
    CHECK(error.parts().fix == "did you mean 'sad'? `mbench list metrics` describes them all");
  }
}

TEST_CASE("nothing is suggested where nothing is near", "[core][registry]") {
  CHECK(nearest_name("xyzzy", {"sad", "mse"}).empty());
  CHECK(nearest_name("gradeint", {"sad", "gradient"}) == "gradient");
}

#include "datasets/demo_set.hpp"

#include <catch2/catch.hpp>

#include "tests/datasets/small_sets.hpp"
#include "tests/support/files.hpp"

using namespace mbench;
using namespace mbench::datasets;
using namespace mbench::testing;

TEST_CASE("the cache of the demo set follows the usual variables", "[datasets][demo]") {
  const ScopedVariable own{"MBENCH_CACHE", "/c"};
  const ScopedVariable xdg{"XDG_CACHE_HOME", "/x"};
  const ScopedVariable home{"HOME", "/h"};
  CHECK(demo_cache_folder(7, 40, 640) == "/c/demo/recipe1-seed7-count40-side640");
  const ScopedVariable no_own{"MBENCH_CACHE", std::nullopt};
  CHECK(demo_cache_folder(8, 40, 640) == "/x/mbench/demo/recipe1-seed8-count40-side640");
  const ScopedVariable no_xdg{"XDG_CACHE_HOME", std::nullopt};
  CHECK(demo_cache_folder(7, 4, 64) == "/h/.cache/mbench/demo/recipe1-seed7-count4-side64");
  const ScopedVariable no_home{"HOME", std::nullopt};
  CHECK(error_of([] { (void)demo_cache_folder(7, 4, 64); }).kind() == ErrorKind::usage);
}

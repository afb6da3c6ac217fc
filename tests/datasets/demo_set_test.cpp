#include "datasets/demo_set.hpp"

#include "datasets/check.hpp"
#include "tests/datasets/small_sets.hpp"
#include "tests/support/catch.hpp"
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

TEST_CASE("the built-in demo set is rendered once, and is sound", "[datasets][demo]") {
  const TemporaryFolder folder;
  const ScopedVariable config{"MBENCH_CONFIG_HOME", (folder / "config").string()};
  const ScopedVariable cache{"MBENCH_CACHE", (folder / "cache").string()};
  const Dataset first = open_dataset("demo:count=3:long_side=96");
  CHECK(first.id == "demo");
  CHECK(first.adapter == "demo");
  CHECK(first.root == demo_cache_folder(7, 3, 96));
  CHECK(first.default_protocols == std::vector<std::string>{"aim"});
  CHECK(first.samples.size() == 3);
  CHECK_FALSE(tag(first.samples[0], "category").empty());
  for (const Problem& problem : check_dataset(first, 1)) {
    CHECK(problem.severity != Severity::error);
  }
  const auto written = std::filesystem::last_write_time(first.samples[0].image);
  const Dataset again = open_dataset("demo:count=3:long_side=96");
  CHECK(ids(again) == ids(first));
  CHECK(std::filesystem::last_write_time(again.samples[0].image) == written);
}

TEST_CASE("the built-in demo set can be stretched to any size", "[datasets][demo]") {
  const TemporaryFolder folder;
  const ScopedVariable config{"MBENCH_CONFIG_HOME", (folder / "config").string()};
  const ScopedVariable cache{"MBENCH_CACHE", (folder / "cache").string()};
  const Dataset dataset = open_dataset("demo:count=2:size=50x70");
  CHECK(dataset.root == folder / "cache/demo/recipe1-seed7-count2-side70-size50x70");
  for (const SampleFiles& files : dataset.samples) {
    const Sample sample = load_sample(dataset, files);
    CHECK(sample.image.size() == Size{50, 70});
    CHECK(sample.truth->size() == Size{50, 70});
    CHECK(sample.trimap->size() == Size{50, 70});
  }
  for (const Problem& problem : check_dataset(dataset, 1)) {
    CHECK(problem.severity != Severity::error);
  }
  for (const char* size : {"50", "50x", "x70", "50x0", "50x70x2", "50x99999"}) {
    CHECK(error_of([&] { (void)open_dataset(std::string{"demo:size="} + size); }).kind() ==
          ErrorKind::usage);
  }
}

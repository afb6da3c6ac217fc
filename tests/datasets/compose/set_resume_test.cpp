#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <csignal>

#include "datasets/compose/set.hpp"
#include "datasets/dataset.hpp"
#include "imaging/io.hpp"
#include "tests/datasets/compose/set_sources.hpp"
#include "tests/datasets/small_sets.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/dead_process.hpp"
#include "tests/support/files.hpp"
#include "tests/support/images.hpp"

using namespace mbench;
using namespace mbench::testing;
using namespace mbench::datasets::compose;
using Catch::Contains;

namespace fs = std::filesystem;

TEST_CASE("an unfinished set opens with a warning", "[datasets][compose][set]") {
  const SetSources sources;
  std::atomic<bool> interrupted{false};
  SetSettings settings = sources.settings("out");
  settings.interrupted = &interrupted;
  (void)compose_set(settings, plan_of(settings), 1,
                    [&](const SetProgress& progress) { interrupted = progress.done == 4; });
  const datasets::Dataset part = datasets::open_dataset((sources / "out").string());
  REQUIRE(!part.problems.empty());
  CHECK(part.problems[0].code == "unfinished");
  CHECK(part.problems[0].severity == datasets::Severity::warning);
  CHECK(part.problems[0].parts.found == "4 of 9 planned composites");
  CHECK(compose(sources.settings("out")).is_complete());
  const datasets::Dataset whole = datasets::open_dataset((sources / "out").string());
  CHECK(std::ranges::none_of(whole.problems, [](const datasets::Problem& problem) {
    return problem.code == "unfinished";
  }));
}

TEST_CASE("a stopped set goes on where it was, and ends as if it had never stopped",
          "[datasets][compose][set]") {
  const SetSources sources;
  (void)compose(sources.settings("whole"));
  std::atomic<bool> interrupted{false};
  SetSettings settings = sources.settings("parts");
  settings.interrupted = &interrupted;
  const auto stop_after = [&](std::size_t count) {
    interrupted = false;
    return compose_set(settings, plan_of(settings), 1, [&](const SetProgress& progress) {
      if (progress.done == count) interrupted = true;
    });
  };
  const SetOutcome first = stop_after(4);
  CHECK(first.interrupted);
  CHECK(first.made == 4);
  CHECK(!has_receipt(sources / "parts"));
  // A killed process leaves half a line and a temporary file.
  const fs::path rows = sources / "parts" / kRowsName;
  write_text(rows, read_text(rows) + "{\"index\":4,");
  const fs::path left =
      sources / ("parts/merged/.mbench-" + std::to_string(kDeadProcess) + "-2.tmp");
  write_text(left, "half");
  const SetOutcome second = stop_after(7);
  CHECK(second.resumed == 4);
  CHECK(second.made == 3);
  CHECK(!fs::exists(left));
  const SetOutcome last = stop_after(99);
  CHECK(last.resumed == 7);
  CHECK(last.is_complete());
  CHECK(contents_of(sources / "parts") == contents_of(sources / "whole"));
  CHECK(stop_after(99).resumed == 9);
}

TEST_CASE("only what no longer fits the files is made again", "[datasets][compose][set]") {
  const SetSources sources;
  (void)compose(sources.settings("out"));
  fs::remove(sources / "out/merged/f00_1.png");
  imaging::write_image(sources / "bg/b008.png", noise_image({9, 9}, 77));
  const SetOutcome outcome = compose(sources.settings("out"));
  CHECK(outcome.resumed == 7);
  CHECK(outcome.made == 2);
  (void)compose(sources.settings("anew"));
  CHECK(contents_of(sources / "out") == contents_of(sources / "anew"));
}

TEST_CASE("files of a set that were swapped, cut or overwritten are made again",
          "[datasets][compose][set]") {
  const SetSources sources;
  (void)compose(sources.settings("out"));
  (void)compose(sources.settings("whole"));
  fs::copy_file(sources / "out/merged/f00_0.png", sources / "out/merged/f00_1.png",
                fs::copy_options::overwrite_existing);
  imaging::write_matte(sources / "out/alpha/f01.png", noise_matte({15, 13}, 9), Depth::u8);
  const std::string png = read_text(sources / "out/merged/f02_2.png");
  write_text(sources / "out/merged/f02_2.png", png.substr(0, png.size() - 40));
  const SetOutcome outcome = compose(sources.settings("out"));
  CHECK(outcome.made == 5);  // all three copies of f01 share its matte
  CHECK(contents_of(sources / "out") == contents_of(sources / "whole"));
}

TEST_CASE("an interruption while a set is looked through leaves it as it is",
          "[datasets][compose][set]") {
  const SetSources sources;
  SetSettings settings = sources.settings("out");
  (void)compose(settings);
  const auto before = contents_of(sources / "out");
  const std::atomic<bool> interrupted{true};
  settings.interrupted = &interrupted;
  fs::remove(sources / "out/merged/f00_0.png");
  CHECK(compose(settings).interrupted);
  CHECK(has_receipt(sources / "out"));
  CHECK(contents_of(sources / "out").size() == before.size() - 1);
}

TEST_CASE("the first composites of a set become the whole set without being made again",
          "[datasets][compose][set]") {
  const SetSources sources;
  CHECK(compose(sources.settings("out"), 4).made == 4);
  CHECK(read_receipt(sources / "out").rows.size() == 4);
  const SetOutcome rest = compose(sources.settings("out"));
  CHECK(rest.resumed == 4);
  CHECK(rest.made == 5);
  CHECK(compose(sources.settings("out"), 4).made == 0);
  CHECK(read_receipt(sources / "out").rows.size() == 9);
}

TEST_CASE("a damaged input costs its own composites, and the receipt",
          "[datasets][compose][set][error]") {
  const SetSources sources;
  const SetSettings settings = sources.settings("out");
  const std::string whole = read_text(sources / "bg/b004.png");
  write_text(sources / "bg/b004.png", whole.substr(0, whole.size() / 2));
  const SetOutcome outcome = compose(settings);
  CHECK(outcome.made == 8);
  REQUIRE(outcome.problems.size() == 1);
  CHECK_THAT(outcome.problems[0].parts.where, Contains("b004.png"));
  CHECK_FALSE(outcome.is_complete());
  CHECK_FALSE(outcome.interrupted);
  CHECK(!has_receipt(sources / "out"));
  write_text(sources / "bg/b004.png", whole);
  CHECK(compose(settings).made == 1);
  CHECK(has_receipt(sources / "out"));
}

TEST_CASE("a disk that fills up ends the set with the system's reason and no half-written file",
          "[datasets][compose][set][error]") {
  const SetSources sources;
  SetSettings settings = sources.settings("out");
  std::atomic<bool> interrupted{false};
  settings.interrupted = &interrupted;
  (void)compose_set(settings, plan_of(settings), 1,
                    [&](const SetProgress& progress) { interrupted = progress.done == 3; });
  interrupted = false;
  const auto rows = fs::file_size(sources / "out" / kRowsName);

  rlimit limit{};
  REQUIRE(::getrlimit(RLIMIT_FSIZE, &limit) == 0);
  rlimit small = limit;
  small.rlim_cur = rows + 20;  // a row does not fit
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &small) == 0);
  const Error error = error_of([&] { (void)compose_set(settings, plan_of(settings), 1); });
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &limit) == 0);
  std::signal(SIGXFSZ, handler);

  CHECK(error.kind() == ErrorKind::internal);
  CHECK(error.parts().found == "File too large");
  for (const auto& entry : fs::recursive_directory_iterator{sources / "out"}) {
    CHECK_THAT(entry.path().string(), !Contains(".tmp"));
    if (entry.path().extension() == ".png") CHECK_NOTHROW(imaging::read_image(entry.path()));
  }
  CHECK(compose(settings).is_complete());
  (void)compose(sources.settings("whole"));
  CHECK(contents_of(sources / "out") == contents_of(sources / "whole"));
}

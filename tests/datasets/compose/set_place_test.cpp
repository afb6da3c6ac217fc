#include "datasets/compose/set.hpp"
#include "tests/datasets/compose/set_sources.hpp"
#include "tests/datasets/small_sets.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/dead_process.hpp"
#include "tests/support/files.hpp"

using namespace mbench;
using namespace mbench::testing;
using namespace mbench::datasets::compose;
using Catch::Contains;

namespace fs = std::filesystem;

TEST_CASE("--fresh discards nothing if a file of somebody else is in the way",
          "[datasets][compose][set][error]") {
  const SetSources sources;
  SetSettings settings = sources.settings("out");
  (void)compose(settings);
  write_text(sources / "out/merged/mine.png", "mine");
  const auto before = contents_of(sources / "out");
  settings.fresh = true;
  settings.seed = 5;
  const Error error = error_of([&] { (void)compose(settings); });
  CHECK(error.kind() == ErrorKind::usage);
  CHECK_THAT(error.parts().where, Contains("merged/mine.png"));
  CHECK(contents_of(sources / "out") == before);
  CHECK(error_of([&] { check_place(settings); }).parts().where == error.parts().where);
}

TEST_CASE("a damaged receipt is refused with a way out", "[datasets][compose][set][error]") {
  const SetSources sources;
  SetSettings settings = sources.settings("out");
  (void)compose(settings);
  write_text(sources / "out" / kReceiptName, "{");
  settings.fresh = GENERATE(false, true);
  const Error error = error_of([&] { (void)compose(settings); });
  CHECK(error.kind() == ErrorKind::bad_input);
  CHECK_THAT(error.parts().fix, Contains("by hand"));
}

TEST_CASE("a set is not written into its sources or into another set",
          "[datasets][compose][set][error]") {
  const SetSources sources;
  (void)compose(sources.settings("out"));
  for (const char* out : {"fg", "bg/set", "out/merged", "out/alpha/set"}) {
    CAPTURE(out);
    const Error error = error_of([&] { (void)compose(sources.settings(out)); });
    CHECK(error.kind() == ErrorKind::usage);
    CHECK_THAT(error.parts().fix, Contains("--out"));
  }
  CHECK(!fs::exists(sources / "bg/set"));
  CHECK(compose(sources.settings("fgs")).made == 9);  // beside fg
}

TEST_CASE(
    "a folder with another set, or with other files, is refused; --fresh discards a set alone",
    "[datasets][compose][set][error]") {
  const SetSources sources;
  (void)compose(sources.settings("out"));
  write_text(sources / "out/mine.txt", "mine");
  SetSettings other = sources.settings("out");
  other.seed = 5;
  const Error error = error_of([&] { (void)compose(other); });
  CHECK(error.kind() == ErrorKind::usage);
  CHECK_THAT(error.parts().fix, Contains("--fresh"));
  other.fresh = true;
  CHECK(compose(other).made == 9);
  CHECK(read_text(sources / "out/mine.txt") == "mine");

  write_text(sources / "busy/merged/a.png", "x");
  const Error busy = error_of([&] { (void)compose(sources.settings("busy")); });
  CHECK(busy.kind() == ErrorKind::usage);
  CHECK_THAT(busy.parts().where, Contains("busy/merged"));
  const Error inputs = error_of([&] { (void)compose(sources.settings("")); });
  CHECK(inputs.kind() == ErrorKind::usage);
  CHECK_THAT(inputs.parts().what, Contains("made from"));
}

TEST_CASE("--fresh leaves no folder of which the new set has no part", "[datasets][compose][set]") {
  const SetSources sources;
  SetSettings settings = sources.settings("out");
  settings.save_foregrounds = true;
  (void)compose(settings);
  const std::string left = "out/fg/.mbench-" + std::to_string(kDeadProcess) + "-3.tmp";
  write_text(sources / left, "half");
  settings.save_foregrounds = false;
  (void)error_of([&] { (void)compose(settings); });
  CHECK(fs::exists(sources / left));  // a run that is refused touches nothing
  settings.fresh = true;
  CHECK(compose(settings).made == 9);
  CHECK_FALSE(fs::exists(sources / "out/fg"));
}

TEST_CASE("a set is not written over a file", "[datasets][compose][set][error]") {
  const SetSources sources;
  write_text(sources / "out", "mine");
  const SetSettings settings = sources.settings("out");
  const Error error = error_of([&] { (void)compose(settings); });
  CHECK(error.kind() == ErrorKind::usage);
  CHECK(error.parts().where == (sources / "out").string());
  CHECK(error_of([&] { check_place(settings); }).kind() == ErrorKind::usage);
  CHECK(read_text(sources / "out") == "mine");
}

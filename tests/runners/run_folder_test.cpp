#include "runners/run_folder.hpp"

#include "core/error.hpp"
#include "results/store.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"

using namespace mbench;
using namespace mbench::runners;

namespace {

const std::string kIdentity(64, 'a');
const std::string kOther(64, 'b');

}  // namespace

TEST_CASE("a new folder has nothing finished and takes rows", "[runners]") {
  const testing::TemporaryFolder folder;
  {
    RunFolder opened = open_run_folder(folder / "x/y", kIdentity, Existing::resume_unfinished);
    CHECK(opened.finished.empty());
    REQUIRE(opened.log);
    opened.log->append({.id = "a", .size = {2, 2}});
  }
  const RunFolder again = open_run_folder(folder / "x/y", kIdentity, Existing::resume_unfinished);
  CHECK(again.finished.contains("a"));
}

TEST_CASE("rows of another identity are refused, and kept", "[runners]") {
  const testing::TemporaryFolder folder;
  { (void)open_run_folder(folder / "r", kIdentity, Existing::resume_unfinished); }
  const std::string before = testing::read_text(folder / "r/samples.jsonl");
  const auto existing = GENERATE(Existing::resume_unfinished, Existing::resume);
  CHECK_THROWS_WITH(open_run_folder(folder / "r", kOther, existing),
                    Catch::Contains("another run") && Catch::Contains("--fresh"));
  CHECK(testing::read_text(folder / "r/samples.jsonl") == before);
  CHECK_NOTHROW(open_run_folder(folder / "r", kOther, Existing::fresh));
}

TEST_CASE("failed rows are tried again, finished ones are kept", "[runners]") {
  const testing::TemporaryFolder folder;
  {
    RunFolder opened = open_run_folder(folder / "r", kIdentity, Existing::resume_unfinished);
    opened.log->append({.id = "good", .size = {2, 2}});
    opened.log->append({.id = "bad",
                        .status = results::Status::failed,
                        .error = results::SampleError{.kind = "out_of_memory", .parts = {}}});
  }
  const RunFolder again = open_run_folder(folder / "r", kIdentity, Existing::resume_unfinished);
  CHECK(again.finished.size() == 1);
  CHECK(again.finished.contains("good"));
}

TEST_CASE("a record without rows belongs to an unknown run", "[runners]") {
  const testing::TemporaryFolder folder;
  testing::write_text(folder / "r/record.json", "{}");
  CHECK_THROWS_AS(open_run_folder(folder / "r", kIdentity, Existing::resume), Error);
  CHECK(testing::read_text(folder / "r/record.json") == "{}");
}

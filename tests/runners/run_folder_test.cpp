#include "runners/run_folder.hpp"

#include "core/error.hpp"
#include "core/sha256.hpp"
#include "results/store.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"

using namespace mbench;
using namespace mbench::runners;

namespace {

const std::string kIdentity(64, 'a');
const std::string kOther(64, 'b');
const SampleFiles kGood{.id = "good"}, kBad{.id = "bad"}, kThird{.id = "third"};
const std::vector<datasets::SampleGroup> kTwo{{&kGood}, {&kBad}};
const std::vector<datasets::SampleGroup> kThree{{&kGood}, {&kBad}, {&kThird}};

}  // namespace

TEST_CASE("a new folder has nothing finished and takes rows", "[runners]") {
  const testing::TemporaryFolder folder;
  {
    RunFolder opened =
        open_run_folder(folder / "x/y", kIdentity, kTwo, Existing::resume_unfinished);
    CHECK(opened.finished.empty());
    REQUIRE(opened.log);
    opened.log->append({.id = "a", .size = {2, 2}});
  }
  const RunFolder again =
      open_run_folder(folder / "x/y", kIdentity, kTwo, Existing::resume_unfinished);
  CHECK(again.finished.contains("a"));
}

TEST_CASE("rows of another identity are refused, and kept", "[runners]") {
  const testing::TemporaryFolder folder;
  { (void)open_run_folder(folder / "r", kIdentity, kTwo, Existing::resume_unfinished); }
  const std::string before = testing::read_text(folder / "r/samples.jsonl");
  const auto existing = GENERATE(Existing::resume_unfinished, Existing::resume);
  CHECK_THROWS_WITH(open_run_folder(folder / "r", kOther, kTwo, existing),
                    Catch::Contains("another run") && Catch::Contains("--fresh"));
  CHECK(testing::read_text(folder / "r/samples.jsonl") == before);
  CHECK_NOTHROW(open_run_folder(folder / "r", kOther, kTwo, Existing::fresh));
}

TEST_CASE("failed rows are tried again, finished ones are kept", "[runners]") {
  const testing::TemporaryFolder folder;
  {
    RunFolder opened = open_run_folder(folder / "r", kIdentity, kTwo, Existing::resume_unfinished);
    opened.log->append({.id = "good", .size = {2, 2}});
    opened.log->append({.id = "bad",
                        .status = results::Status::failed,
                        .error = results::SampleError{.kind = "out_of_memory", .parts = {}}});
  }
  const RunFolder again =
      open_run_folder(folder / "r", kIdentity, kTwo, Existing::resume_unfinished);
  CHECK(again.finished.size() == 1);
  CHECK(again.finished.contains("good"));
}

TEST_CASE("a finished run of which something must be run again loses its record first",
          "[runners]") {
  const testing::TemporaryFolder folder;
  {
    RunFolder opened = open_run_folder(folder / "r", kIdentity, kTwo, Existing::resume_unfinished);
    opened.log->append({.id = "good", .size = {2, 2}});
    opened.log->append({.id = "bad",
                        .status = results::Status::failed,
                        .error = results::SampleError{.kind = "out_of_memory", .parts = {}}});
  }
  testing::write_text(folder / "r/record.json", "{}");
  // Killed while the failed sample is tried again: what is left must not pass for finished.
  { (void)open_run_folder(folder / "r", kIdentity, kTwo, Existing::resume); }
  CHECK_FALSE(std::filesystem::exists(folder / "r/record.json"));
  const RunFolder again = open_run_folder(folder / "r", kIdentity, kTwo, Existing::resume);
  CHECK_FALSE(again.record);
  CHECK(again.finished.size() == 1);
}

TEST_CASE("a row whose matte is gone or changed is run again", "[runners]") {
  const testing::TemporaryFolder folder;
  const std::string digest = sha256_hex(std::string_view{"matte"});
  {
    RunFolder opened =
        open_run_folder(folder / "r", kIdentity, kThree, Existing::resume_unfinished);
    for (const char* id : {"kept", "changed", "gone"}) {
      opened.log->append({.id = id, .size = {2, 2}, .sha256 = {{"pred", digest}}});
    }
  }
  testing::write_text(folder / "r/mattes/kept.png", "matte");
  testing::write_text(folder / "r/mattes/changed.png", "other");
  const RunFolder again =
      open_run_folder(folder / "r", kIdentity, kThree, Existing::resume_unfinished);
  CHECK(again.finished.size() == 1);
  CHECK(again.finished.contains("kept"));
}

TEST_CASE("two runs cannot share a folder, not even with --fresh", "[runners]") {
  const testing::TemporaryFolder folder;
  const RunFolder first =
      open_run_folder(folder / "r", kIdentity, kTwo, Existing::resume_unfinished);
  const auto existing = GENERATE(Existing::resume_unfinished, Existing::fresh);
  CHECK_THROWS_WITH(open_run_folder(folder / "r", kIdentity, kTwo, existing),
                    Catch::Contains("another process"));
}

TEST_CASE("a record without rows belongs to an unknown run", "[runners]") {
  const testing::TemporaryFolder folder;
  testing::write_text(folder / "r/record.json", "{}");
  CHECK_THROWS_AS(open_run_folder(folder / "r", kIdentity, kTwo, Existing::resume), Error);
  CHECK(testing::read_text(folder / "r/record.json") == "{}");
}

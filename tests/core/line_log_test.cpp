#include "core/line_log.hpp"

#include <filesystem>
#include <optional>
#include <utility>

#include "core/error.hpp"
#include "core/folder_lock.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"

using namespace mbench;
using namespace mbench::testing;

TEST_CASE("a log grows by whole lines, after what is kept of an earlier one", "[core][line_log]") {
  const TemporaryFolder folder;
  const auto file = folder / "sub/rows.jsonl";
  {
    LineLog log{file};
    CHECK(log.bytes() == 0);
    log.append("one");
    log.append("");
    LineLog moved = std::move(log);
    moved.append("two");
  }
  CHECK(read_text(file) == "one\n\ntwo\n");
  write_text(file, "one\nhal");
  LineLog log{file};
  CHECK(log.bytes() == 7);
  log.cut_to(4);
  log.append("two");
  CHECK(read_text(file) == "one\ntwo\n");
  CHECK(log.bytes() == 8);
}

TEST_CASE("a log and a folder have one writer at a time", "[core][line_log][error]") {
  const TemporaryFolder folder;
  std::optional<LineLog> first{folder / "rows.jsonl"};
  CHECK_THROWS_AS(LineLog{folder / "rows.jsonl"}, Error);
  first.reset();
  CHECK_NOTHROW(LineLog{folder / "rows.jsonl"});
  std::optional<FolderLock> lock{folder / "new/run"};
  CHECK_THROWS_AS(FolderLock{folder / "new/run"}, Error);
  lock.reset();
  CHECK_NOTHROW(FolderLock{folder / "new/run"});
}

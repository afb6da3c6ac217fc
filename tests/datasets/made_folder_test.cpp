#include "datasets/made_folder.hpp"

#include <unistd.h>

#include "core/error.hpp"
#include "core/json_reader.hpp"
#include "core/path_kind.hpp"
#include "tests/datasets/small_sets.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/dead_process.hpp"
#include "tests/support/files.hpp"

using namespace mbench;
using namespace mbench::testing;
using namespace mbench::datasets;
using Catch::Contains;

namespace fs = std::filesystem;

namespace {

constexpr MadeFolderFiles kFiles{"made.json", "made.rows.jsonl", "made.rows/1"};

/// Reads what lies in the folder; a receipt is its own identity.
EarlierFiles look(const fs::path& folder, std::vector<int>& rows, bool fresh = false) {
  return read_earlier(
      folder, kFiles,
      {.identity = "mine",
       .fresh = fresh,
       .receipt = [](std::string_view text, std::string_view) { return std::string{text}; },
       .row = [&](const JsonNode& row) { rows.push_back(row.small_integer()); },
       .refuse =
           [](const std::string& found, const fs::path& file) {
             throw Error{ErrorKind::usage,
                         {.what = "other", .where = file.string(), .found = found}};
           }});
}

}  // namespace

TEST_CASE("a made folder has a log while it is unfinished, and a receipt afterwards",
          "[datasets][made]") {
  const TemporaryFolder folder;
  const fs::path out = folder / "a/b";
  std::vector<int> rows;
  {
    MadeFolder made{out, kFiles};
    CHECK_THROWS_WITH((MadeFolder{out, kFiles}), Contains("another process"));
    made.begin({"mine", 3}, {"1", "2"}, {});
    made.append("3");
  }
  CHECK_FALSE(look(out, rows).is_finished());
  CHECK(rows == std::vector{1, 2, 3});
  {
    MadeFolder made{out, kFiles};
    made.begin({"mine", 3}, {"1"}, {});
    made.finish("mine");
  }
  rows.clear();
  CHECK(look(out, rows).is_finished());
  CHECK(rows.empty());
  CHECK(read_text(out / "made.json") == "mine");
  { MadeFolder{out, kFiles}.discard(); }
  CHECK_FALSE(look(out, rows).has_receipt);
}

TEST_CASE("what a killed process was writing is removed, and nothing else", "[datasets][made]") {
  const TemporaryFolder folder;
  const std::string dead = std::to_string(kDeadProcess), own = std::to_string(::getpid());
  const std::string alive = std::to_string(::getppid());
  const std::vector<std::string> left{".mbench-" + dead + "-2.tmp", ".mbench-" + own + "-999.tmp",
                                      "part/.mbench-" + dead + "-0.tmp",
                                      "made.json." + dead + "-0.tmp",
                                      "made.rows.jsonl." + dead + "-1.tmp"};
  const std::vector<std::string> others{"mine.tmp",
                                        ".mbench-notes",
                                        ".mbench-notes.tmp",
                                        ".mbench-" + dead + "-2b.tmp",
                                        ".mbench-" + dead + "-.tmp",
                                        ".mbench-" + dead + ".tmp",
                                        ".mbench-99999999999999999999-1.tmp",
                                        "made.json.backup.tmp",
                                        "made.json." + dead + "-old.tmp",
                                        "other/.mbench-" + dead + "-2.tmp",
                                        "part/made.json." + dead + "-1.tmp",
                                        ".mbench-" + alive + "-2.tmp",
                                        "part/.mbench-1-2.tmp"};  // 1 lives, whoever asks
  fs::create_directory(folder / ("made.json." + dead + "-5.tmp"));
  for (const auto* names : {&left, &others}) {
    for (const std::string& name : *names) write_text(folder / name, "half");
  }
  MadeFolder made{folder.path(), kFiles};
  CHECK(fs::exists(folder / left.front()));  // a run that is refused touches nothing
  made.begin({"mine", 0}, {}, {"part", "absent"});
  for (const std::string& name : left) CHECK_FALSE(fs::exists(folder / name));
  for (const std::string& name : others) {
    CAPTURE(name);
    CHECK(fs::exists(folder / name));
  }
  CHECK(fs::is_directory(folder / ("made.json." + dead + "-5.tmp")));
}

TEST_CASE("what cannot be looked at does not pass for nothing", "[datasets][made]") {
  const TemporaryFolder folder;
  fs::create_symlink("loop", folder / "loop");
  CHECK(is_there(folder / "loop"));
  CHECK(is_there(folder / "loop/made.json"));
  CHECK_FALSE(is_there(folder / "absent"));
  write_text(folder / "file", "x");
  CHECK_FALSE(is_there(folder / "file/made.json"));
}

TEST_CASE("files of another identity are refused unless they go; damaged ones name a way out",
          "[datasets][made][error]") {
  const TemporaryFolder folder;
  std::vector<int> rows;
  SECTION("a receipt") {
    write_text(folder / "made.json", "other");
    CHECK_THAT(error_of([&] { look(folder.path(), rows); }).parts().where, Contains("made.json"));
  }
  SECTION("a log") {
    write_text(folder / "made.rows.jsonl", header_line({"other", 1}, "made.rows/1") + "\n1\n");
    CHECK(error_of([&] { look(folder.path(), rows); }).parts().found == "other");
  }
  CHECK_NOTHROW(look(folder.path(), rows, true));
  write_text(folder / "made.rows.jsonl", "[]\n");
  const Error damaged = error_of([&] { look(folder.path(), rows, true); });
  CHECK(damaged.kind() == ErrorKind::bad_input);
  CHECK_THAT(damaged.parts().where, Contains("line 1"));
  CHECK_THAT(damaged.parts().fix, Contains("by hand"));
}

TEST_CASE("a file, or a place below one, is no folder for a set", "[datasets][made][error]") {
  const TemporaryFolder folder;
  write_text(folder / "file", "x");
  for (const char* out : {"file", "file/set", "file/a/b"}) {
    CAPTURE(out);
    const Error error = error_of([&] { require_folder_or_nothing(folder / out, "sets are"); });
    CHECK(error.kind() == ErrorKind::usage);
    CHECK(error.parts().where == (folder / "file").string());
    CHECK_THAT(error.parts().what, Contains("sets are written into a folder"));
  }
  for (const char* out : {"", "new/set"}) {
    CHECK_NOTHROW(require_folder_or_nothing(folder / out, "sets are"));
  }
  CHECK_NOTHROW(require_folder_or_nothing("", "sets are"));
}

#include "results/jsonl.hpp"

#include <sys/resource.h>

#include <csignal>
#include <functional>
#include <limits>
#include <set>
#include <thread>

#include "core/error.hpp"
#include "results/store.hpp"
#include "tests/results/example_records.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"

using namespace mbench;
using namespace mbench::results;
using testing::read_text;
using testing::scored_sample;
using testing::TemporaryFolder;
using testing::write_text;

namespace {

const std::string kIdentity = "0123456789abcdef";

std::vector<std::string> ids(const SampleLog& log) {
  std::vector<std::string> result;
  for (const SampleResult& sample : log.samples) result.push_back(sample.id);
  return result;
}

void write_log(const std::filesystem::path& file) {
  JsonlWriter writer = JsonlWriter::create(file, kIdentity);
  for (const SampleResult& sample : testing::full_record().samples) writer.append(sample);
}

Error refusal(const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    return error;
  }
  FAIL("accepted");
  return Error{ErrorKind::internal, {}};
}

}  // namespace

TEST_CASE("rows are read back in the order in which they were appended", "[results][jsonl]") {
  const TemporaryFolder folder;
  const auto file = folder / "demo/m/samples.jsonl";
  write_log(file);
  const SampleLog log = read_jsonl(file);
  CHECK(log.identity == kIdentity);
  CHECK(ids(log) == std::vector<std::string>{"GT01", "GT02", "GT03", "GT04"});
  CHECK_FALSE(log.unfinished_line);
  CHECK(log.intact_bytes == std::filesystem::file_size(file));
  std::string expected = to_samples_header(kIdentity) + '\n';
  for (const SampleResult& sample : log.samples) expected += to_json_line(sample) + '\n';
  CHECK(read_text(file) == expected);
}

TEST_CASE("the first line is a header with schema and identity", "[results][jsonl]") {
  CHECK(to_samples_header("ab") == R"({"schema": "mbench.samples/1", "identity": "ab"})");
}

TEST_CASE("a run killed at any byte of its last line resumes with the rows before it",
          "[results][jsonl][property]") {
  const TemporaryFolder folder;
  const auto file = folder / "samples.jsonl";
  write_log(file);
  const std::string whole = read_text(file);
  const std::size_t last_line = whole.rfind('\n', whole.size() - 2) + 1;
  for (std::size_t length = last_line; length < whole.size(); ++length) {
    CAPTURE(length);
    write_text(file, whole.substr(0, length));
    const SampleLog log = read_jsonl(file);
    REQUIRE(ids(log) == std::vector<std::string>{"GT01", "GT02", "GT03"});
    REQUIRE(log.unfinished_line == (length > last_line));
    REQUIRE(log.intact_bytes == last_line);
    JsonlWriter::resume(file, log, kIdentity).append(testing::full_record().samples[3]);
    REQUIRE(read_text(file) == whole);
  }
}

TEST_CASE("a run killed within the header starts anew", "[results][jsonl][property]") {
  const TemporaryFolder folder;
  const auto file = folder / "samples.jsonl";
  const std::string header = to_samples_header(kIdentity);
  for (std::size_t length = 0; length <= header.size(); ++length) {
    CAPTURE(length);
    write_text(file, header.substr(0, length));
    const SampleLog log = read_jsonl(file);
    REQUIRE(log.identity.empty());
    REQUIRE(log.samples.empty());
    JsonlWriter::resume(file, log, kIdentity).append(scored_sample("a", 1, 1));
    REQUIRE(ids(read_jsonl(file)) == std::vector<std::string>{"a"});
  }
}

TEST_CASE("damage before the last line is refused with its line number",
          "[results][jsonl][error]") {
  const TemporaryFolder folder;
  const auto file = folder / "samples.jsonl";
  write_log(file);
  std::string text = read_text(file);
  const auto second = text.find('\n', text.find('\n') + 1) + 1;  // start of line 3
  text.erase(second, 5);
  write_text(file, text);
  const Error error = refusal([&] { (void)read_jsonl(file); });
  CHECK(error.kind() == ErrorKind::bad_input);
  CHECK(error.parts().where == file.string() + ", line 3");
}

TEST_CASE("an empty line is damage", "[results][jsonl][error]") {
  const TemporaryFolder folder;
  const auto file = folder / "samples.jsonl";
  write_text(file, to_samples_header(kIdentity) + "\n\n");
  CHECK(refusal([&] { (void)read_jsonl(file); }).parts().where == file.string() + ", line 2");
}

TEST_CASE("a sample that occurs twice is refused with both lines", "[results][jsonl][error]") {
  const TemporaryFolder folder;
  const auto file = folder / "samples.jsonl";
  {
    JsonlWriter writer = JsonlWriter::create(file, kIdentity);
    for (const char* id : {"a", "b", "a"}) writer.append(scored_sample(id, 1, 1));
  }
  const ErrorParts parts = refusal([&] { (void)read_jsonl(file); }).parts();
  CHECK(parts.what == "sample 'a' occurs twice");
  CHECK(parts.where == file.string() + ", line 4");
  CHECK(parts.found == "it stands in line 2 too");
}

TEST_CASE("a file that is no samples.jsonl is refused, with or without line feeds",
          "[results][jsonl][error]") {
  const TemporaryFolder folder;
  const auto file = folder / "samples.jsonl";
  const std::string text = GENERATE(as<std::string>{}, "notes", "notes\n", "{\"a\": 1}\n",
                                    R"({"schema": "mbench.samples/2", "identity": ""})"
                                    "\n");
  write_text(file, text);
  const Error error = refusal([&] { (void)read_jsonl(file); });
  CHECK(error.kind() == ErrorKind::bad_input);
  CHECK_THAT(error.parts().where, Catch::StartsWith(file.string() + ", line 1"));
}

TEST_CASE("a log of another identity is not resumed and stays as it is",
          "[results][jsonl][error]") {
  const TemporaryFolder folder;
  const auto file = folder / "samples.jsonl";
  write_log(file);
  const std::string before = read_text(file);
  const SampleLog log = read_jsonl(file);
  const Error error = refusal([&] { (void)JsonlWriter::resume(file, log, "other"); });
  CHECK(error.kind() == ErrorKind::usage);
  CHECK(error.parts().expected == "identity other");
  CHECK(error.parts().found == "identity " + kIdentity);
  CHECK(read_text(file) == before);
}

TEST_CASE("a log that has changed since it was read is not resumed", "[results][jsonl][error]") {
  const TemporaryFolder folder;
  const auto file = folder / "samples.jsonl";
  write_log(file);
  const SampleLog log = read_jsonl(file);
  JsonlWriter::resume(file, log, kIdentity).append(scored_sample("new", 1, 1));
  CHECK(refusal([&] { (void)JsonlWriter::resume(file, log, kIdentity); }).parts().what ==
        "the file has changed while its run was being resumed");
}

TEST_CASE("two writers never share a file", "[results][jsonl][error]") {
  const TemporaryFolder folder;
  const auto file = folder / "samples.jsonl";
  JsonlWriter writer = JsonlWriter::create(file, kIdentity);
  writer.append(scored_sample("a", 1, 1));
  CHECK(refusal([&] { (void)JsonlWriter::create(file, kIdentity); }).parts().what ==
        "another mbench is writing this file");
  CHECK(ids(read_jsonl(file)) == std::vector<std::string>{"a"});  // and nothing was lost
}

TEST_CASE("a row that JSON cannot hold is refused and leaves the file whole",
          "[results][jsonl][error]") {
  const TemporaryFolder folder;
  const auto file = folder / "samples.jsonl";
  JsonlWriter writer = JsonlWriter::create(file, kIdentity);
  const Error error = refusal(
      [&] { writer.append(scored_sample("bad", std::numeric_limits<double>::infinity(), 1)); });
  CHECK(error.parts().where == "sample bad: scores.dim-matlab.sad");
  writer.append(scored_sample("good", 1, 1));
  CHECK(ids(read_jsonl(file)) == std::vector<std::string>{"good"});
}

TEST_CASE("a row that does not fit on the disk leaves no half line behind",
          "[results][jsonl][error]") {
  const TemporaryFolder folder;
  const auto file = folder / "samples.jsonl";
  JsonlWriter writer = JsonlWriter::create(file, kIdentity);
  writer.append(scored_sample("a", 1, 1));
  const std::string before = read_text(file);

  // A limit on the size of files makes write(2) fail half-way, as a full disk does.
  rlimit limit{};
  REQUIRE(::getrlimit(RLIMIT_FSIZE, &limit) == 0);
  rlimit small = limit;
  small.rlim_cur = before.size() + 10;
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &small) == 0);
  const Error error = refusal([&] { writer.append(scored_sample("b", 1, 1)); });
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &limit) == 0);
  std::signal(SIGXFSZ, handler);

  CHECK(error.kind() == ErrorKind::internal);
  CHECK(error.parts().what == "cannot write file");
  CHECK(error.parts().where == file.string());
  CHECK(error.parts().found == "File too large");
  CHECK(read_text(file) == before);
  writer.append(scored_sample("b", 1, 1));
  CHECK(ids(read_jsonl(file)) == std::vector<std::string>{"a", "b"});
}

TEST_CASE("rows appended by several threads stay whole", "[results][jsonl]") {
  const TemporaryFolder folder;
  const auto file = folder / "samples.jsonl";
  {
    JsonlWriter writer = JsonlWriter::create(file, kIdentity);
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&writer, t] {
        for (int i = 0; i < 25; ++i) {
          writer.append(scored_sample(std::to_string(t) + "/" + std::to_string(i), i, t));
        }
      });
    }
  }
  const auto read = ids(read_jsonl(file));
  CHECK(std::set<std::string>{read.begin(), read.end()}.size() == 100);
}

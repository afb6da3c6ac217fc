#include "results/store.hpp"

#include <sys/stat.h>

#include <cmath>
#include <functional>
#include <limits>
#include <random>

#include "core/error.hpp"
#include "core/text_file.hpp"
#include "results/summary.hpp"
#include "tests/results/example_records.hpp"
#include "tests/support/approved.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"

using namespace mbench;
using namespace mbench::results;
using testing::full_record;
using testing::random_record;
using testing::TemporaryFolder;

namespace {

/// The text with one part replaced, which must be there.
std::string replaced(std::string text, std::string_view part, std::string_view by) {
  const auto start = text.find(part);
  REQUIRE(start != std::string::npos);
  return text.replace(start, part.size(), by);
}

ErrorParts refusal(const std::function<void()>& call, ErrorKind kind) {
  try {
    call();
  } catch (const Error& error) {
    CHECK(error.kind() == kind);
    return error.parts();
  }
  FAIL("accepted");
  return {};
}

ErrorParts refused_text(const std::string& text) {
  return refusal([&] { (void)parse_record(text, "r.json"); }, ErrorKind::bad_input);
}

}  // namespace

TEST_CASE("a record has the keys of its schema, in their order", "[results][store]") {
  testing::check_approved("results/record.json", to_json(full_record()));
}

TEST_CASE("writing, reading and writing a record gives the same bytes",
          "[results][store][property]") {
  const auto seed = GENERATE(range(0U, 60U));
  CAPTURE(seed);
  const std::string text = to_json(random_record(seed));
  CHECK(to_json(parse_record(text, "r.json")) == text);
}

TEST_CASE("a record read back holds what was written", "[results][store]") {
  const RunRecord written = full_record();
  const RunRecord read = parse_record(to_json(written), "r.json");
  CHECK(read.environment.gpu == "Some GPU");
  CHECK(read.method.weights.value().sha256 == "cc");
  CHECK(read.method.macs == 191'520'000'000);
  CHECK(read.method.options == written.method.options);
  REQUIRE(read.samples.size() == 4);
  CHECK(read.samples[0].scores == written.samples[0].scores);
  CHECK(read.samples[0].size == Size{800, 563});
  CHECK(read.samples[0].times_s == written.samples[0].times_s);
  CHECK(read.samples[1].status == Status::failed);
  CHECK(read.samples[1].size == Size{});
  CHECK(read.samples[1].error.value().parts.where == "GT02.png");
  CHECK(read.samples[2].scores == written.samples[2].scores);
  CHECK(read.samples[3].degenerate == "the trimap has no foreground");
  CHECK(read.samples[3].scores[0].second[0].second.value == 1e-300);
  CHECK(read.means.at(0).second.at(0).second.ci95_high ==
        written.means.at(0).second.at(0).second.ci95_high);
  CHECK(read.degenerate == 1);
}

TEST_CASE("optional keys are there only when they hold something", "[results][store]") {
  const std::string text =
      to_json(testing::record_of("m", "d", {testing::scored_sample("a", 1, 1)}));
  CHECK(text.find("undefined\": {") == std::string::npos);
  CHECK(text.find("degenerate") == std::string::npos);
  CHECK(text.find("error") == std::string::npos);
  CHECK(text.find(R"("weights": null, "parameters": null, "macs": null, "macs_input": null)") !=
        std::string::npos);
}

TEST_CASE("NaN is refused with the sample and the key", "[results][store][error]") {
  RunRecord record = full_record();
  record.samples[3].scores[0].second[1].second.value = std::numeric_limits<double>::quiet_NaN();
  const ErrorParts parts = refusal([&] { (void)to_json(record); }, ErrorKind::internal);
  CHECK(parts.where == "sample GT04: samples[3].scores.dim-matlab.mse");
  CHECK(parts.found == "nan");

  record = full_record();
  record.means[0].second[0].second.ci95_low = -std::numeric_limits<double>::infinity();
  CHECK(refusal([&] { (void)to_json(record); }, ErrorKind::internal).where ==
        "means.dim-matlab.sad.ci95[0]");
}

TEST_CASE("a record that contradicts itself is not written", "[results][store][error]") {
  const auto refused = [](const std::function<void(RunRecord&)>& spoil) {
    RunRecord record = full_record();
    spoil(record);
    return refusal([&] { (void)to_json(record); }, ErrorKind::internal).what;
  };
  CHECK(refused([](RunRecord& r) { r.samples[1].id = "GT01"; }) ==
        "a sample occurs twice in a record");
  CHECK(refused([](RunRecord& r) { r.samples[1].error.reset(); }) ==
        "a failed sample has no error");
  CHECK(refused([](RunRecord& r) { r.samples[0].error.emplace(); }) ==
        "a sample that is ok has an error");
  CHECK(refused([](RunRecord& r) { r.samples[2].scores[0].second[1].second.reason.clear(); }) ==
        "a score must be defined or have a reason");
  CHECK(refused([](RunRecord& r) {
          r.samples[0].tags = {{"t", "1"}, {"t", "2"}};
        }) == "a key occurs twice in one object of a JSON file");
}

TEST_CASE("bytes of file names that are not UTF-8 are written as \\xNN", "[results][store]") {
  const SampleResult sample = testing::scored_sample("caf\xE9", 1, 1);
  const std::string line = to_json_line(sample);
  CHECK(line.substr(0, 18) == R"({"id": "caf\\xE9",)");
  CHECK(parse_json_line(line, "here").id == "caf\\xE9");
}

TEST_CASE("a row of samples.jsonl is the object of the record's array", "[results][store]") {
  const RunRecord record = full_record();
  const std::string text = to_json(record);
  for (const SampleResult& sample : record.samples) {
    const std::string line = to_json_line(sample);
    CHECK(text.find("\n    " + line) != std::string::npos);
    CHECK(to_json_line(parse_json_line(line, "here")) == line);
  }
}

TEST_CASE("a damaged record is refused with file, key, expected and found",
          "[results][store][error]") {
  struct Damage {
    std::string part, by, where, expected, found;
  };
  const auto damage = GENERATE(
      Damage{R"("mbench.record/1")", R"("mbench.record/2")", "r.json: schema",
             "\"mbench.record/1\"", "\"mbench.record/2\""},
      Damage{R"("cores": 8)", R"("cores": "8")", "r.json: environment.cores",
             "a whole number, 0 or more", "\"8\""},
      Damage{R"("cores": 8)", R"("cores": -8)", "r.json: environment.cores",
             "a whole number, 0 or more", "-8"},
      Damage{R"("cores": 8)", R"("cores": 99999999999)", "r.json: environment.cores",
             "a whole number below 2^31", "99999999999"},
      Damage{R"("commit": "abc1234", )", "", "r.json: tool", "key 'commit'", "no such key"},
      Damage{R"("sad": 9.5)", R"("sad": "9.5")", "r.json: samples[0].scores.dim-matlab.sad",
             "a number", "\"9.5\""},
      Damage{R"("sad": 9.5)", R"("sad": null)", "r.json: samples[0].scores.dim-matlab.sad",
             R"(a number, or its reason as "undefined": {"dim-matlab.sad": ...})", "null"},
      Damage{R"("mse": null)", R"("mse": 1)", "r.json: samples[2].scores.dim-matlab.mse",
             "null, because \"undefined\" holds a reason for it", "1"},
      Damage{R"("dim-matlab.mse": "no)", R"("x": "y", "dim-matlab.mse": "no)",
             "r.json: samples[2].undefined", "only the names of scores that are null", "an object"},
      Damage{R"("status": "failed")", R"("status": "bad")", "r.json: samples[1].status",
             "\"ok\" or \"failed\"", "\"bad\""},
      Damage{R"("id": "GT02")", R"("id": "GT01")", "r.json: samples[1]", "sample ids that differ",
             "'GT01' again"},
      Damage{R"("n": 3)", R"("n": 0)", "r.json: means.dim-matlab.sad.mean", "null, because n is 0",
             "4.333333333333333"},
      Damage{R"("counts": {)", R"("counts": {"lost": 1, )", "r.json: counts",
             "only the keys: degenerate, failed, ok", "key 'lost'"});
  CAPTURE(damage.part, damage.by);
  const ErrorParts parts = refused_text(replaced(to_json(full_record()), damage.part, damage.by));
  CHECK(parts.where == damage.where);
  CHECK(parts.expected == damage.expected);
  CHECK(parts.found == damage.found);
}

TEST_CASE("what is not JSON is refused", "[results][store][error]") {
  const std::string text = to_json(full_record());
  const ErrorParts cut = refused_text(text.substr(0, text.size() / 2));
  CHECK(cut.what == "file is not valid JSON");
  CHECK(cut.where == "r.json");
  CHECK_THAT(cut.found, Catch::Contains("parse error at line"));
  CHECK_THAT(refused_text(replaced(text, "\"ok\": 3", "\"ok\": 3, \"ok\": 4")).found,
             Catch::Equals("key 'ok' twice in one object"));
  CHECK(refused_text(replaced(text, "\"elapsed_s\": 12.25", "\"elapsed_s\": NaN")).what ==
        "file is not valid JSON");
  CHECK(refused_text(replaced(text, "\"elapsed_s\": 12.25", "\"elapsed_s\": 1e999")).what ==
        "file is not valid JSON");
  CHECK(refused_text("").what == "file is not valid JSON");
  CHECK(refused_text("[]").expected == "an object");
}

TEST_CASE("a record cut off anywhere is refused, never read in part",
          "[results][store][property]") {
  const std::string text = to_json(full_record());
  for (std::size_t length = 0; length + 1 < text.size(); length += 7) {
    CAPTURE(length);
    CHECK_THROWS_AS(parse_record(text.substr(0, length), "r.json"), Error);
  }
}

TEST_CASE("a record with damaged bytes is refused or read to the same meaning, nothing else",
          "[results][store][property]") {
  const std::string text = to_json(full_record());
  std::mt19937 random{11};
  const std::string_view likely = "\"{}[],:0129-.enull \\\x80";
  for (int round = 0; round < 3000; ++round) {
    std::string damaged = text;
    for (auto edits = 1 + random() % 3; edits > 0; --edits) {
      damaged[random() % damaged.size()] = likely[random() % likely.size()];
    }
    CAPTURE(damaged);
    try {
      const std::string once = to_json(parse_record(damaged, "r.json"));
      REQUIRE(to_json(parse_record(once, "r.json")) == once);
    } catch (const Error& error) {
      REQUIRE(error.kind() == ErrorKind::bad_input);
      REQUIRE(error.parts().where.find("r.json") == 0);
    }
  }
}

TEST_CASE("a file of a million brackets is refused", "[results][store][error]") {
  CHECK(refused_text(std::string(1'000'000, '[')).what == "file is not valid JSON");
  CHECK(refused_text(std::string(500'000, '[') + std::string(500'000, ']')).expected ==
        "an object");
}

TEST_CASE("a record is written whole, with its folders, and leaves no other file",
          "[results][store]") {
  const TemporaryFolder folder;
  const auto file = folder / "demo/closed-form/record.json";
  write_record(file, random_record(1));
  write_record(file, full_record());  // replaces
  CHECK(testing::read_text(file) == to_json(full_record()));
  CHECK(to_json(read_record(file)) == to_json(full_record()));
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator{file.parent_path()}) {
    files += entry.is_regular_file();
  }
  CHECK(files == 1);
}

TEST_CASE("a record that cannot be written leaves the old one as it was",
          "[results][store][error]") {
  const TemporaryFolder folder;
  const auto file = folder / "record.json";
  write_record(file, full_record());
  RunRecord bad = full_record();
  bad.elapsed_s = std::nan("");
  CHECK_THROWS_AS(write_record(file, bad), Error);
  CHECK(testing::read_text(file) == to_json(full_record()));

  const auto below_a_file = file / "record.json";
  const ErrorParts parts =
      refusal([&] { write_record(below_a_file, full_record()); }, ErrorKind::internal);
  CHECK_THAT(parts.what, Catch::StartsWith("cannot "));
  CHECK(parts.where.find(file.string()) == 0);
  CHECK_FALSE(parts.found.empty());
  CHECK_FALSE(parts.fix.empty());

  std::filesystem::create_directory(folder / "folder");
  CHECK(
      refusal([&] { write_record(folder / "folder", full_record()); }, ErrorKind::internal).what ==
      "cannot rename file to");
  for (const auto& entry : std::filesystem::directory_iterator{folder.path()}) {
    CHECK(entry.path().extension() != ".tmp");
  }
}

TEST_CASE("a record's file obeys the umask", "[results][store]") {
  const TemporaryFolder folder;
  const mode_t before = ::umask(022);
  write_record(folder / "record.json", full_record());
  ::umask(before);
  struct stat status {};
  REQUIRE(::stat((folder / "record.json").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0644);
}

TEST_CASE("a file that is not there is refused by name", "[results][store][error]") {
  const ErrorParts parts =
      refusal([] { (void)read_record("no/such/record.json"); }, ErrorKind::bad_input);
  CHECK(parts.where == "no/such/record.json");
  CHECK(parts.found == "No such file or directory");
}

TEST_CASE("a record holds the versions of its protocols; older ones have none",
          "[results][store]") {
  RunRecord record = testing::record_of("A", "demo", {testing::scored_sample("a", 1, 2)});
  CHECK_THAT(to_json(record), !Catch::Contains("protocol_versions"));
  CHECK(parse_record(to_json(record), "r.json").protocol_versions.empty());
  record.protocol_versions = {{record.protocols.front(), 3}};
  const std::string text = to_json(record);
  CHECK(text.find("\"protocols\"") < text.find("\"protocol_versions\": {\"dim-matlab\": 3}"));
  CHECK(text.find("\"protocol_versions\"") < text.find("\"samples\": ["));
  CHECK(parse_record(text, "r.json").protocol_versions == record.protocol_versions);
  CHECK(to_json(parse_record(text, "r.json")) == text);
  record.protocol_versions = {{"aim", 1}};
  CHECK_THROWS_WITH(parse_record(to_json(record), "r.json"),
                    Catch::Contains("the protocols of the record"));
}

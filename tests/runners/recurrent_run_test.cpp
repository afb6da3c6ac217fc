#include <atomic>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>

#include <fmt/core.h>

#include "imaging/io.hpp"
#include "runners/runner.hpp"
#include "runners/scoring.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"
#include "tests/support/images.hpp"

using namespace mbench;
using namespace mbench::runners;
using Catch::Contains;

namespace {

constexpr Size kSize{6, 4};

/// What a method was asked, as the tests look at it.
struct Journal {
  std::mutex mutex{};
  std::vector<std::string> asked{};
  std::map<const baselines::ClipMemory*, std::set<std::thread::id>> threads{};
};

struct Sum final : baselines::ClipMemory {
  int value{};
  std::atomic<bool> busy{false};
};

/// Remembers all frames, and in which order they came:
///     value_t = (7 value_{t-1} + first red value of frame t) mod 251
class Rememberer final : public baselines::Method {
 public:
  explicit Rememberer(Journal& journal) : journal_{journal} {}

  [[nodiscard]] std::unique_ptr<baselines::ClipMemory> begin_clip() const override {
    return std::make_unique<Sum>();
  }

  [[nodiscard]] baselines::Estimate estimate(const baselines::MattingInput& input) const override {
    auto* const sum = dynamic_cast<Sum*>(input.memory);
    {
      const std::lock_guard lock{journal_.mutex};
      journal_.asked.emplace_back(input.sample_id);
      if (sum != nullptr) journal_.threads[sum].insert(std::this_thread::get_id());
    }
    const int red = static_cast<int>(255.0 * to_f64(input.image).values().front().r);
    int value = red % 251;
    if (sum != nullptr) {
      if (sum->busy.exchange(true)) throw std::runtime_error{"two frames of a clip at a time"};
      value = sum->value = (7 * sum->value + red) % 251;
      sum->busy = false;
    }
    return {.alpha = Matte{Plane<std::uint8_t>{kSize, static_cast<std::uint8_t>(value)}}};
  }

 private:
  Journal& journal_;
};

std::string frame_id(int clip, int frame) { return fmt::format("{}_{:02}", "abc"[clip], frame); }

/// Three clips of five frames and a still; the names of clip c are numbered backwards.
datasets::Dataset make_set(const testing::TemporaryFolder& folder) {
  std::string tags = "id,clip,frame\n";
  std::uint64_t seed = 1;
  const auto add = [&](const std::string& id) {
    imaging::write_image(folder.path() / "set/image" / (id + ".png"),
                         testing::noise_image(kSize, ++seed));
    imaging::write_matte(folder.path() / "set/alpha" / (id + ".png"),
                         testing::noise_matte(kSize, ++seed), Depth::u8);
  };
  for (int clip = 0; clip < 3; ++clip) {
    for (int frame = 0; frame < 5; ++frame) {
      add(frame_id(clip, frame));
      tags += fmt::format("{},{},{}\n", frame_id(clip, frame), "abc"[clip],
                          clip == 2 ? 12 - frame : frame);
    }
  }
  add("still");
  tags += "still,,\n";
  testing::write_text(folder.path() / "set/tags.csv", tags);
  testing::write_text(folder.path() / "set/mbench.toml", "tags = \"tags.csv\"\n");
  return datasets::open_dataset((folder / "set").string());
}

RunJob job_for(const baselines::Method& method, const datasets::Dataset& dataset) {
  return {.method = method,
          .method_info = {.id = "rememberer", .title = "Rememberer"},
          .dataset = dataset,
          .manifest_sha256 = "0",
          .protocols = find_protocols({"rvm"})};
}

/// What must not depend on threads and interruptions: digests and scores, by sample.
std::map<std::string, std::string> essence(const results::RunRecord& record) {
  std::map<std::string, std::string> rows;
  for (const results::SampleResult& row : record.samples) {
    std::string& text = rows[row.id];
    for (const auto& [name, digest] : row.sha256) text += name + digest + " ";
    for (const auto& [protocol, columns] : row.scores) {
      for (const auto& [column, score] : columns) {
        text += fmt::format("{} {} ", column, score.defined ? score.value : -1.0);
      }
    }
  }
  return rows;
}

/// Runs until `frames` samples are done, then is interrupted.
void run_partly(const RunJob& job, const std::filesystem::path& folder, std::size_t frames,
                int threads) {
  std::atomic<bool> interrupted{false};
  const RunOutcome outcome = run(job, {.folder = folder,
                                       .threads = threads,
                                       .interrupted = &interrupted,
                                       .progress = [&](const Progress& progress) {
                                         if (progress.done >= frames) interrupted = true;
                                       }});
  REQUIRE(outcome.interrupted);
}

std::vector<std::string> of_clip(const Journal& journal, char clip) {
  std::vector<std::string> ids;
  for (const std::string& id : journal.asked) {
    if (id.front() == clip) ids.push_back(id);
  }
  return ids;
}

}  // namespace

TEST_CASE("a method that remembers sees each clip in the order of its frames, on one thread",
          "[runners][clips]") {
  const testing::TemporaryFolder folder;
  const datasets::Dataset dataset = make_set(folder);
  Journal journal;
  const Rememberer method{journal};
  const RunOutcome outcome =
      run(job_for(method, dataset), {.folder = folder / "run", .threads = 3});
  REQUIRE(outcome.record.failed == 0);
  REQUIRE(outcome.record.samples.size() == 16);
  CHECK(of_clip(journal, 'a') == std::vector<std::string>{"a_00", "a_01", "a_02", "a_03", "a_04"});
  CHECK(of_clip(journal, 'c') == std::vector<std::string>{"c_04", "c_03", "c_02", "c_01", "c_00"});
  CHECK(journal.threads.size() == 3);  // one memory per clip, none for the still
  for (const auto& [memory, threads] : journal.threads) CHECK(threads.size() == 1);
  CHECK(outcome.record.samples.front().id == "a_00");  // rows stay in the order of the data set
  CHECK(outcome.record.samples.back().id == "still");
}

TEST_CASE("frames of a run are scored as the sequence that they are", "[runners][clips]") {
  const testing::TemporaryFolder folder;
  const datasets::Dataset dataset = make_set(folder);
  Journal journal;
  const Rememberer method{journal};
  const RunOutcome outcome =
      run(job_for(method, dataset), {.folder = folder / "run", .threads = 2});
  const auto dtssd = [&](std::string_view id) -> std::optional<double> {
    for (const results::SampleResult& row : outcome.record.samples) {
      if (row.id != id) continue;
      for (const auto& [column, score] : row.scores.front().second) {
        if (column == "dtssd" && score.defined) return score.value;
      }
    }
    return std::nullopt;
  };
  CHECK(dtssd("a_00") == 0.0);
  CHECK(dtssd("a_01").value() > 0.0);
  CHECK(dtssd("c_04") == 0.0);  // the first in time
  CHECK_FALSE(dtssd("still"));
  CHECK(outcome.record.averaging == results::Named<Averaging>{{"rvm", Averaging::frame_index}});
}

TEST_CASE("a run of clips that is interrupted anywhere gives the record of one that is not",
          "[runners][clips]") {
  const testing::TemporaryFolder folder;
  const datasets::Dataset dataset = make_set(folder);
  Journal journal;
  const Rememberer method{journal};
  const RunJob job = job_for(method, dataset);
  const auto whole = essence(run(job, {.folder = folder / "whole", .threads = 1}).record);

  const int threads = GENERATE(1, 3);
  // Of 16: the two samples that other threads are busy with may still be finished.
  const std::size_t frames = GENERATE(1, 4, 5, 9, 13);
  CAPTURE(threads, frames);
  const std::filesystem::path place = folder.path() / "interrupted";
  run_partly(job, place, frames, threads);
  const RunOutcome rest = run(job, {.folder = place, .threads = threads});
  CHECK(essence(rest.record) == whole);
}

TEST_CASE("frames after one that must be run again are run again too", "[runners][clips]") {
  const testing::TemporaryFolder folder;
  const datasets::Dataset dataset = make_set(folder);
  Journal journal;
  const Rememberer method{journal};
  const RunJob job = job_for(method, dataset);
  const auto whole = essence(run(job, {.folder = folder / "whole", .threads = 1}).record);

  const std::filesystem::path place = folder.path() / "mended";
  const std::filesystem::path image = folder.path() / "set/image/b_02.png";
  std::filesystem::rename(image, folder.path() / "away.png");
  const RunOutcome failed = run(job, {.folder = place, .threads = 1});
  REQUIRE(failed.record.failed == 1);
  CHECK(essence(failed.record).at("b_03") != whole.at("b_03"));  // it did not see b_02
  std::filesystem::rename(folder.path() / "away.png", image);

  journal.asked.clear();
  const RunOutcome mended = run(job, {.folder = place, .threads = 1, .existing = Existing::resume});
  CHECK(journal.asked == std::vector<std::string>{"b_00", "b_01", "b_02", "b_03", "b_04"});
  CHECK(essence(mended.record) == whole);
}

TEST_CASE("frames whose predecessors cannot be looked at again fail, and say why",
          "[runners][clips]") {
  const testing::TemporaryFolder folder;
  const datasets::Dataset dataset = make_set(folder);
  Journal journal;
  const Rememberer method{journal};
  const RunJob job = job_for(method, dataset);
  run_partly(job, folder / "run", 3, 1);  // a_00 to a_02
  std::filesystem::remove(folder.path() / "set/image/a_01.png");
  const RunOutcome outcome = run(job, {.folder = folder / "run", .threads = 1});
  CHECK(outcome.record.failed == 2);
  for (const results::SampleResult& row : outcome.record.samples) {
    if (row.id != "a_03" && row.id != "a_04") continue;
    REQUIRE(row.error.has_value());
    CHECK_THAT(row.error->parts.where, Contains("a_01.png"));
  }
}

#include "runners/timing.hpp"

#include <sys/mman.h>

#include <atomic>
#include <cstring>
#include <string>

#include "imaging/io.hpp"
#include "runners/machine_state.hpp"
#include "runners/memory.hpp"
#include "runners/scoring.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"
#include "tests/support/images.hpp"

using namespace mbench;
using namespace mbench::runners;
using Catch::Contains;

namespace {

constexpr Size kSize{12, 10};

/// Samples a, b and so on, with truths.
datasets::Dataset make_set(const testing::TemporaryFolder& folder, int count) {
  for (int i = 0; i < count; ++i) {
    const std::string name = std::string(1, static_cast<char>('a' + i)) + ".png";
    imaging::write_image(folder.path() / "set/image" / name, testing::noise_image(kSize, 3));
    imaging::write_matte(folder.path() / "set/alpha" / name, testing::noise_matte(kSize, 4),
                         Depth::u8);
  }
  return datasets::open_dataset((folder / "set").string());
}

/// Writes its letter and the sample's id into a log, and gives times that tell steps apart.
class Logging final : public baselines::Method {
 public:
  Logging(std::string letter, std::string& log) : letter_{std::move(letter)}, log_{log} {}
  [[nodiscard]] baselines::Estimate estimate(const baselines::MattingInput& input) const override {
    log_ += letter_ + std::string{input.sample_id} + " ";
    return {.alpha = Plane<float>{kSize, 0.5F},
            .times = baselines::EstimateTimes{
                .prepare_s = 100, .transfer_s = 200, .infer_s = 300, .finish_s = 400}};
  }

 private:
  std::string letter_;
  std::string& log_;
};

/// Counts how often it was asked; from several threads.
class Counting final : public baselines::Method {
 public:
  [[nodiscard]] baselines::Estimate estimate(const baselines::MattingInput&) const override {
    ++count;
    return {.alpha = Plane<float>{kSize, 0.5F}};
  }
  mutable std::atomic<int> count{0};
};

RunJob job_for(const baselines::Method& method, const datasets::Dataset& dataset) {
  return {.method = method, .dataset = dataset, .protocols = find_protocols({"whole"})};
}

}  // namespace

TEST_CASE("repetitions for warm-up are run and dropped", "[runners][bench]") {
  const testing::TemporaryFolder folder;
  const datasets::Dataset dataset = make_set(folder, 2);
  std::string log;
  const Logging method{"", log};
  const RunJob job = job_for(method, dataset);
  int shown = 0;
  const auto times =
      time_single_stream({&job, 1}, {.warm_up = 2, .repeat = 3, .progress = [&] { ++shown; }});
  CHECK(log == "a b a b a b a b a b ");
  CHECK(shown == 10);
  REQUIRE(times.size() == 1);
  REQUIRE(times[0].images.size() == 6);
  CHECK_FALSE(times[0].macs_per_image);
  for (std::size_t i = 0; i < 6; ++i) {
    CHECK(times[0].images[i].sample_id == (i % 2 == 0 ? "a" : "b"));
    CHECK(times[0].images[i].repetition == static_cast<int>(i) / 2);
  }
}

TEST_CASE("the steps of a method are told apart", "[runners][bench]") {
  const testing::TemporaryFolder folder;
  const datasets::Dataset dataset = make_set(folder, 1);
  std::string log;
  const Logging method{"", log};
  const RunJob job = job_for(method, dataset);
  const auto all = time_single_stream({&job, 1}, {.warm_up = 0, .repeat = 1});
  const results::ImageTimes& times = all[0].images.at(0);
  CHECK(times.prepare_s == Approx(100).margin(50));  // and what the harness adds
  CHECK(times.transfer_s == 200);
  CHECK(times.infer_s == 300);
  CHECK(times.finish_s == Approx(400).margin(50));
  CHECK(times.decode_s > 0.0);
  CHECK(times.score_s > 0.0);
  CHECK(times.cpu_s > 0.0);
  CHECK(times.latency_s > 0.0);
  CHECK(times.latency_s < 100.0);  // measured, not the sum of what the method claims
}

TEST_CASE("methods that are compared are asked in turn, first now one and now the other",
          "[runners][bench]") {
  const testing::TemporaryFolder folder;
  const datasets::Dataset dataset = make_set(folder, 3);
  std::string log;
  const Logging first{"X", log}, second{"Y", log};
  const std::vector<RunJob> jobs{job_for(first, dataset), job_for(second, dataset)};
  const auto times = time_single_stream(jobs, {.warm_up = 0, .repeat = 2});
  CHECK(log == "Xa Ya Yb Xb Xc Yc Ya Xa Xb Yb Yc Xc ");
  REQUIRE(times.size() == 2);
  for (const StreamTimes& stream : times) {
    REQUIRE(stream.images.size() == 6);
    CHECK(stream.images[1].sample_id == "b");
    CHECK(stream.images[5].sample_id == "c");
    CHECK(stream.images[5].repetition == 1);
  }
}

TEST_CASE("each method is asked first about an image as often as the other, however many there are",
          "[runners][bench]") {
  const testing::TemporaryFolder folder;
  const datasets::Dataset dataset = make_set(folder, 2);
  std::string log;
  const Logging first{"X", log}, second{"Y", log};
  const std::vector<RunJob> jobs{job_for(first, dataset), job_for(second, dataset)};
  (void)time_single_stream(jobs, {.warm_up = 0, .repeat = 2});
  CHECK(log == "Xa Ya Yb Xb Ya Xa Xb Yb ");
}

TEST_CASE("MACs are counted in the first warm-up repetition alone, and averaged over the images",
          "[runners][bench]") {
  const testing::TemporaryFolder folder;
  const datasets::Dataset dataset = make_set(folder, 2);
  const Counting method;
  const RunJob job = job_for(method, dataset);
  int counted = 0;
  const auto count = [&](const std::function<void()>& work) {
    work();
    return std::int64_t{10} * ++counted;
  };
  const auto times =
      time_single_stream({&job, 1}, {.warm_up = 2, .repeat = 1, .count_macs = count});
  CHECK(counted == 2);
  CHECK(method.count == 6);
  CHECK(times[0].macs_per_image.value() == 15.0);
  const auto cold = time_single_stream({&job, 1}, {.warm_up = 0, .repeat = 1, .count_macs = count});
  CHECK_FALSE(cold[0].macs_per_image);
}

TEST_CASE("offline repetitions keep all threads at work", "[runners][bench]") {
  CHECK(offline_chunk(2, 2) == 2);
  CHECK(offline_chunk(3, 2) == 4);
  CHECK(offline_chunk(1, 16) == 16);
  CHECK(offline_chunk(40, 16) == 48);

  const testing::TemporaryFolder folder;
  const datasets::Dataset dataset = make_set(folder, 3);
  const Counting method;
  const results::Throughput reached =
      time_offline(job_for(method, dataset), {.warm_up = 1, .repeat = 2, .threads = 2});
  CHECK(method.count == 12);
  CHECK(reached.images == 8);
  CHECK(reached.per_chunk.n == 2);
  CHECK(reached.images_per_s > 0.0);
  CHECK(reached.cores_busy > 0.0);
}

TEST_CASE("whoever interrupts a measurement ends it before the next image", "[runners][bench]") {
  const testing::TemporaryFolder folder;
  const datasets::Dataset dataset = make_set(folder, 1);
  const Counting method;
  const RunJob job = job_for(method, dataset);
  std::atomic<bool> interrupted{false};
  TimingSettings settings{.warm_up = 0, .repeat = 100, .threads = 1, .interrupted = &interrupted};
  settings.progress = [&] { interrupted = method.count == 3; };
  CHECK_THROWS_AS(time_single_stream({&job, 1}, settings), Interrupted);
  CHECK(method.count == 3);
  CHECK_THROWS_AS(time_offline(job, settings), Interrupted);
  CHECK(method.count == 3);
}

TEST_CASE("peak memory is that since the watch began", "[runners][bench]") {
  const PeakMemory memory;
  if (!memory.is_own()) {
    WARN("skipped: this system does not let a process forget its peak");
    return;
  }
  constexpr std::size_t kBytes = 64 << 20;
  // Mapped, not allocated: an allocator may keep what it is given back, a sanitizer's does.
  void* const block =
      ::mmap(nullptr, kBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  REQUIRE(block != MAP_FAILED);
  std::memset(block, 1, kBytes);
  REQUIRE(::munmap(block, kBytes) == 0);
  CHECK(memory.peak_bytes() >= memory.before_bytes() + static_cast<std::int64_t>(kBytes) / 2);
  const PeakMemory after;
  CHECK(after.peak_bytes() < memory.before_bytes() + static_cast<std::int64_t>(kBytes) / 2);
}

TEST_CASE("a machine is quiet unless others use a twentieth of it or its clock is left to change",
          "[runners][bench]") {
  CHECK(why_not_quiet({}, 4).empty());
  CHECK(why_not_quiet({.governor = "performance", .others_before = 0.1, .others_during = 0.1}, 4)
            .empty());
  CHECK_THAT(why_not_quiet({.others_before = 0.3}, 4), Contains("0.30 of 4 cores before"));
  CHECK_THAT(why_not_quiet({.others_before = 0.3, .others_during = 0.5}, 4),
             Contains("0.50 of 4 cores during"));
  CHECK(why_not_quiet({.others_before = 0.3}, 64).empty());
  CHECK_THAT(why_not_quiet({.governor = "powersave"}, 4), Contains("powersave"));
}

TEST_CASE("cores that the host of a virtual machine took away count as busy", "[runners][bench]") {
  CHECK(busy_ticks("cpu  10 20 30 1000 2000 40 50 60 0 0") == 210.0);
  CHECK_FALSE(busy_ticks("cpu0 10 20 30 1000 2000 40 50 60 0 0"));
  CHECK_FALSE(busy_ticks("cpu 10 20"));
  CHECK_FALSE(busy_ticks(""));
}

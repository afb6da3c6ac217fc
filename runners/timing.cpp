#include "runners/timing.hpp"

#include <algorithm>
#include <mutex>
#include <utility>

#include "baselines/deep/module.hpp"
#include "core/error.hpp"
#include "core/parallel.hpp"
#include "core/stopwatch.hpp"
#include "runners/cpu_time.hpp"
#include "runners/sample_steps.hpp"

namespace mbench::runners {
namespace {

void stop_if_interrupted(const TimingSettings& settings) {
  if (settings.interrupted != nullptr && settings.interrupted->load()) throw Interrupted{};
}

/// A method that fails while it is interrupted has most likely been stopped.
MethodAnswer ask_unless_interrupted(const RunJob& job, const Sample& sample,
                                    const TimingSettings& settings) {
  try {
    return ask(job, job.method, sample, Depth::u8);
  } catch (const Error&) {
    stop_if_interrupted(settings);
    throw;
  }
}

results::ImageTimes time_image(const RunJob& job, const SampleFiles& files,
                               const TimingSettings& settings) {
  results::ImageTimes times{.sample_id = files.id};
  Stopwatch watch;
  const Sample sample = datasets::load_sample(job.dataset, files);
  times.decode_s = watch.lap();
  const double cpu_before_s = own_cpu_s();
  (void)watch.lap();
  const MethodAnswer answer = ask_unless_interrupted(job, sample, settings);
  times.latency_s = watch.lap();
  times.cpu_s = own_cpu_s() - cpu_before_s;
  times.prepare_s = answer.prepare_s;
  times.transfer_s = answer.transfer_s;
  times.infer_s = answer.infer_s;
  times.finish_s = answer.finish_s;
  (void)watch.lap();
  (void)score(job, sample, answer);
  times.score_s = watch.lap();
  return times;
}

class Idle final : public baselines::Method {
 public:
  [[nodiscard]] baselines::Estimate estimate(const baselines::MattingInput& input) const override {
    return {.alpha = Matte{Plane<std::uint8_t>{input.image.size()}}};
  }
};

}  // namespace

std::size_t interleaved(std::size_t turn, std::size_t position, std::size_t jobs) {
  return turn % 2 == 0 ? position : jobs - 1 - position;
}

std::vector<StreamTimes> time_single_stream(std::span<const RunJob> jobs,
                                            const TimingSettings& settings) {
  std::vector<StreamTimes> result(jobs.size());
  std::vector<double> macs(jobs.size());
  const std::vector<SampleFiles>& samples = jobs.front().dataset.samples;
  for (int pass = 0; pass < settings.warm_up + settings.repeat; ++pass) {
    const bool counts_macs = pass == 0 && settings.warm_up > 0 && settings.count_macs;
    for (std::size_t sample = 0; sample < samples.size(); ++sample) {
      // Not a running number: with an even number of images each would keep its first method.
      const std::size_t turn = static_cast<std::size_t>(pass) + sample;
      for (std::size_t position = 0; position < jobs.size(); ++position) {
        stop_if_interrupted(settings);
        const std::size_t index = interleaved(turn, position, jobs.size());
        results::ImageTimes times;
        const auto work = [&] { times = time_image(jobs[index], samples[sample], settings); };
        if (counts_macs) {
          macs[index] += static_cast<double>(settings.count_macs(work));
        } else {
          work();
        }
        if (pass >= settings.warm_up) {
          times.repetition = pass - settings.warm_up;
          result[index].images.push_back(std::move(times));
        }
        if (settings.progress) settings.progress();
      }
    }
    if (!counts_macs) continue;
    for (std::size_t i = 0; i < jobs.size(); ++i) {
      result[i].macs_per_image = macs[i] / static_cast<double>(samples.size());
    }
  }
  return result;
}

std::size_t offline_chunk(std::size_t images, int threads) {
  const auto workers = static_cast<std::size_t>(threads);
  return (images + workers - 1) / workers * workers;
}

results::Throughput time_offline(const RunJob& job, const TimingSettings& settings) {
  const std::vector<SampleFiles>& samples = job.dataset.samples;
  const std::size_t chunk = offline_chunk(samples.size(), settings.threads);
  const auto repetitions = static_cast<std::size_t>(settings.warm_up + settings.repeat);
  std::vector<results::Completion> completions;
  std::mutex mutex;
  const double cpu_before_s = own_cpu_s();
  const Stopwatch watch;
  parallel_for(chunk * repetitions, settings.threads, [&](std::size_t i) {
    stop_if_interrupted(settings);
    const results::ImageTimes times =
        time_image(job, samples[i % chunk % samples.size()], settings);
    const std::lock_guard lock{mutex};
    completions.push_back({.wall_s = watch.elapsed_s(),
                           .cpu_s = own_cpu_s() - cpu_before_s,
                           .device_s = times.transfer_s + times.infer_s});
    if (settings.progress) settings.progress();
  });
  return results::throughput(std::move(completions), chunk,
                             static_cast<std::size_t>(settings.warm_up));
}

std::unique_ptr<baselines::Method> make_idle_method() { return std::make_unique<Idle>(); }

std::optional<double> measure_peak_flops(const Device& device, Precision precision, int threads) {
  const baselines::DeviceTools& tools = baselines::deep_module().device;
  if (device.kind == Device::Kind::cuda) return tools.peak_flops(device, precision);
  std::mutex mutex;
  std::optional<double> sum;
  parallel_for(static_cast<std::size_t>(threads), threads, [&](std::size_t) {
    const std::optional<double> found = tools.peak_flops(device, precision);
    const std::lock_guard lock{mutex};
    if (found) sum = sum.value_or(0.0) + *found;
  });
  return sum;
}

}  // namespace mbench::runners

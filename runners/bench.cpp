#include "runners/bench.hpp"

#include <algorithm>
#include <utility>

#include "baselines/deep/module.hpp"

namespace mbench::runners {
namespace {

bool on_gpu(const std::optional<NetworkPlace>& network) {
  return network && network->device.kind == Device::Kind::cuda;
}

/// Of time_single_stream() as the plan has it. Offline alone runs the warm-up here all the same:
/// MACs are counted in it.
TimingSettings single_stream_settings(const BenchPlan& plan, bool any_network) {
  TimingSettings settings = plan.timing;
  if (!plan.single_stream) settings.repeat = 0;
  if (any_network) settings.count_macs = baselines::deep_module().device.count_macs;
  return settings;
}

void take_single_stream(results::BenchRow& row, StreamTimes times) {
  row.effort.macs_per_image = times.macs_per_image;
  if (!times.images.empty()) row.single_stream = results::single_stream(std::move(times.images));
}

}  // namespace

std::optional<double> PeakFlops::of(const NetworkPlace& place, int threads) {
  // A GPU has one peak, however many threads feed it.
  const int used = place.device.kind == Device::Kind::cuda ? 1 : threads;
  const std::tuple key{to_string(place.device), place.precision, used};
  const auto found = known_.find(key);
  if (found != known_.end()) return found->second;
  return known_[key] = measure_peak_flops(place.device, place.precision, used);
}

results::BenchRow bench(const RunJob& job, const BenchPlan& plan, const PeakMemory& memory,
                        const std::optional<NetworkPlace>& network, PeakFlops& peaks) {
  results::BenchRow row{.method = job.method_info};
  if (on_gpu(network)) baselines::deep_module().device.reset_peak_memory(network->device);
  const TimingSettings settings = single_stream_settings(plan, network.has_value());
  take_single_stream(row, std::move(time_single_stream({&job, 1}, settings).front()));
  if (plan.offline) {
    row.offline = results::Offline{.threads = plan.timing.threads,
                                   .throughput = time_offline(job, plan.timing)};
    if (!on_gpu(network)) row.offline->throughput.device_busy = 0.0;
  }
  row.memory = results::MemoryUse{.host_before_bytes = memory.before_bytes(),
                                  .host_peak_bytes = memory.peak_bytes(),
                                  .host_peak_is_own = memory.is_own()};
  if (!network) return row;
  row.memory->device_peak_bytes =
      baselines::deep_module().device.peak_memory_bytes(network->device);
  if (plan.single_stream) row.effort.peak_flops_thread = peaks.of(*network, 1);
  if (plan.offline) row.effort.peak_flops_offline = peaks.of(*network, plan.timing.threads);
  return row;
}

std::vector<results::BenchRow> bench_in_turn(
    const std::vector<RunJob>& jobs, const BenchPlan& plan,
    const std::vector<std::optional<NetworkPlace>>& networks, PeakFlops& peaks) {
  const bool any_network =
      std::ranges::any_of(networks, [](const auto& network) { return network.has_value(); });
  std::vector<StreamTimes> times =
      time_single_stream(jobs, single_stream_settings(plan, any_network));
  std::vector<results::BenchRow> rows;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    results::BenchRow row{.method = jobs[i].method_info};
    if (!networks[i]) times[i].macs_per_image.reset();
    take_single_stream(row, std::move(times[i]));
    if (networks[i]) row.effort.peak_flops_thread = peaks.of(*networks[i], 1);
    rows.push_back(std::move(row));
  }
  return rows;
}

results::BenchRow bench_harness(const RunJob& like, const BenchPlan& plan) {
  const auto idle = make_idle_method();
  const RunJob job{.method = *idle,
                   .method_info = {.id = "idle",
                                   .title = "Nothing (the harness itself)",
                                   .precision = "none",
                                   .device = "cpu"},
                   .dataset = like.dataset,
                   .protocols = like.protocols};
  results::BenchRow row{.label = job.method_info.title, .method = job.method_info};
  take_single_stream(
      row, std::move(time_single_stream({&job, 1}, single_stream_settings(plan, false)).front()));
  if (plan.offline) {
    row.offline = results::Offline{.threads = plan.timing.threads,
                                   .throughput = time_offline(job, plan.timing)};
    row.offline->throughput.device_busy = 0.0;
  }
  return row;
}

}  // namespace mbench::runners

#pragma once
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "baselines/method.hpp"
#include "results/timing.hpp"
#include "runners/runner.hpp"

// Measures how long methods take. The way of a sample is that of a run (runners/sample_steps.hpp)
// without saving: decode, ask, score. Files were read before, so that decoding finds them in the
// memory of the operating system.

namespace mbench::runners {

struct TimingSettings {
  int warm_up{1};                          ///< repetitions that are dropped
  int repeat{10};                          ///< repetitions that count: each image once
  int threads{1};                          ///< images at a time, offline
  const std::atomic<bool>* interrupted{};  ///< once true, Interrupted is thrown
  std::function<void()> progress{};        ///< after every image; one call at a time
  /// Counts what `work` computes on this thread; used in the first warm-up repetition.
  std::function<std::int64_t(const std::function<void()>& work)> count_macs{};
};

/// Someone asked for the end.
struct Interrupted {};

/// The job that is asked in place `position` of turn number `turn`: forwards in even turns,
/// backwards in odd ones, so that none of several always follows the same other.
[[nodiscard]] std::size_t interleaved(std::size_t turn, std::size_t position, std::size_t jobs);

struct StreamTimes {
  std::vector<results::ImageTimes> images{};  ///< repetition after repetition, in sample order
  std::optional<double> macs_per_image{};     ///< mean over the images; if they were counted
};

/// Times one image at a time on the calling thread. Several jobs, of one data set, are asked in
/// turn about each image. One StreamTimes per job. Throws what a sample throws.
[[nodiscard]] std::vector<StreamTimes> time_single_stream(std::span<const RunJob> jobs,
                                                          const TimingSettings& settings);

/// Images in one repetition offline: those of the data set, over and over, up to the next multiple
/// of the threads, so that none of these waits at the end of a repetition.
[[nodiscard]] std::size_t offline_chunk(std::size_t images, int threads);

/// Times all repetitions as one stream on all threads.
[[nodiscard]] results::Throughput time_offline(const RunJob& job, const TimingSettings& settings);

/// A stand-in method that answers with a matte of zeros and computes nothing: what it takes is what
/// measuring costs. In no catalogue.
[[nodiscard]] std::unique_ptr<baselines::Method> make_idle_method();

/// Floating-point operations per second that LibTorch reaches on `threads` threads of the CPU at a
/// time, or on the GPU; measured. Needs the module for networks.
[[nodiscard]] std::optional<double> measure_peak_flops(const Device& device, Precision precision,
                                                       int threads);

}  // namespace mbench::runners

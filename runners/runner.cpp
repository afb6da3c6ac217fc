#include "runners/runner.hpp"

#include <algorithm>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include <fmt/core.h>
#include <fmt/format.h>

#include "core/parallel.hpp"
#include "core/sha256.hpp"
#include "core/stopwatch.hpp"
#include "results/store.hpp"
#include "results/summary.hpp"
#include "runners/environment.hpp"
#include "runners/sample_runner.hpp"
#include "runners/sample_steps.hpp"
#include "runners/scoring.hpp"

namespace mbench::runners {
namespace {

/// `user`: "method 'net-m'", whatever looks at them.
Error no_trimaps(const RunJob& job, std::string_view user, std::string fix) {
  return Error{
      ErrorKind::bad_input,
      {.what = fmt::format("{} needs trimaps and data set '{}' has none", user, job.dataset.id),
       .where = job.dataset.root.string(),
       .expected = "a folder of trimaps beside the images",
       .fix = std::move(fix)}};
}

/// The method as the record holds it: what it was given counts as one of its options.
results::MethodInfo method_info(const RunJob& job) {
  results::MethodInfo info = job.method_info;
  if (job.needs.segmentation) {
    info.options.emplace_back("segmentation", to_string(job.segmentation));
  }
  return info;
}

/// The method that has worked on all pending samples at once, or null.
std::unique_ptr<baselines::Method> answer_all(const RunJob& job, const RunSettings& settings,
                                              const std::vector<const SampleFiles*>& pending) {
  std::vector<std::string> ids;
  for (const SampleFiles* files : pending) ids.push_back(files->id);
  return job.method.answer_all(
      {.ids = ids,
       .visit =
           [&](std::size_t index, const std::function<void(const baselines::MattingInput&)>& use) {
             const Sample sample = datasets::load_sample(job.dataset, *pending[index]);
             use(prepare(job, sample).input());
           },
       .interrupted = settings.interrupted});
}

bool is_frame(const SampleFiles& sample) { return datasets::clip_key(sample).has_value(); }

/// Runs samples, keeps count, appends rows to the log. Used from several threads.
class Session {
 public:
  /// `answered`: has worked on all samples already, in place of the job's method; or null.
  Session(const RunJob& job, const RunSettings& settings, const baselines::Method* answered,
          RunFolder& folder)
      : job_{job},
        settings_{settings},
        answered_{answered != nullptr},
        folder_{folder},
        runner_{job, settings, answered_ ? *answered : job.method},
        progress_{.done = folder.finished.size(), .resumed = folder.finished.size()} {
    report(nullptr);
  }

  /// Runs what is left of a group: a still, or the frames of a clip one after the other.
  void run_group(const datasets::SampleGroup& group) {
    const std::size_t done = count_finished(group);
    if (done == group.size()) return;
    if (!is_frame(*group.front())) {
      (void)run_sample(*group.front(), nullptr);
      return;
    }
    ClipState clip{.memory = job_.method.begin_clip()};
    try {
      replay(std::span{group}.first(done), clip);
    } catch (const std::exception& failure) {  // what follows cannot be what it would have been
      if (settings_.strict) throw;
      for (const SampleFiles* files : std::span{group}.subspan(done)) {
        if (!interrupted()) finish(failed_row(*files, {}, failure));
      }
      return;
    }
    for (const SampleFiles* files : std::span{group}.subspan(done)) {
      if (!run_sample(*files, &clip)) return;  // the next frame cannot be scored without it
    }
  }

  [[nodiscard]] bool interrupted() const {
    return settings_.interrupted != nullptr && settings_.interrupted->load();
  }

 private:
  /// Of a group, those finished come first: open_run_folder() sees to it.
  [[nodiscard]] std::size_t count_finished(const datasets::SampleGroup& group) {
    const std::lock_guard lock{mutex_};
    return static_cast<std::size_t>(std::ranges::count_if(
        group, [&](const SampleFiles* files) { return folder_.finished.contains(files->id); }));
  }

  /// A method that remembers needs all frames before the next one, scores of pairs of frames the
  /// last of them.
  void replay(std::span<const SampleFiles* const> frames, ClipState& clip) {
    const std::size_t first = clip.memory || frames.empty() ? 0 : frames.size() - 1;
    for (const SampleFiles* files : frames.subspan(first)) {
      if (!stops()) runner_.replay(*files, clip);
    }
  }

  /// Nothing that is computed is lost: answers that are there are still scored.
  [[nodiscard]] bool stops() const { return interrupted() && !answered_; }

  /// Whether the sample has its row now.
  [[nodiscard]] bool run_sample(const SampleFiles& files, ClipState* clip) {
    if (stops()) return false;
    results::SampleResult row{.id = files.id, .tags = files.tags};
    try {
      runner_.run(files, clip, row);
    } catch (const std::exception& failure) {
      if (interrupted()) return false;  // perhaps for that reason: it is left to the next run
      if (settings_.strict) throw;
      row = failed_row(files, row.size, failure);
    }
    finish(std::move(row));
    return true;
  }

  static results::SampleResult failed_row(const SampleFiles& files, Size size,
                                          const std::exception& failure) {
    return {.id = files.id,
            .size = size,
            .tags = files.tags,
            .status = results::Status::failed,
            .error = describe_failure(failure)};
  }

  void finish(results::SampleResult row) {
    folder_.log->append(row);
    const std::lock_guard lock{mutex_};
    const auto [place, inserted] = folder_.finished.emplace(row.id, std::move(row));
    ++progress_.done;
    if (place->second.status == results::Status::failed) ++progress_.failed;
    report(&place->second);
  }

  void report(const results::SampleResult* last) {
    progress_.last = last;
    if (settings_.progress) settings_.progress(progress_);
  }

  const RunJob& job_;
  const RunSettings& settings_;
  bool answered_;
  RunFolder& folder_;
  SampleRunner runner_;
  std::mutex mutex_{};
  Progress progress_;
};

}  // namespace

void require_inputs(const RunJob& job) {
  const bool any_trimap = std::ranges::any_of(
      job.dataset.samples, [](const SampleFiles& sample) { return !sample.trimap.empty(); });
  const bool any_truth = std::ranges::any_of(
      job.dataset.samples, [](const SampleFiles& sample) { return !sample.truth.empty(); });
  if (job.dataset.samples.empty()) return;  // a shard may be
  if (job.needs.trimap && !any_trimap) {
    throw no_trimaps(job, fmt::format("method '{}'", job.method_info.id),
                     "add trimaps, or choose a method without that need: `mbench list methods`");
  }
  if (job.needs.segmentation) {
    require_segmentations(job.dataset, job.segmentation, job.method_info.id);
  }
  for (const metrics::Protocol* protocol : job.protocols) {
    const bool scores_trimaps = protocol->needs == metrics::ProtocolNeeds::trimap_pair;
    if (scores_trimaps && !job.gives_trimap) {
      throw Error{ErrorKind::usage,
                  {.what = fmt::format("protocol '{}' scores trimaps, and method '{}' finds none",
                                       protocol->id, job.method_info.id),
                   .expected = "a method that finds trimaps: `mbench list methods`",
                   .fix = fmt::format("choose another, or score ready trimaps: `mbench eval "
                                      "--protocol {} --pred-trimap DIR --trimap DIR`",
                                      protocol->id)}};
    }
    const bool looks_at_trimaps =
        scores_trimaps || (protocol->needs == metrics::ProtocolNeeds::trimap && any_truth);
    if (looks_at_trimaps && !any_trimap) {
      throw no_trimaps(job, fmt::format("protocol '{}'", protocol->id),
                       "add trimaps, or choose another --protocol: `mbench list protocols`");
    }
  }
}

std::string run_identity(const RunJob& job, const RunSettings& settings) {
  // One fact per line; a line feed inside a value cannot forge another because lengths are given.
  std::string text;
  const auto add = [&](std::string_view key, std::string_view value) {
    text += fmt::format("{} {} {}\n", key, value.size(), value);
  };
  std::vector<std::string> sample_ids;
  for (const SampleFiles& sample : job.dataset.samples) {
    sample_ids.push_back(sample.id);
    add("sample", sample.id);  // not in the manifest: which of its samples this shard has, and tags
    for (const auto& [name, value] : sample.tags) {
      add("tag", name);
      add("value", value);
    }
  }
  add("schema", results::kRecordSchema);
  add("method", job.method_info.id);
  for (const auto& [name, value] : method_info(job).options) add(name, value);
  add("content", job.method.content_sha256(sample_ids));
  if (job.method_info.weights) add("weights", job.method_info.weights->sha256);
  add("precision", job.method_info.precision);
  // Not which GPU: those of one machine agree.
  add("device", job.method_info.device.starts_with("cuda") ? "cuda" : "cpu");
  add("manifest", job.manifest_sha256);
  const imaging::TrimapLevels& levels = job.dataset.trimap_levels;
  add("trimap_levels",
      fmt::format("{} {} {}", levels.background, levels.unknown, levels.foreground));
  for (const metrics::Protocol* protocol : job.protocols) {
    add("protocol", metrics::versioned_id(*protocol));
  }
  add("matte_depth", to_string(settings.matte_depth));
  add("mattes", settings.keep_mattes ? "kept" : "not kept");
  return sha256_hex(std::string_view{text});
}

void require_runnable(const RunJob& job, const RunSettings& settings) {
  require_inputs(job);
  require_usable(settings.folder, run_identity(job, settings), settings.existing);
}

RunOutcome run(const RunJob& job, const RunSettings& settings) {
  require_inputs(job);
  const Stopwatch watch;
  const int threads = resolve_threads(settings.threads);
  RunOutcome outcome;
  results::RunRecord& record = outcome.record;
  record.started = utc_now();

  const std::vector<datasets::SampleGroup> groups = datasets::group_by_clip(job.dataset.samples);
  RunFolder folder =
      open_run_folder(settings.folder, run_identity(job, settings), groups, settings.existing);
  if (folder.record) {
    outcome.record = std::move(*folder.record);
    outcome.taken_over = true;
    return outcome;
  }

  std::vector<const SampleFiles*> pending;
  for (const datasets::SampleGroup& group : groups) {
    const bool is_done = std::ranges::all_of(
        group, [&](const SampleFiles* files) { return folder.finished.contains(files->id); });
    // Of a clip all frames: what is left of it begins with what its method remembers.
    if (!is_done) pending.insert(pending.end(), group.begin(), group.end());
  }
  const std::unique_ptr<baselines::Method> answered = answer_all(job, settings, pending);
  Session session{job, settings, answered.get(), folder};
  parallel_for(groups.size(), threads, [&](std::size_t i) { session.run_group(groups[i]); });

  record.tool = tool();
  record.environment = environment(threads);
  record.command = settings.command;
  record.method = method_info(job);
  record.dataset = {.id = job.dataset.id,
                    .title = job.dataset.title,
                    .samples = job.dataset.samples.size(),
                    .manifest_sha256 = job.manifest_sha256};
  record.protocols = protocol_ids(job.protocols);
  record.protocol_versions = protocol_versions(job.protocols);
  if (std::ranges::any_of(job.dataset.samples, is_frame)) {
    record.averaging = sequence_averaging(job.protocols);
  }
  for (const SampleFiles& sample : job.dataset.samples) {
    const auto row = folder.finished.find(sample.id);
    if (row != folder.finished.end()) record.samples.push_back(row->second);
  }
  results::finalise(record);
  record.elapsed_s = watch.elapsed_s();
  if (record.samples.size() < job.dataset.samples.size()) {
    outcome.interrupted = true;
    return outcome;
  }
  results::write_record(record_file(settings.folder), record);
  return outcome;
}

}  // namespace mbench::runners

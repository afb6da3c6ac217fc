#include "app/bench.hpp"

#include <algorithm>
#include <utility>

#include <fmt/core.h>

#include "app/interrupt.hpp"
#include "app/progress.hpp"
#include "baselines/deep/module.hpp"
#include "core/error.hpp"
#include "core/options.hpp"
#include "core/parallel.hpp"
#include "core/stopwatch.hpp"
#include "datasets/check.hpp"
#include "datasets/select.hpp"
#include "imaging/io.hpp"
#include "reports/row_labels.hpp"
#include "runners/environment.hpp"
#include "runners/problem_list.hpp"
#include "runners/scoring.hpp"

namespace mbench::app {
namespace {

[[noreturn]] void refuse(std::string what, std::string found, std::string fix) {
  throw Error{ErrorKind::usage,
              {.what = std::move(what), .found = std::move(found), .fix = std::move(fix)}};
}

/// What the options ask for, refused where they contradict each other.
runners::BenchPlan make_plan(const BenchCommand& command) {
  if (command.methods.empty() == command.compared.empty()) {
    refuse("bench takes either METHODs or --compare A B",
           command.methods.empty() ? "neither" : "both", "see `mbench bench --help`");
  }
  const bool compares = !command.compared.empty();
  if (compares && command.mode == "offline") {
    refuse("--compare measures one image at a time", "--mode offline",
           "leave --mode out, or bench both methods without --compare");
  }
  if (compares && command.precisions.size() > 1) {
    refuse("--compare takes one precision", fmt::format("{} of them", command.precisions.size()),
           "name one with --precision");
  }
  if (command.repeat < 1) refuse("nothing would be measured", "--repeat 0", "take at least 1");
  runners::BenchPlan plan{.single_stream = command.mode != "offline",
                          .offline = command.mode != "single-stream" && !compares};
  plan.timing.warm_up = command.warm_up;
  plan.timing.repeat = command.repeat;
  plan.timing.threads = plan.offline ? resolve_threads(command.threads) : 1;
  return plan;
}

std::vector<Candidate> make_candidates(const BenchCommand& command) {
  const std::vector<std::string> texts =
      command.compared.empty() ? split_names(command.methods) : command.compared;
  std::vector<Candidate> candidates;
  for (const std::string& precision : command.precisions) {
    MethodChoices choices = command.choices;
    choices.precision = precision;
    const std::vector<NamedMethod> named = find_methods(texts, choices);
    for (std::size_t i = 0; i < texts.size(); ++i) {
      // What is no network has one precision: it is measured once.
      if (!named[i].is_network() && &precision != &command.precisions.front()) continue;
      candidates.push_back({.text = texts[i], .named = named[i], .choices = choices});
    }
  }
  return candidates;
}

datasets::Dataset open_input(const BenchCommand& command) {
  std::string name = command.dataset;
  if (name.empty()) {
    (void)parse_size(command.size);
    name = fmt::format("demo:count={}:size={}", std::max(1, command.limit), command.size);
  }
  datasets::Selection selection;
  if (command.limit > 0) selection.limit = command.limit;
  datasets::Dataset dataset = datasets::select(datasets::open_dataset(name), selection);
  std::vector<datasets::Problem> problems = datasets::check_dataset(dataset, command.threads);
  std::erase_if(problems, [](const datasets::Problem& problem) {
    return problem.severity != datasets::Severity::error || problem.code == "contradiction";
  });
  if (!problems.empty()) throw runners::combined_error(problems);
  return dataset;
}

/// The size of all images, or "" if they differ.
std::string common_size(const datasets::Dataset& dataset) {
  const Size first = imaging::probe_image(dataset.samples.front().image).size;
  const bool same = std::ranges::all_of(dataset.samples, [&](const SampleFiles& sample) {
    return imaging::probe_image(sample.image).size == first;
  });
  return same ? to_string(first) : std::string{};
}

/// Times do not depend on what a network has learnt: where its published weights are not here and
/// none were named, weights by a formula serve, and the row says so.
PreparedMethod make(const Candidate& candidate) {
  const bool may_be_untrained = candidate.named.asked->deep && candidate.choices.weights.empty();
  if (!may_be_untrained) return prepare_method(candidate.named, candidate.choices);
  try {
    return prepare_method(candidate.named, candidate.choices);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::unavailable) throw;
  }
  MethodChoices choices = candidate.choices;
  choices.weights = "recipe:1";
  PreparedMethod method = prepare_method(candidate.named, choices);
  fmt::print(stderr,
             "mbench: {}: the published weights are not here; times are those of untrained ones\n",
             candidate.text);
  return method;
}

/// Of a method that LibTorch computes; of others nothing can be counted.
std::optional<runners::NetworkPlace> place_of(const Candidate& candidate) {
  if (!candidate.named.uses_libtorch) return {};
  return runners::NetworkPlace{.device = parse_device(candidate.choices.device),
                               .precision = parse_precision(candidate.choices.precision)};
}

/// Images that one method is asked about.
std::size_t visits(const runners::BenchPlan& plan, std::size_t images) {
  const auto warm_up = static_cast<std::size_t>(plan.timing.warm_up);
  const auto repeat = static_cast<std::size_t>(plan.timing.repeat);
  std::size_t count = images * (warm_up + (plan.single_stream ? repeat : 0));
  if (plan.offline) {
    count += runners::offline_chunk(images, plan.timing.threads) * (warm_up + repeat);
  }
  return count;
}

/// Measures by a plan with a bar that shows how far this measurement is.
template <typename Measure>
auto with_progress(const BenchCommand& command, runners::BenchPlan plan, const std::string& title,
                   std::size_t total, Measure&& measure) {
  ProgressBar bar{title, total, verbosity(command.quiet, false)};
  std::size_t done = 0;
  plan.timing.progress = [&] { bar.show(++done, 0, 0, {}); };
  return measure(plan);
}

}  // namespace

Bench::Bench(const BenchCommand& command)
    : command_{command},
      plan_{make_plan(command)},
      candidates_{make_candidates(command)},
      dataset_{open_input(command)},
      protocols_{runners::find_protocols(dataset_.default_protocols)} {
  require_inputs();
  plan_.timing.interrupted = &watch_for_interrupt();
  record_.started = runners::utc_now();
  record_.command = command.command_line;
  record_.settings = {.warm_up = plan_.timing.warm_up,
                      .repeat = plan_.timing.repeat,
                      .threads = plan_.timing.threads};
  if (plan_.single_stream) record_.settings.modes.emplace_back("single-stream");
  if (plan_.offline) record_.settings.modes.emplace_back("offline");
  record_.input = {.dataset = dataset_.title,
                   .images = dataset_.samples.size(),
                   .size = common_size(dataset_),
                   .protocols = runners::protocol_ids(protocols_)};
}

void Bench::measure() {
  record_.machine = runners::machine_state();
  const runners::OtherPrograms others;
  const Stopwatch watch;
  try {
    measure_harness();
    command_.compared.empty() ? measure_each() : measure_in_turn();
  } catch (const runners::Interrupted&) {
    record_.interrupted = true;
  }
  record_.elapsed_s = watch.elapsed_s();
  record_.machine.others_during = others.cores_busy();
  record_.machine.clock_mhz = clock_.lowest_mhz();
  record_.tool = runners::tool();
  record_.environment = runners::environment(plan_.timing.threads);
  const Device device = parse_device(command_.choices.device);
  if (device.kind == Device::Kind::cuda && baselines::deep_module_is_open()) {
    record_.environment.gpu = baselines::deep_module().device.name(device);
  }
  label_rows();
  if (!command_.compared.empty() && record_.methods.size() == 2) {
    record_.comparison = results::compare(record_.methods[0], record_.methods[1]);
  }
}

runners::RunJob Bench::job_of(const PreparedMethod& method) const {
  return {.method = *method.method,
          .needs = method.needs,
          .gives_trimap = method.entry->gives_trimap,
          .method_info = method.info,
          .dataset = dataset_,
          .protocols = protocols_,
          .segmentation = runners::segmentation_source(command_.choices.segmentation, dataset_)};
}

/// Images that lack what a method needs are a reason not to begin. What a method needs is known
/// before it is made.
void Bench::require_inputs() const {
  const auto idle = runners::make_idle_method();
  for (const Candidate& candidate : candidates_) {
    const baselines::MethodEntry& entry = *candidate.named.entry;
    runners::require_inputs(
        {.method = *idle,
         .needs = candidate.named.needs,
         .gives_trimap = entry.gives_trimap,
         .method_info = {.id = std::string{entry.id}, .title = std::string{entry.title}},
         .dataset = dataset_,
         .protocols = protocols_,
         .segmentation = runners::segmentation_source(command_.choices.segmentation, dataset_)});
  }
}

void Bench::measure_harness() {
  const auto idle = runners::make_idle_method();
  const runners::RunJob like{.method = *idle, .dataset = dataset_, .protocols = protocols_};
  record_.harness =
      with_progress(command_, plan_, "harness", visits(plan_, dataset_.samples.size()),
                    [&](const auto& plan) { return runners::bench_harness(like, plan); });
}

/// Each method is made, measured and gone before the next, so that its memory is its own. Whatever
/// one of them throws costs its own row only.
void Bench::measure_each() {
  for (const Candidate& candidate : candidates_) {
    if (plan_.timing.interrupted->load()) throw runners::Interrupted{};
    try {
      const runners::PeakMemory memory;
      const PreparedMethod method = make(candidate);
      const runners::RunJob job = job_of(method);
      record_.methods.push_back(
          with_progress(command_, plan_, candidate.text, visits(plan_, dataset_.samples.size()),
                        [&](const auto& plan) {
                          return runners::bench(job, plan, memory, place_of(candidate), peaks_);
                        }));
      clock_.look();
    } catch (const std::exception& failure) {
      take_failure(candidate, failure);
    }
  }
}

void Bench::take_failure(const Candidate& candidate, const std::exception& failure) {
  record_.failed.push_back({.label = candidate.text, .error = runners::describe_failure(failure)});
  if (exit_code_ != ExitCode::success) return;
  const auto* error = dynamic_cast<const Error*>(&failure);
  const ErrorKind kind = error == nullptr ? ErrorKind::internal : error->kind();
  exit_code_ = kind == ErrorKind::method ? ExitCode::not_available : app::exit_code(kind);
}

void Bench::measure_in_turn() {
  std::vector<PreparedMethod> methods;
  std::vector<runners::RunJob> jobs;
  std::vector<std::optional<runners::NetworkPlace>> places;
  for (const Candidate& candidate : candidates_) {
    methods.push_back(make(candidate));
    places.push_back(place_of(candidate));
  }
  for (const PreparedMethod& method : methods) jobs.push_back(job_of(method));
  record_.methods = with_progress(
      command_, plan_, "in turn", 2 * visits(plan_, dataset_.samples.size()),
      [&](const auto& plan) { return runners::bench_in_turn(jobs, plan, places, peaks_); });
  clock_.look();
}

void Bench::label_rows() {
  std::vector<results::RunRecord> records(record_.methods.size());
  for (std::size_t i = 0; i < records.size(); ++i) records[i].method = record_.methods[i].method;
  const std::vector<std::string> labels = reports::row_labels(records);
  for (std::size_t i = 0; i < labels.size(); ++i) record_.methods[i].label = labels[i];
}

}  // namespace mbench::app

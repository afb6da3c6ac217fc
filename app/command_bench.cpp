#include <algorithm>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>
#include <CLI/CLI.hpp>

#include "app/commands.hpp"
#include "app/config_file.hpp"
#include "app/exit_codes.hpp"
#include "app/interrupt.hpp"
#include "app/output.hpp"
#include "app/prepared_method.hpp"
#include "app/progress.hpp"
#include "baselines/deep/module.hpp"
#include "core/parallel.hpp"
#include "core/stopwatch.hpp"
#include "datasets/check.hpp"
#include "datasets/dataset.hpp"
#include "datasets/select.hpp"
#include "imaging/io.hpp"
#include "reports/bench_table.hpp"
#include "reports/formats/console.hpp"
#include "reports/formats/markdown.hpp"
#include "reports/row_labels.hpp"
#include "runners/bench.hpp"
#include "runners/environment.hpp"
#include "runners/machine_state.hpp"
#include "runners/problem_list.hpp"
#include "runners/scoring.hpp"

namespace mbench::app {
namespace {

struct BenchCommand {
  std::vector<std::string> methods;
  std::vector<std::string> compared;
  std::string mode{"both"};
  std::string size{"800x800"};
  std::string dataset;
  int limit{2};
  int warm_up{1};
  int repeat{10};
  int threads{0};
  std::vector<std::string> precisions{"fp32"};
  MethodChoices choices;
  std::string format{"table"};
  std::string out;
  bool quiet{false};
  std::vector<std::string> command_line;
};

/// A method in one precision, before it is made.
struct Candidate {
  std::string text;  ///< as the user wrote it
  NamedMethod named;
  MethodChoices choices;
};

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
  const std::vector<std::string>& texts =
      command.compared.empty() ? command.methods : command.compared;
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
  try {
    return prepare_method(candidate.named, candidate.choices);
  } catch (const Error& error) {
    const bool lacks_weights = error.kind() == ErrorKind::unavailable &&
                               candidate.named.needs.weights && candidate.choices.weights.empty();
    if (!lacks_weights) throw;
  }
  MethodChoices choices = candidate.choices;
  choices.weights = "recipe:1";
  PreparedMethod method = prepare_method(candidate.named, choices);
  fmt::print(stderr,
             "mbench: {}: the published weights are not here; times are those of untrained ones\n",
             candidate.text);
  return method;
}

std::optional<runners::NetworkPlace> place_of(const Candidate& candidate) {
  if (!candidate.named.is_network()) return {};
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

/// One call of the verb.
class Bench {
 public:
  explicit Bench(const BenchCommand& command)
      : command_{command},
        plan_{make_plan(command)},
        candidates_{make_candidates(command)},
        dataset_{open_input(command)},
        protocols_{runners::find_protocols(dataset_.default_protocols)} {
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

  /// Measures everything. Returns whether it was interrupted.
  [[nodiscard]] bool measure() {
    record_.machine = runners::machine_state();
    const runners::OtherPrograms others;
    const Stopwatch watch;
    bool interrupted = false;
    try {
      measure_harness();
      command_.compared.empty() ? measure_each() : measure_in_turn();
    } catch (const runners::Interrupted&) {
      interrupted = true;
    }
    record_.elapsed_s = watch.elapsed_s();
    record_.machine.others_during = others.cores_busy();
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
    return interrupted;
  }

  [[nodiscard]] const results::BenchRecord& record() const { return record_; }

 private:
  [[nodiscard]] runners::RunJob job_of(const PreparedMethod& method) const {
    return {.method = *method.method,
            .needs = method.needs,
            .gives_trimap = method.entry->gives_trimap,
            .method_info = method.info,
            .dataset = dataset_,
            .protocols = protocols_,
            .segmentation = runners::segmentation_source(command_.choices.segmentation, dataset_)};
  }

  /// The plan with a bar that shows how far this measurement is.
  template <typename Measure>
  auto with_progress(const std::string& title, std::size_t total, Measure&& measure) const {
    ProgressBar bar{title, total, verbosity(command_.quiet, false)};
    std::size_t done = 0;
    runners::BenchPlan plan = plan_;
    plan.timing.progress = [&] { bar.show(++done, 0, 0, {}); };
    return measure(plan);
  }

  void measure_harness() {
    const auto idle = runners::make_idle_method();
    const runners::RunJob like{.method = *idle, .dataset = dataset_, .protocols = protocols_};
    record_.harness =
        with_progress("harness", visits(plan_, dataset_.samples.size()),
                      [&](const auto& plan) { return runners::bench_harness(like, plan); });
  }

  /// Each method is made, measured and gone before the next, so that its memory is its own.
  void measure_each() {
    for (const Candidate& candidate : candidates_) {
      try {
        const runners::PeakMemory memory;
        const PreparedMethod method = make(candidate);
        const runners::RunJob job = job_of(method);
        runners::require_inputs(job);
        record_.methods.push_back(with_progress(
            candidate.text, visits(plan_, dataset_.samples.size()), [&](const auto& plan) {
              return runners::bench(job, plan, memory, place_of(candidate), peaks_);
            }));
      } catch (const Error& error) {
        if (error.kind() == ErrorKind::usage || error.kind() == ErrorKind::bad_input) throw;
        record_.failed.push_back(
            {.label = candidate.text, .error = runners::describe_failure(error)});
      }
    }
  }

  void measure_in_turn() {
    std::vector<PreparedMethod> methods;
    std::vector<runners::RunJob> jobs;
    std::vector<std::optional<runners::NetworkPlace>> places;
    for (const Candidate& candidate : candidates_) {
      methods.push_back(make(candidate));
      places.push_back(place_of(candidate));
    }
    for (const PreparedMethod& method : methods) {
      jobs.push_back(job_of(method));
      runners::require_inputs(jobs.back());
    }
    record_.methods = with_progress(
        "in turn", 2 * visits(plan_, dataset_.samples.size()),
        [&](const auto& plan) { return runners::bench_in_turn(jobs, plan, places, peaks_); });
  }

  void label_rows() {
    std::vector<results::RunRecord> records(record_.methods.size());
    for (std::size_t i = 0; i < records.size(); ++i) records[i].method = record_.methods[i].method;
    const std::vector<std::string> labels = reports::row_labels(records);
    for (std::size_t i = 0; i < labels.size(); ++i) record_.methods[i].label = labels[i];
  }

  const BenchCommand& command_;
  runners::BenchPlan plan_;
  std::vector<Candidate> candidates_;
  datasets::Dataset dataset_;
  std::vector<const metrics::Protocol*> protocols_;
  runners::PeakFlops peaks_;
  results::BenchRecord record_;
};

void print(const results::BenchRecord& record, const std::string& format) {
  std::string text;
  if (format == "json") {
    text = results::to_json(record);
  } else if (format == "csv") {
    text = reports::format_bench_csv(record);
  } else {
    for (const reports::TextTable& table : reports::bench_tables(record)) {
      if (!text.empty()) text += '\n';
      text += format == "markdown" ? reports::format_markdown(table)
                                   : reports::format_console(table, emphasis());
    }
  }
  fmt::print("{}", text);
  std::fflush(stdout);
}

void run_bench(const BenchCommand& command) {
  Bench bench{command};
  const bool interrupted = bench.measure();
  const results::BenchRecord& record = bench.record();
  if (!command.out.empty() && !interrupted) {
    results::write_bench_record(command.out, record);
    if (!command.quiet) fmt::print(stderr, "written: {}\n", command.out);
  }
  if (!record.methods.empty()) print(record, command.format);
  const std::string reason = runners::why_not_quiet(record.machine, record.environment.cores);
  if (!reason.empty()) {
    fmt::print(stderr,
               "mbench: warning: {}\n  fix:      go by CPU times and --compare, or measure again "
               "when the machine is quiet\n",
               reason);
  }
  for (const results::BenchFailure& failure : record.failed) {
    ErrorParts parts = failure.error.parts;
    parts.what = fmt::format("{} was not measured: {}", failure.label, parts.what);
    fmt::print(stderr, "mbench: error: {}\n", format_error(parts));
  }
  if (interrupted) {
    fmt::print(stderr, "mbench: interrupted: {} of the methods {} measured\n",
               record.methods.size(), record.methods.size() == 1 ? "was" : "were");
    throw Exit{ExitCode::interrupted};
  }
  if (!record.failed.empty()) throw Exit{ExitCode::not_available};
}

}  // namespace

void add_bench_command(CLI::App& app, const std::vector<std::string>& command_line) {
  auto command = std::make_shared<BenchCommand>();  // shared with the callback
  CLI::App* verb = app.add_subcommand(
      "bench", "Time methods step by step, with memory, throughput and the harness's own share");
  verb->add_option("methods,-m,--method", command->methods,
                   "Methods, with options as NAME:key=value; see `mbench list methods`")
      ->delimiter(',');
  verb->add_option("--compare", command->compared,
                   "Two methods, measured in turn on the same images: the ratio of their times")
      ->expected(2);
  verb->add_option("--mode", command->mode,
                   "One image at a time (latency), as many as there are threads (images/s), or "
                   "one after the other")
      ->check(CLI::IsMember({"single-stream", "offline", "both"}))
      ->capture_default_str();
  CLI::Option* size =
      verb->add_option("--size", command->size, "Width and height of generated images, in pixels")
          ->capture_default_str();
  verb->add_option("-d,--dataset", command->dataset,
                   "Images of this data set instead of generated ones; see `mbench list datasets`")
      ->excludes(size);
  verb->add_option("--limit", command->limit, "The first N images (0: all of a data set)")
      ->check(not_negative())
      ->capture_default_str();
  verb->add_option("--warmup", command->warm_up, "Repetitions before those that count")
      ->check(not_negative())
      ->capture_default_str();
  verb->add_option("--repeat", command->repeat,
                   "Repetitions that count: each image once; intervals need 6 measurements")
      ->check(not_negative())
      ->capture_default_str();
  verb->add_option("-t,--threads", command->threads, "Images at a time, offline (0: all cores)")
      ->check(not_negative())
      ->capture_default_str();
  verb->add_option("--device", command->choices.device, "Where networks run: cpu, cuda or cuda:N")
      ->capture_default_str();
  verb->add_option("--precision", command->precisions,
                   "Arithmetic of networks: fp32, fp16, bf16, or several: one row for each")
      ->check(CLI::IsMember({"fp32", "fp16", "bf16"}))
      ->delimiter(',')
      ->capture_default_str();
  verb->add_option("--segmentation", command->choices.segmentation,
                   "Coarse segmentations for methods that need one; see `mbench run --help`");
  verb->add_option("--weights", command->choices.weights,
                   "Weights of networks: a published file, or recipe:SEED for untrained ones "
                   "(default: the published file; where it is not found, recipe:1)");
  verb->add_option("--format", command->format, "How the result is printed to stdout")
      ->check(CLI::IsMember({"table", "json", "csv", "markdown"}))
      ->capture_default_str();
  verb->add_option("-o,--out", command->out, "File for the JSON record, with every measurement");
  verb->add_flag("-q,--quiet", command->quiet, "No progress");
  bind_environment(*verb, {"out", "compare", "method", "dataset", "size"});
  verb->footer(
      "docs/benchmarking.md says what every column is and how to get numbers that can be "
      "believed.\n"
      "Example: mbench bench closed-form,trimap-as-alpha --size 400x300 --repeat 10");
  command->command_line = command_line;
  verb->callback([command] { run_bench(*command); });
}

}  // namespace mbench::app

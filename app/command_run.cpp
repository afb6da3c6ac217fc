#include <cstdio>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
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
#include "baselines/method.hpp"
#include "core/options.hpp"
#include "core/registry.hpp"
#include "datasets/check.hpp"
#include "datasets/dataset.hpp"
#include "datasets/manifest.hpp"
#include "datasets/select.hpp"
#include "runners/problem_list.hpp"
#include "runners/run_name.hpp"
#include "runners/runner.hpp"
#include "runners/scoring.hpp"

namespace mbench::app {
namespace {

struct RunCommand {
  std::vector<std::string> methods;
  std::vector<std::string> datasets;
  std::vector<std::string> protocols;
  std::string out{"results"};
  std::vector<std::string> filters;
  int limit{0};
  std::string shard;
  int threads{0};
  std::string depth{"8"};
  std::string device{"cpu"};
  std::string precision{"fp32"};
  std::string weights;
  std::string segmentation;
  TableOptions table;
  bool resume{false};
  bool fresh{false};
  bool no_mattes{false};
  bool strict{false};
  bool quiet{false};
  bool verbose{false};
  std::vector<std::string> command_line;
};

/// One data set, selected and checked, ready for every method.
struct PreparedDataset {
  datasets::Dataset dataset;
  std::string manifest_sha256;
  runners::SegmentationSource segmentation;
};

/// A problem of one sample becomes its failed row. One that belongs to no sample (a truth without
/// image, a file in a format that is not read) would change the mean and leave no trace: it stops
/// the run.
void require_only_sample_problems(const datasets::Dataset& dataset,
                                  const std::vector<datasets::Problem>& problems) {
  std::vector<datasets::Problem> others;
  for (const datasets::Problem& problem : problems) {
    if (problem.severity == datasets::Severity::error &&
        !datasets::concerns_sample(dataset, problem)) {
      others.push_back(problem);
    }
  }
  if (!others.empty()) throw runners::combined_error(others);
}

/// The manifest is that of the selected samples before they are dealt to shards, so that the
/// records of all shards name one and the same set.
PreparedDataset prepare_dataset(const RunCommand& command, const std::string& name) {
  datasets::Selection selection;
  for (const std::string& text : command.filters) {
    selection.filters.push_back(datasets::parse_tag_filter(text));
  }
  if (command.limit > 0) selection.limit = command.limit;
  datasets::Dataset dataset = datasets::select(datasets::open_dataset(name), selection);
  const std::string manifest_sha256 = datasets::manifest_sha256(
      datasets::make_manifest(dataset, command.threads, datasets::Unreadable::mark));
  const runners::SegmentationSource segmentation =
      runners::segmentation_source(command.segmentation, dataset);
  if (!command.shard.empty()) {
    dataset = datasets::select(std::move(dataset), {.shard = datasets::parse_shard(command.shard)});
  }
  std::vector<datasets::Problem> problems = datasets::check_dataset(dataset, command.threads);
  require_only_sample_problems(dataset, problems);
  for (datasets::Problem& problem : problems) {  // such a sample can be scored, and is
    if (problem.code == "contradiction") problem.severity = datasets::Severity::warning;
  }
  if (!command.verbose) {
    std::erase_if(problems, [](const datasets::Problem& problem) {
      return problem.severity == datasets::Severity::note;
    });
  }
  print_problems(problems);
  return {.dataset = std::move(dataset),
          .manifest_sha256 = manifest_sha256,
          .segmentation = segmentation};
}

runners::Existing existing(const RunCommand& command) {
  if (command.fresh) return runners::Existing::fresh;
  return command.resume ? runners::Existing::resume : runners::Existing::resume_unfinished;
}

std::string describe(const results::SampleResult& row) {
  if (row.status == results::Status::failed) {
    return fmt::format("{}: failed: {}", row.id, row.error->parts.what);
  }
  return row.degenerate.empty() ? row.id
                                : fmt::format("{}: degenerate: {}", row.id, row.degenerate);
}

/// One method on one data set, with the folder for its results.
struct Pair {
  runners::RunJob job;
  runners::RunSettings settings;
  std::string title;
};

Pair make_pair(const RunCommand& command, const PreparedMethod& method,
               const PreparedDataset& prepared) {
  const datasets::Dataset& dataset = prepared.dataset;
  const std::string dataset_folder = runners::run_folder_name(dataset.id, dataset.options);
  std::string method_folder = method.folder;
  if (!command.shard.empty()) {
    const datasets::Shard shard = datasets::parse_shard(command.shard);
    method_folder += fmt::format(",shard={}-of-{}", shard.index, shard.count);
  }
  return {
      .job = {.method = *method.method,
              .needs = method.needs,
              .gives_trimap = method.entry->gives_trimap,
              .method_info = method.info,
              .dataset = dataset,
              .manifest_sha256 = prepared.manifest_sha256,
              .protocols = runners::find_protocols(
                  command.protocols.empty() ? dataset.default_protocols : command.protocols),
              .segmentation = prepared.segmentation},
      .settings = {.folder = std::filesystem::path{command.out} / dataset_folder / method_folder,
                   .threads = command.threads,
                   .existing = existing(command),
                   .keep_mattes = !command.no_mattes,
                   .matte_depth = command.depth == "8" ? Depth::u8 : Depth::u16,
                   .strict = command.strict,
                   .command = command.command_line},
      .title = fmt::format("{} on {}", method_folder, dataset_folder)};
}

/// What would stop a later pair is found before the first begins.
void check_pairs(const std::vector<Pair>& pairs) {
  std::set<std::filesystem::path> folders;
  for (const Pair& pair : pairs) {
    if (!folders.insert(pair.settings.folder.lexically_normal()).second) {
      throw Error{ErrorKind::usage,
                  {.what = "two runs of this command would write into one folder",
                   .where = pair.settings.folder.string(),
                   .fix = "run them one by one with different --out folders"}};
    }
    runners::require_runnable(pair.job, pair.settings);
  }
}

runners::RunOutcome run_pair(const RunCommand& command, Pair& pair) {
  ProgressBar bar{pair.title, pair.job.dataset.samples.size(),
                  verbosity(command.quiet, command.verbose)};
  pair.settings.interrupted = &watch_for_interrupt();
  pair.settings.progress = [&](const runners::Progress& progress) {
    bar.show(progress.done, progress.resumed, progress.failed,
             progress.last != nullptr ? describe(*progress.last) : std::string{});
  };
  return runners::run(pair.job, pair.settings);
}

void run(const RunCommand& command) {
  // Names and options are all checked before the first data set is read.
  (void)runners::find_protocols(command.protocols);
  const std::vector<PreparedMethod> methods =
      prepare_methods(split_names(command.methods), {.weights = command.weights,
                                                     .device = command.device,
                                                     .precision = command.precision,
                                                     .segmentation = command.segmentation});
  if (command.verbose) {
    for (const PreparedMethod& method : methods) {
      const std::string reading = method.method->facts().weights_reading;
      if (!reading.empty()) fmt::print(stderr, "{}\n", reading);
    }
  }
  std::vector<PreparedDataset> data;
  for (const std::string& name : split_names(command.datasets)) {
    data.push_back(prepare_dataset(command, name));
  }
  std::vector<Pair> pairs;
  for (const PreparedDataset& prepared : data) {
    for (const PreparedMethod& method : methods) {
      pairs.push_back(make_pair(command, method, prepared));
    }
  }
  check_pairs(pairs);

  std::vector<results::RunRecord> records;
  bool failures = false;
  for (Pair& pair : pairs) {
    runners::RunOutcome outcome = run_pair(command, pair);
    if (outcome.interrupted) {
      fmt::print(stderr,
                 "mbench: interrupted: {} of {} samples are finished and kept in {}\n"
                 "  fix:      the same command goes on where this one stopped\n",
                 outcome.record.samples.size(), pair.job.dataset.samples.size(),
                 pair.settings.folder.string());
      throw Exit{ExitCode::interrupted};
    }
    print_failures(outcome.record);
    failures = failures || outcome.record.failed > 0;
    if (!command.quiet) {
      fmt::print(stderr, "{}: {}\n", outcome.taken_over ? "taken over" : "written",
                 runners::record_file(pair.settings.folder).string());
    }
    records.push_back(std::move(outcome.record));
  }
  print_table(records, command.table);
  if (failures) throw Exit{ExitCode::some_samples_failed};
}

}  // namespace

void add_run_command(CLI::App& app, const std::vector<std::string>& command_line) {
  auto command = std::make_shared<RunCommand>();  // shared with the callback: must outlive parsing
  CLI::App* verb = app.add_subcommand("run", "Run methods on data sets; store mattes and scores");
  verb->add_option("-m,--method", command->methods,
                   "Methods, with options as NAME:key=value; see `mbench list methods`")
      ->required();
  verb->add_option("-d,--dataset", command->datasets,
                   "Data sets: names or folders; see `mbench list datasets`")
      ->required();
  verb->add_option(
          "-p,--protocol", command->protocols,
          "Protocols to score by (default: the data set's own); see `mbench list protocols`")
      ->delimiter(',');
  verb->add_option("-o,--out", command->out,
                   "Folder for OUT/DATASET/METHOD/record.json and mattes/")
      ->capture_default_str();
  verb->add_option("--filter", command->filters,
                   "Only samples with this tag, e.g. type=SO or category=animal,plant");
  verb->add_option("--limit", command->limit, "Only the first N samples (0: all)")
      ->check(not_negative())
      ->capture_default_str();
  verb->add_option("--shard", command->shard,
                   "Only part I of N, as I/N: samples are dealt by their index, clips as a whole");
  verb->add_option("-t,--threads", command->threads,
                   "Samples or whole clips at a time (0: all cores)")
      ->check(not_negative())
      ->capture_default_str();
  verb->add_option("--depth", command->depth,
                   "Bits to which a method's floating-point matte is rounded before it is scored "
                   "and saved")
      ->check(CLI::IsMember({"8", "16"}))
      ->capture_default_str();
  verb->add_option("--device", command->device, "Where deep methods run: cpu, cuda or cuda:N")
      ->capture_default_str();
  verb->add_option("--precision", command->precision,
                   "Arithmetic of deep methods: fp32, fp16 or bf16 (others compute in fp64)")
      ->check(CLI::IsMember({"fp32", "fp16", "bf16"}))
      ->capture_default_str();
  verb->add_option("--segmentation", command->segmentation,
                   "Coarse segmentations for methods that need one, made from the truth: "
                   "zhou2021:erosion=PIXELS, with :radius for pixels to each side instead of the "
                   "element's size (default: the data set's folder segmentation/, else "
                   "zhou2021:erosion=20)");
  verb->add_option("--weights", command->weights,
                   "Weights of networks: a published file (.pth, .safetensors), or recipe:SEED for "
                   "untrained ones by a formula (default: the published file, where it is found)");
  CLI::Option* resume = verb->add_flag("--resume", command->resume,
                                       "Go on with an unfinished run; take over a finished one");
  verb->add_flag("--fresh", command->fresh, "Discard what the folder of the run holds")
      ->excludes(resume);
  verb->add_flag("--no-mattes", command->no_mattes, "Do not write mattes");
  verb->add_flag("--strict", command->strict, "Stop at the first sample that fails");
  add_table_options(*verb, command->table);
  verb->add_flag("-q,--quiet", command->quiet, "No progress");
  verb->add_flag("-v,--verbose", command->verbose,
                 "One line per sample, and what was found in files of weights");
  bind_environment(*verb, {"resume", "fresh"});
  verb->footer("Example: mbench run --method closed-form --dataset demo --out results");
  command->command_line = command_line;
  verb->callback([command] { run(*command); });
}

}  // namespace mbench::app

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>
#include <CLI/CLI.hpp>

#include "app/commands.hpp"
#include "app/config_file.hpp"
#include "app/evaluate.hpp"
#include "app/exit_codes.hpp"
#include "app/interrupt.hpp"
#include "app/output.hpp"
#include "app/progress.hpp"
#include "app/trimap_levels.hpp"
#include "core/error.hpp"
#include "core/path_kind.hpp"
#include "datasets/tags.hpp"
#include "datasets/trimaps/set.hpp"
#include "imaging/io.hpp"
#include "runners/problem_list.hpp"
#include "runners/scoring.hpp"

namespace mbench::app {
namespace {

namespace fs = std::filesystem;
namespace trimaps = datasets::trimaps;

struct TrimapCommand {
  std::string rule;
  std::optional<std::uint64_t> seed;
  std::string types;
  int threads{0};
  bool quiet{false};
  bool verbose{false};
};

struct MakeCommand : TrimapCommand {
  std::string alpha;
  std::string out;
  bool fresh{false};
};

struct ScoreCommand : TrimapCommand {
  std::string truth;
  std::string predicted;
  std::vector<int> trimap_levels;
  std::string label;
  std::string out;
  TableOptions table;
  bool allow_missing{false};
  std::vector<std::string> command_line;
};

/// Says which numbers are not used: they cannot matter, but somebody gave them.
void note_unused(const TrimapCommand& command, const trimaps::ChosenRule& rule) {
  if (command.quiet) return;
  if (!command.types.empty() && !trimaps::needs_type(rule)) {
    fmt::print(stderr, "note: --types is not used: {} looks at no types\n", rule.spelling);
  }
}

void make(const MakeCommand& command) {
  trimaps::SetSettings settings{.rule = trimaps::choose_rule(command.rule),
                                .seed = command.seed.value_or(0),
                                .alphas = command.alpha,
                                .types = command.types,
                                .out = command.out,
                                .threads = command.threads,
                                .fresh = command.fresh,
                                .interrupted = &watch_for_interrupt()};
  note_unused(command, settings.rule);
  const trimaps::Plan plan = trimaps::plan_set(settings);
  std::vector<datasets::Problem> errors, others;
  for (const datasets::Problem& problem : plan.problems) {
    (problem.severity == datasets::Severity::error ? errors : others).push_back(problem);
  }
  print_problems(others);
  if (!errors.empty()) throw runners::combined_error(errors);
  trimaps::SetOutcome outcome;
  {
    ProgressBar bar{"trimap", plan.trimaps.size(), verbosity(command.quiet, command.verbose)};
    outcome = trimaps::make_set(settings, plan, [&](const trimaps::SetProgress& progress) {
      bar.show(progress.done, progress.resumed, progress.failed, progress.last);
    });
  }
  if (outcome.interrupted) {
    fmt::print(stderr,
               "mbench: interrupted: {} of {} trimaps are finished and kept; the same command goes "
               "on\n",
               outcome.made + outcome.resumed, plan.trimaps.size());
    throw Exit{ExitCode::interrupted};
  }
  print_problems(outcome.problems);
  fmt::print("{}: {} trimaps by {}: {} made, {} already there\n", command.out,
             outcome.made + outcome.resumed, settings.rule.spelling, outcome.made, outcome.resumed);
  std::fflush(stdout);
  if (!outcome.problems.empty()) throw Exit{ExitCode::some_samples_failed};
}

/// Makes the trimaps of true mattes while they are scored.
class TruthMaker {
 public:
  TruthMaker(const ScoreCommand& command, trimaps::ChosenRule rule)
      : rule_{std::move(rule)}, seed_{command.seed.value_or(0)} {
    if (!command.types.empty()) types_ = datasets::read_tags(command.types);
  }

  [[nodiscard]] Trimap operator()(const runners::EvalPair& pair) const {
    const Matte matte = imaging::read_matte(pair.trimap);
    const std::string id = pair.trimap.stem().string();
    return trimaps::make_trimap(rule_, {.alpha = matte, .type = datasets::type_of(types_, id)},
                                seed_, id)
        .trimap;
  }

 private:
  trimaps::ChosenRule rule_;
  std::uint64_t seed_;
  datasets::TagsByStem types_{};
};

/// Trimaps that are there already are scored as they are.
void require_rule_for_options(const ScoreCommand& command) {
  if (!command.rule.empty() || (!command.seed && command.types.empty())) return;
  throw Error{ErrorKind::usage,
              {.what = fmt::format("{} says how trimaps are made, but none are made without --rule",
                                   command.seed ? "--seed" : "--types"),
               .fix = "name the rule by which --truth is made into trimaps, or leave it out"}};
}

/// Every image whose type the types file lacks, before the first is scored. A folder that is not
/// there is refused by what pairs it.
void require_types(const ScoreCommand& command, const trimaps::ChosenRule& rule) {
  if (!is_folder(command.truth) && !is_file(command.truth)) return;
  std::vector<datasets::Problem> problems =
      trimaps::plan_set({.rule = rule, .alphas = command.truth, .types = command.types}).problems;
  std::erase_if(problems, [](const datasets::Problem& problem) { return problem.code != "type"; });
  if (!problems.empty()) throw runners::combined_error(problems);
}

void score(const ScoreCommand& command) {
  require_file_name(command.out);
  require_rule_for_options(command);
  runners::EvalSettings settings;
  settings.protocols = runners::find_protocols({"trimap"});
  settings.threads = command.threads;
  settings.allow_missing = command.allow_missing;
  settings.command = command.command_line;
  settings.interrupted = &watch_for_interrupt();
  if (!command.trimap_levels.empty()) {
    settings.trimap_levels = trimap_levels(command.trimap_levels);
  }
  const std::string name = last_name(command.truth);
  settings.dataset_info.id = settings.dataset_info.title = name;
  if (!command.rule.empty()) {
    trimaps::ChosenRule rule = trimaps::choose_rule(command.rule);
    note_unused(command, rule);
    if (trimaps::needs_type(rule) && command.types.empty()) {
      throw Error{ErrorKind::usage,
                  {.what = fmt::format("trimap rule '{}' needs the type of each image",
                                       rule.rule->facts.id),
                   .fix = "name a file that says it: --types FILE; or one type for all: "
                          "--rule usr:SO"}};
    }
    if (trimaps::needs_type(rule)) require_types(command, rule);
    settings.dataset_info.title = fmt::format(
        "{} by {}{}", name, rule.spelling,
        rule.rule->draws ? fmt::format(", seed {}", command.seed.value_or(0)) : std::string{});
    settings.make_trimap = TruthMaker{command, std::move(rule)};
  }
  const runners::EvalPairs pairs =
      runners::pair_folders({.trimap = command.truth, .predicted_trimap = command.predicted});
  evaluate_and_print(pairs, std::move(settings),
                     {.predicted = command.predicted,
                      .label = command.label,
                      .out = command.out,
                      .table = command.table,
                      .quiet = command.quiet,
                      .verbose = command.verbose});
}

void add_common_options(CLI::App& verb, TrimapCommand& command) {
  verb.add_option("--seed", command.seed,
                  "Number that random rules draw from, with each name (default: 0)");
  verb.add_option("--types", command.types,
                  "File with the type (SO, STM, NS) of each image, for rule usr: JSON as AIM-500 "
                  "has it, or CSV");
  verb.add_option("-t,--threads", command.threads, "Files at a time (0: all cores)")
      ->check(not_negative())
      ->capture_default_str();
  verb.add_flag("-q,--quiet", command.quiet, "No progress");
  verb.add_flag("-v,--verbose", command.verbose, "One line per file");
}

void add_make(CLI::App& verb) {
  auto command = std::make_shared<MakeCommand>();  // shared with the callback
  CLI::App* sub = verb.add_subcommand("make", "Make trimaps from mattes by a published rule");
  sub->add_option("-r,--rule", command->rule,
                  "Rule with its options, e.g. gfm:25, gca:15,15, dist:20; see `mbench list rules`")
      ->required();
  sub->add_option("--alpha", command->alpha, "Folder of mattes, or one file")->required();
  sub->add_option("-o,--out", command->out,
                  "Folder for the trimaps, one PNG per matte, and their receipt")
      ->required();
  add_common_options(*sub, *command);
  sub->add_flag("--fresh", command->fresh,
                "Discard the trimaps that an earlier run has made in the folder");
  bind_environment(*sub, {"out"});
  sub->footer(
      "What was made stays: the same command goes on where one was interrupted, and adds new "
      "mattes.\n"
      "The receipt mbench.trimaps.json names rule, version and seed, and for each trimap what was "
      "drawn, the matte's sha256 and that of the trimap's pixels.\n"
      "Example: mbench trimap make --rule gfm:25 --alpha tests/golden/alpha --out /tmp/trimaps\n"
      "Example: mbench trimap make --rule gca-random --seed 1 --alpha tests/golden/alpha --out "
      "/tmp/drawn");
  sub->callback([command] { make(*command); });
}

void add_score(CLI::App& verb, const std::vector<std::string>& command_line) {
  auto command = std::make_shared<ScoreCommand>();  // shared with the callback
  CLI::App* sub =
      verb.add_subcommand("score", "Score a folder of trimaps: accuracy and IoU of each class");
  sub->add_option("--truth", command->truth, "Folder of true trimaps; with --rule of true mattes")
      ->required();
  sub->add_option("--pred", command->predicted,
                  "Folder of trimaps to score; files pair with the truth by stem")
      ->required();
  sub->add_option("-r,--rule", command->rule,
                  "Make the true trimaps from mattes by this rule, e.g. opt: the optimal trimap");
  add_common_options(*sub, *command);
  add_trimap_levels_option(*sub, command->trimap_levels);
  sub->add_option("--label", command->label,
                  "What the table calls these trimaps (default: the name of their folder)");
  sub->add_option("-o,--out", command->out, "File for the JSON record");
  sub->add_flag("--allow-missing", command->allow_missing,
                "Count a missing prediction as a failed sample instead of refusing");
  add_table_options(*sub, command->table);
  bind_environment(*sub, {"out"});
  sub->footer(
      "The same numbers as `mbench eval --protocol trimap --trimap DIR --pred-trimap DIR`.\n"
      "Example: mbench trimap score --truth /tmp/trimaps --pred tests/golden/pred_trimap\n"
      "Example: mbench trimap score --truth tests/golden/alpha --rule opt --pred "
      "tests/golden/pred_trimap");
  command->command_line = command_line;
  sub->callback([command] { score(*command); });
}

}  // namespace

void add_trimap_command(CLI::App& app, const std::vector<std::string>& command_line) {
  CLI::App* verb = app.add_subcommand("trimap", "Make trimaps from mattes, and score trimaps");
  verb->require_subcommand(1);
  verb->footer(
      "Example: mbench trimap make --rule gfm:25 --alpha tests/golden/alpha --out /tmp/trimaps");
  add_make(*verb);
  add_score(*verb, command_line);
}

}  // namespace mbench::app

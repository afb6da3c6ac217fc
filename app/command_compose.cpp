#include <algorithm>
#include <csignal>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <fmt/core.h>
#include <CLI/CLI.hpp>

#include "app/commands.hpp"
#include "app/composition.hpp"
#include "app/config_file.hpp"
#include "app/exit_codes.hpp"
#include "app/interrupt.hpp"
#include "app/output.hpp"
#include "app/progress.hpp"
#include "core/error.hpp"
#include "datasets/compose/set.hpp"
#include "datasets/trimaps/rule.hpp"

namespace mbench::app {
namespace {

namespace compose = datasets::compose;

struct ComposeCommand {
  CompositionOptions composition;
  std::string out;
  std::string trimap;
  bool save_foregrounds{false};
  bool save_backgrounds{false};
  int limit{0};
  int threads{0};
  bool fresh{false};
  bool dry_run{false};
  bool quiet{false};
};

/// "9 composites by rule 'dim': 3 foregrounds on 9 backgrounds, paired by folders".
std::string summary(const PreparedSet& set) {
  const compose::PairList& pairing = set.settings.pairing;
  double pixels = 0;
  for (const compose::PlannedComposite& composite : set.plan.composites) {
    pixels += static_cast<double>(composite.size.pixels());
  }
  std::string text = fmt::format(
      "{} composites by rule '{}', {:.1f} megapixels: {} foregrounds on {} backgrounds, paired by "
      "{}",
      set.plan.composites.size(), set.settings.options.spelling, pixels / 1e6, set.plan.foregrounds,
      set.plan.backgrounds, pairing.source);
  if (pairing.copies > 0) {
    text += fmt::format(" ({} each, {})", pairing.copies, compose::to_string(pairing.order));
  }
  return text;
}

void require_no_errors(const compose::Plan& plan) {
  const auto errors =
      std::ranges::count(plan.problems, datasets::Severity::error, &datasets::Problem::severity);
  if (errors == 0) return;
  fmt::print(stderr, "mbench: error: {} problems must be mended before anything is composed\n",
             errors);
  throw Exit{ExitCode::bad_input};
}

compose::SetOutcome compose_with_progress(const PreparedSet& set, const ComposeCommand& command) {
  ProgressBar bar{"compose", set.plan.composites.size(), verbosity(command.quiet, false)};
  return compose::compose_set(
      set.settings, set.plan, command.threads, [&](const compose::SetProgress& progress) {
        bar.show(progress.done, progress.resumed, progress.failed, progress.last);
      });
}

void run(const ComposeCommand& command) {
  if (command.out.empty() && !command.dry_run) {
    throw Error{ErrorKind::usage,
                {.what = "a set needs a folder", .fix = "name it with --out, or use --dry-run"}};
  }
  std::optional<datasets::trimaps::ChosenRule> trimap;  // names are checked before files are read
  if (!command.trimap.empty()) trimap = datasets::trimaps::choose_rule(command.trimap);
  CompositionOptions composition = command.composition;
  composition.trimap_takes_types = trimap && datasets::trimaps::needs_type(*trimap);
  if (composition.trimap_takes_types && composition.types.empty()) {
    throw Error{ErrorKind::usage,
                {.what = fmt::format("trimap rule '{}' needs the type of each image",
                                     trimap->rule->facts.id),
                 .fix = "name a file that says it: --types FILE; or one type for all: "
                        "--trimap usr:SO"}};
  }
  PreparedSet set = prepare_set(composition, command.limit, command.threads);
  set.settings.trimap = std::move(trimap);
  set.settings.out = command.out;
  set.settings.save_foregrounds = command.save_foregrounds;
  set.settings.save_backgrounds = command.save_backgrounds;
  set.settings.fresh = command.fresh;
  set.settings.interrupted = &watch_for_interrupt();
  print_problems(set.plan.problems);
  if (command.dry_run) fmt::print("{}\n", summary(set));
  require_no_errors(set.plan);
  if (!command.out.empty()) compose::check_place(set.settings);
  if (command.dry_run) return;

  std::signal(SIGXFSZ, SIG_IGN);  // a file too large for its limit is an error like a full disk
  if (!command.quiet) fmt::print(stderr, "{}\n", summary(set));
  const compose::SetOutcome outcome = compose_with_progress(set, command);
  if (outcome.interrupted) {
    fmt::print(stderr,
               "mbench: interrupted: {} of {} composites are finished and kept in {}\n"
               "  fix:      the same command goes on where this one stopped\n",
               outcome.resumed + outcome.made, set.plan.composites.size(), command.out);
    throw Exit{ExitCode::interrupted};
  }
  print_problems(outcome.problems);
  fmt::print("{}: {} composites made, {} there already{}\n", command.out, outcome.made,
             outcome.resumed,
             outcome.is_complete() ? fmt::format(", receipt {}", compose::kReceiptName)
                                   : std::string{", the set is unfinished"});
  if (!outcome.is_complete()) throw Exit{ExitCode::some_samples_failed};
}

}  // namespace

void add_compose_command(CLI::App& app) {
  auto command =
      std::make_shared<ComposeCommand>();  // shared with the callback: must outlive parsing
  CLI::App* verb =
      app.add_subcommand("compose", "Make composites by a published rule, with a receipt");
  add_composition_options(*verb, command->composition);
  for (const char* required : {"--rule", "--fg", "--alpha", "--bg"}) {
    verb->get_option(required)->required();
  }
  verb->add_option("-o,--out", command->out,
                   "Folder of the set: merged/, alpha/, mbench.composition.json. What an "
                   "interrupted call made is kept");
  verb->add_option("--trimap", command->trimap,
                   "Make trimaps/ by this rule; see `mbench list rules`");
  verb->add_flag("--save-foreground", command->save_foregrounds,
                 "Keep the foregrounds as they were composed, in fg/");
  verb->add_flag("--save-background", command->save_backgrounds,
                 "Keep the backgrounds as they lie in the composites, in bg/");
  verb->add_option("--limit", command->limit, "Only the first N composites (0: all)")
      ->check(not_negative())
      ->capture_default_str();
  verb->add_option("-t,--threads", command->threads, "Composites at a time (0: all cores)")
      ->check(not_negative())
      ->capture_default_str();
  verb->add_flag("--fresh", command->fresh, "Discard the set that the folder holds");
  verb->add_flag("--dry-run", command->dry_run,
                 "Check everything, the folder named by --out too, and say what would be made");
  verb->add_flag("-q,--quiet", command->quiet, "No progress");
  bind_environment(*verb, {"fresh", "dry-run", "rule", "trimap", "foreground"});
  verb->footer(
      "Example, on the built-in data: mbench demo generate --out demo --count 4 --long-side 320 && "
      "mbench compose --rule dim --fg demo/fg --alpha demo/mask --bg demo/bg --copies 1 "
      "--out composed");
  verb->callback([command] { run(*command); });
}

}  // namespace mbench::app

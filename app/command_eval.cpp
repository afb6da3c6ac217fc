#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <fmt/core.h>
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "app/commands.hpp"
#include "app/config_file.hpp"
#include "app/evaluate.hpp"
#include "app/interrupt.hpp"
#include "app/output.hpp"
#include "app/trimap_levels.hpp"
#include "datasets/dataset.hpp"
#include "runners/clips.hpp"
#include "runners/evaluation.hpp"
#include "runners/scoring.hpp"

namespace mbench::app {
namespace {

namespace fs = std::filesystem;

struct EvalCommand {
  std::string truth;
  std::string dataset;
  std::string predicted;
  std::string trimap;
  std::string predicted_trimap;
  std::vector<std::string> protocols;
  std::vector<int> trimap_levels;
  std::string label;
  std::string out;
  TableOptions table;
  int threads{0};
  bool sequence{false};
  bool allow_missing{false};
  bool quiet{false};
  bool verbose{false};
  std::vector<std::string> command_line;
};

[[noreturn]] void throw_usage(std::string what, std::string fix) {
  throw Error{ErrorKind::usage, {.what = std::move(what), .fix = std::move(fix)}};
}

/// Checks that the folders given are those that the protocols look at.
void require_folders(const EvalCommand& command,
                     const std::vector<const metrics::Protocol*>& protocols) {
  if (!command.dataset.empty() &&
      (!command.truth.empty() || !command.trimap.empty() || !command.trimap_levels.empty())) {
    throw_usage("--dataset brings its own truth, trimaps and trimap levels",
                "leave --truth, --trimap and --trimap-levels out");
  }
  if (!command.dataset.empty() && command.sequence) {
    throw_usage("--sequence reads clips from folders, not from a data set",
                "name the folder of clips by --truth DIR instead of --dataset");
  }
  for (const metrics::Protocol* protocol : protocols) {
    const bool pair = protocol->needs == metrics::ProtocolNeeds::trimap_pair;
    const bool has_trimaps = !command.trimap.empty() || !command.dataset.empty();
    if (pair && command.predicted_trimap.empty()) {
      throw_usage(fmt::format("protocol '{}' scores trimaps", protocol->id),
                  "name the folder of predicted trimaps by --pred-trimap DIR");
    }
    if (!pair &&
        (command.predicted.empty() || (command.truth.empty() && command.dataset.empty()))) {
      throw_usage(
          fmt::format("protocol '{}' compares mattes with their ground truth", protocol->id),
          "name both folders: --truth DIR --pred DIR");
    }
    if (protocol->needs != metrics::ProtocolNeeds::mattes && !has_trimaps) {
      throw_usage(fmt::format("protocol '{}' looks at trimaps", protocol->id),
                  "name their folder by --trimap DIR, or choose another protocol: `mbench list "
                  "protocols`");
    }
  }
}

/// The folders that the protocols look at. The others would be demanded to be complete and then not
/// be looked at; a note names them.
runners::EvalFolders folders_needed(const EvalCommand& command,
                                    const std::vector<const metrics::Protocol*>& protocols) {
  using metrics::ProtocolNeeds;
  const auto any_needs = [&](ProtocolNeeds needs) {
    return std::ranges::find(protocols, needs, &metrics::Protocol::needs) != protocols.end();
  };
  const bool trimap_pair = any_needs(ProtocolNeeds::trimap_pair);
  const bool trimap = trimap_pair || any_needs(ProtocolNeeds::trimap);
  const bool mattes = any_needs(ProtocolNeeds::mattes) || any_needs(ProtocolNeeds::trimap);
  const auto folder = [&](std::string_view option, const std::string& name, bool needed) {
    if (needed || name.empty()) return fs::path{needed ? name : std::string{}};
    if (!command.quiet) {
      fmt::print(stderr, "note: {} {} is not used: no protocol asked for looks at it\n", option,
                 name);
    }
    return fs::path{};
  };
  return {.truth = folder("--truth", command.truth, mattes),
          .predicted = folder("--pred", command.predicted, mattes),
          .trimap = folder("--trimap", command.trimap, trimap),
          .predicted_trimap = folder("--pred-trimap", command.predicted_trimap, trimap_pair)};
}

void run(const EvalCommand& command) {
  require_file_name(command.out);
  runners::EvalSettings settings{.threads = command.threads,
                                 .allow_missing = command.allow_missing,
                                 .command = command.command_line,
                                 .interrupted = &watch_for_interrupt()};
  if (!command.trimap_levels.empty()) {
    settings.trimap_levels = trimap_levels(command.trimap_levels);
  }

  runners::EvalPairs pairs;
  std::vector<std::string> protocol_ids = command.protocols;
  if (command.dataset.empty()) {
    if (protocol_ids.empty()) {
      throw_usage("no protocol given", "e.g. --protocol dim-matlab; see `mbench list protocols`");
    }
    settings.protocols = runners::find_protocols(protocol_ids);
    require_folders(command, settings.protocols);
    const runners::EvalFolders folders = folders_needed(command, settings.protocols);
    pairs = command.sequence ? runners::pair_clips(folders) : runners::pair_folders(folders);
    const fs::path& truth = folders.truth.empty() ? folders.trimap : folders.truth;
    settings.dataset_info = {.id = last_name(truth), .title = last_name(truth)};
  } else {
    const datasets::Dataset dataset = datasets::open_dataset(command.dataset);
    if (protocol_ids.empty()) protocol_ids = dataset.default_protocols;
    settings.protocols = runners::find_protocols(protocol_ids);
    require_folders(command, settings.protocols);
    settings.trimap_levels = dataset.trimap_levels;
    settings.dataset_info = {.id = dataset.id, .title = dataset.title};
    pairs = runners::pair_dataset(dataset, folders_needed(command, settings.protocols));
  }

  const bool scores_mattes = std::ranges::any_of(settings.protocols, [](const auto* protocol) {
    return protocol->needs != metrics::ProtocolNeeds::trimap_pair;
  });
  evaluate_and_print(pairs, std::move(settings),
                     {.predicted = scores_mattes ? command.predicted : command.predicted_trimap,
                      .label = command.label,
                      .out = command.out,
                      .table = command.table,
                      .quiet = command.quiet,
                      .verbose = command.verbose});
}

}  // namespace

void add_eval_command(CLI::App& app, const std::vector<std::string>& command_line) {
  auto command = std::make_shared<EvalCommand>();  // shared with the callback: must outlive parsing
  CLI::App* verb = app.add_subcommand("eval", "Score ready mattes in a folder");
  verb->add_option("--truth,--gt-root,--label-dir", command->truth, "Folder of true mattes");
  verb->add_option("-d,--dataset", command->dataset,
                   "Data set that has truth and trimaps, instead of --truth and --trimap");
  verb->add_option("--pred,--pred-root,--pred-dir", command->predicted,
                   "Folder of mattes to score; files pair with the truth by stem");
  verb->add_option("--trimap,--trimap-root,--trimap-dir", command->trimap,
                   "Folder of trimaps, for protocols that look at them");
  verb->add_option("--pred-trimap", command->predicted_trimap,
                   "Folder of trimaps to score (protocol trimap)");
  verb->add_option("-p,--protocol", command->protocols,
                   "Protocols to score by; see `mbench list protocols`")
      ->delimiter(',');
  add_trimap_levels_option(*verb, command->trimap_levels);
  verb->add_option("--label", command->label,
                   "What the table calls these mattes (default: the name of their folder)");
  verb->add_option("-o,--out", command->out, "File for the JSON record");
  verb->add_option("-t,--threads", command->threads, "Pairs or clips at a time (0: all cores)")
      ->check(not_negative())
      ->capture_default_str();
  verb->add_flag("--sequence", command->sequence,
                 "Each sub-folder is a clip, its images in byte order of their names are the "
                 "frames: adds dtSSD under rvm and rvm-hr");
  verb->add_flag("--allow-missing", command->allow_missing,
                 "Count a missing prediction as a failed sample instead of refusing");
  add_table_options(*verb, command->table);
  verb->add_flag("-q,--quiet", command->quiet, "No progress");
  verb->add_flag("-v,--verbose", command->verbose, "One line per pair or clip");
  bind_environment(*verb, {"out", "dataset", "truth", "trimap"});
  verb->footer(
      "Example: mbench eval --truth alpha/ --pred mattes/ --trimap trimaps/ --protocol "
      "dim-matlab,aim "
      "-o scores.json");
  command->command_line = command_line;
  verb->callback([command] { run(*command); });
}

}  // namespace mbench::app

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include <fmt/core.h>
#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/commands.hpp"
#include "app/config_file.hpp"
#include "app/descriptions.hpp"
#include "app/explain_text.hpp"
#include "app/output.hpp"
#include "app/pair_text.hpp"
#include "app/trimap_levels.hpp"
#include "core/error.hpp"
#include "metrics/switch_settings.hpp"
#include "runners/explanation.hpp"
#include "runners/scoring.hpp"

namespace mbench::app {
namespace {

struct ExplainCommand {
  std::string name;
  std::string truth;
  std::string predicted;
  std::string trimap;
  std::vector<int> trimap_levels;
  std::vector<std::string> protocols;
  std::string against;
  std::string format{"table"};
  bool json{false};
};

[[noreturn]] void throw_usage(std::string what, std::string fix) {
  throw Error{ErrorKind::usage, {.what = std::move(what), .fix = std::move(fix)}};
}

void explain_name(const std::string& name, bool as_json) {
  const std::vector<nlohmann::ordered_json> items = describe(name);
  if (as_json) {
    fmt::print("{}\n", nlohmann::ordered_json(items).dump(2));
    return;
  }
  fmt::print("{}", text_of_namesakes(items));
  bool first = true;
  for (const nlohmann::ordered_json& item : items) {
    fmt::print("{}{}", first ? "" : "\n", text_of_description(item));
    first = false;
  }
}

void explain_pair(const ExplainCommand& command, bool as_json) {
  runners::ExplainSettings settings{.protocols = runners::find_protocols(command.protocols)};
  if (!command.against.empty()) settings.against = &metrics::find_protocol(command.against);
  if (!command.trimap_levels.empty()) {
    settings.trimap_levels = trimap_levels(command.trimap_levels);
  }
  const runners::PairExplanation pair = runners::explain_files({.id = command.predicted,
                                                                .truth = command.truth,
                                                                .predicted = command.predicted,
                                                                .trimap = command.trimap},
                                                               settings);
  print_problems(pair.warnings);
  fmt::print("{}", as_json ? json_of_pair(pair) : text_of_pair(pair));
}

void run(const ExplainCommand& command) {
  const bool as_json = command.json || command.format == "json";
  // Other options may come from the environment, which says nothing of what is meant here.
  const bool pair_options = !command.truth.empty() || !command.predicted.empty() ||
                            !command.trimap.empty() || !command.against.empty();
  if (!command.name.empty()) {
    if (pair_options) {
      throw_usage(
          "a name and a pair of mattes are explained one at a time",
          fmt::format("`mbench explain {}`, or --truth FILE --pred FILE alone", command.name));
    }
    explain_name(command.name, as_json);
    return;
  }
  if (command.truth.empty() || command.predicted.empty()) {
    throw_usage(pair_options ? "a pair is a true matte and a predicted one"
                             : "nothing was named that could be explained",
                pair_options ? "name both files: --truth FILE --pred FILE"
                             : "e.g. `mbench explain dim-matlab`; for a pair of mattes --truth "
                               "FILE --pred FILE");
  }
  explain_pair(command, as_json);
}

}  // namespace

void add_explain_command(CLI::App& app) {
  auto command = std::make_shared<ExplainCommand>();  // shared with the callback
  CLI::App* verb = app.add_subcommand(
      "explain", "What a name stands for, or why protocols differ on a pair of mattes");
  verb->add_option("name", command->name,
                   "Protocol, metric, method, data set, rule or report format; method:gfm where "
                   "several bear the name; options may follow: tta:of=gfm, gca:15,15");
  verb->add_option("--truth", command->truth, "File of a true matte");
  verb->add_option("--pred", command->predicted, "File of the matte to score");
  verb->add_option("--trimap", command->trimap, "File of the trimap, for protocols that need it");
  add_trimap_levels_option(*verb, command->trimap_levels);
  verb->add_option("-p,--protocol", command->protocols,
                   "Protocols to score by (default: all that the files given suffice for)")
      ->delimiter(',');
  verb->add_option("--against", command->against,
                   "Protocol that the others are compared with (default: dim-matlab; without a "
                   "trimap: whole)");
  verb->add_option("--format", command->format, "How the answer is printed to stdout")
      ->check(CLI::IsMember({"table", "json"}))
      ->capture_default_str();
  verb->add_flag("--json", command->json, "Same as --format json");
  bind_environment(*verb, {"truth", "pred", "trimap", "against", "json"});
  verb->footer(
      fmt::format("Switches are changed in this order: {}.\n"
                  "A change of at most {:g} of the value counts as none (`no effect`, `same as`); "
                  "JSON has every change as it is.\n"
                  "Trimaps are scored by `mbench trimap score`, dtSSD by `mbench eval "
                  "--sequence`.\n"
                  "Example: mbench explain dim-matlab\n"
                  "Example: mbench explain --truth alpha.png --pred matte.png --trimap "
                  "trimap.png",
                  fmt::join(metrics::switch_order(), ", "), runners::kNegligibleChange));
  verb->callback([command] { run(*command); });
}

}  // namespace mbench::app

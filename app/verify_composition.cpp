#include "app/verify_composition.hpp"

#include <algorithm>
#include <cstdio>
#include <utility>
#include <vector>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "app/exit_codes.hpp"
#include "app/interrupt.hpp"
#include "app/output.hpp"
#include "app/progress.hpp"
#include "core/error.hpp"
#include "datasets/compose/verify.hpp"

namespace mbench::app {
namespace {

namespace fs = std::filesystem;
namespace compose = datasets::compose;
using Json = nlohmann::ordered_json;

/// What the recorded rule is in this build; without `rule` if there is none of the name.
compose::Candidate recorded_rule(const compose::UsedRule& used) {
  compose::Candidate candidate{.options = {.spelling = used.spelling}};
  try {
    const compose::ComposeRule& rule = compose::find_rule(rule_id(used.spelling));
    candidate = {.rule = &rule,
                 .options = parse_rule_options(used.spelling, rule.facts, "composition rule")};
    if (rule.facts.version != used.version) {
      fmt::print(stderr,
                 "note: the set was made by version {} of rule '{}', this build has version {}: "
                 "other pixels are to be expected of it\n",
                 used.version, used.spelling, rule.facts.version);
    }
  } catch (const Error& error) {
    fmt::print(stderr, "note: this build cannot apply the rule of the receipt: {}\n", error.what());
  }
  return candidate;
}

compose::ForegroundEstimate recorded_estimate(const compose::Receipt& receipt) {
  if (!receipt.foreground) return {};
  if (const auto step = foreground_step(receipt.foreground->spelling)) return step->estimate;
  return {};
}

/// Runs one of the two comparisons with a bar.
template <typename Compare>
compose::Verification compare_with_progress(compose::VerifySettings settings,
                                            const VerifyCompositionCommand& command,
                                            std::size_t files, Compare compare) {
  ProgressBar bar{"verify", files, verbosity(command.quiet, false)};
  settings.threads = command.threads;
  settings.interrupted = &watch_for_interrupt();
  settings.progress = [&](std::size_t done, std::size_t) { bar.show(done, 0, 0, {}); };
  return compare(settings);
}

compose::Verification against_receipt(const fs::path& folder,
                                      const VerifyCompositionCommand& command) {
  compose::Receipt receipt = compose::read_receipt(folder);
  const CompositionOptions& given = command.composition;
  if (!given.foregrounds.empty() || !given.alphas.empty() || !given.backgrounds.empty()) {
    receipt.folders = source_folders(given);  // the inputs may have moved
  }
  std::size_t files = 0;
  for (const compose::ReceiptRow& row : receipt.rows) files += row.files.size();
  return compare_with_progress(
      {.candidates = compose::candidates_after(recorded_rule(receipt.rule), compose::all_rules()),
       .estimate = recorded_estimate(receipt),
       .seed = receipt.seed},
      command, files, [&](const compose::VerifySettings& settings) {
        return compose::verify_receipt(folder, receipt, settings);
      });
}

compose::Verification against_rule(const fs::path& folder,
                                   const VerifyCompositionCommand& command) {
  const PreparedSet set = prepare_set(command.composition, 0, command.threads);
  print_problems(set.plan.problems);
  const auto& problems = set.plan.problems;
  if (std::ranges::find(problems, datasets::Severity::error, &datasets::Problem::severity) !=
      problems.end()) {
    throw Exit{ExitCode::bad_input};
  }
  compose::VerifySettings settings{
      .candidates = compose::candidates_after({set.settings.rule, set.settings.options},
                                              compose::all_rules()),
      .seed = set.settings.seed};
  if (set.settings.foreground) settings.estimate = set.settings.foreground->estimate;
  return compare_with_progress(std::move(settings), command, set.plan.composites.size(),
                               [&](const compose::VerifySettings& with_bar) {
                                 return compose::verify_plan(folder, set.plan, with_bar);
                               });
}

std::size_t count(const compose::Verification& verification, datasets::Severity severity) {
  return static_cast<std::size_t>(std::ranges::count_if(
      verification.findings,
      [&](const compose::Finding& finding) { return finding.problem.severity == severity; }));
}

void print_text(const fs::path& folder, const compose::Verification& verification) {
  std::vector<datasets::Problem> problems;
  for (const compose::Finding& finding : verification.findings) {
    problems.push_back(finding.problem);
  }
  print_problems(problems);
  for (const auto& [rule, composites] : verification.made_by) {
    fmt::print("{} of {} composites are as rule '{}' makes them\n", composites,
               verification.composites, rule);
  }
  if (verification.unexplained > 0) {
    fmt::print("{} of {} composites are as no known rule makes them\n", verification.unexplained,
               verification.composites);
  }
  if (verification.absent > 0) {
    fmt::print("{} of {} composites are missing or unreadable\n", verification.absent,
               verification.composites);
  }
  fmt::print("{}: {} files: {} errors, {} warnings, {} notes\n", folder.string(),
             verification.files, count(verification, datasets::Severity::error),
             count(verification, datasets::Severity::warning),
             count(verification, datasets::Severity::note));
}

Json finding_json(const compose::Finding& finding) {
  const ErrorParts& parts = finding.problem.parts;
  Json json{{"severity", to_string(finding.problem.severity)},
            {"code", finding.problem.code},
            {"path", finding.path},
            {"what", parts.what},
            {"expected", parts.expected},
            {"found", parts.found},
            {"made_by", finding.made_by.empty() ? Json{} : Json(finding.made_by)}};
  if (finding.distance) {
    json["distance"] = {{"max", finding.distance->max},
                        {"mean", finding.distance->mean},
                        {"values", finding.distance->values}};
  }
  return json;
}

void print_json(const fs::path& folder, const compose::Verification& verification) {
  Json made_by = Json::object();
  for (const auto& [rule, composites] : verification.made_by) made_by[rule] = composites;
  Json findings = Json::array();
  for (const compose::Finding& finding : verification.findings) {
    findings.push_back(finding_json(finding));
  }
  const Json json{
      {"schema", "mbench.verification/1"},     {"folder", folder.string()},
      {"composites", verification.composites}, {"files", verification.files},
      {"made_by", std::move(made_by)},         {"unexplained", verification.unexplained},
      {"absent", verification.absent},         {"findings", std::move(findings)}};
  fmt::print("{}\n", json.dump(2, ' ', false, Json::error_handler_t::replace));
}

}  // namespace

bool is_composition(const fs::path& folder, const VerifyCompositionCommand& command) {
  return !command.composition.rule.empty() || compose::has_receipt(folder);
}

void verify_composition(const fs::path& folder, const VerifyCompositionCommand& command) {
  const compose::Verification verification = command.composition.rule.empty()
                                                 ? against_receipt(folder, command)
                                                 : against_rule(folder, command);
  if (verification.interrupted) {
    fmt::print(stderr, "mbench: interrupted: not all files were compared\n");
    throw Exit{ExitCode::interrupted};
  }
  command.format == "json" ? print_json(folder, verification) : print_text(folder, verification);
  std::fflush(stdout);
  if (count(verification, datasets::Severity::error) > 0) throw Exit{ExitCode::bad_input};
}

}  // namespace mbench::app

#include "app/verify_composition.hpp"

#include <algorithm>
#include <cstdio>
#include <map>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/core.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/exit_codes.hpp"
#include "app/interrupt.hpp"
#include "app/output.hpp"
#include "app/progress.hpp"
#include "core/error.hpp"
#include "datasets/compose/verify.hpp"
#include "datasets/trimaps/rule.hpp"

namespace mbench::app {
namespace {

namespace fs = std::filesystem;
namespace compose = datasets::compose;
using Json = nlohmann::ordered_json;

/// What the receipt names, in this build.
struct RecordedSteps {
  compose::Candidate rule{};  ///< without its `rule` if there is none of the name
  compose::ForegroundEstimate estimate{};
  std::optional<datasets::trimaps::ChosenRule> trimap{};
  bool can_be_repeated{true};          ///< all but trimaps
  bool trimaps_can_be_repeated{true};  ///< a set may not evade the rest by naming another rule
  std::vector<compose::Finding> findings{};  ///< why not
};

compose::Finding receipt_finding(const fs::path& folder, datasets::Severity severity,
                                 ErrorParts parts) {
  const fs::path file = folder / compose::kReceiptName;
  parts.where = file.string();
  return {
      .problem = {.code = "receipt", .parts = std::move(parts), .severity = severity, .file = file},
      .path = std::string{compose::kReceiptName}};
}

/// `consequence`: "nothing is made again".
compose::Finding other_version(const fs::path& folder, const compose::UsedRule& used, int version,
                               std::string_view consequence) {
  return receipt_finding(
      folder, datasets::Severity::note,
      {.what = fmt::format("the set was made by another version of a rule, so {}", consequence),
       .expected = fmt::format("version {} of '{}'", version, used.spelling),
       .found = fmt::format("version {}", used.version)});
}

RecordedSteps recorded_steps(const fs::path& folder, const compose::Receipt& receipt) {
  RecordedSteps steps{.rule = {.options = {.spelling = receipt.rule.spelling}}};
  const auto find = [&](const compose::UsedRule& used, const auto& look_up, bool& can_be_repeated,
                        std::string_view consequence) {
    try {
      const int version = look_up(used.spelling);
      if (version == used.version) return;
      steps.findings.push_back(other_version(folder, used, version, consequence));
    } catch (const Error& error) {
      steps.findings.push_back(receipt_finding(folder, datasets::Severity::error, error.parts()));
    }
    can_be_repeated = false;
  };
  constexpr std::string_view kNothing = "nothing is made again";
  const auto find_rule = [&](const std::string& spelling) {
    const compose::ComposeRule& rule = compose::find_rule(rule_id(spelling));
    steps.rule.options = parse_rule_options(spelling, rule.facts, "composition rule");
    steps.rule.rule = &rule;
    return rule.facts.version;
  };
  find(receipt.rule, find_rule, steps.can_be_repeated, kNothing);
  const auto find_trimap = [&](const std::string& spelling) {
    steps.trimap = datasets::trimaps::choose_rule(spelling);
    return steps.trimap->rule->facts.version;
  };
  if (receipt.trimap) {
    find(*receipt.trimap, find_trimap, steps.trimaps_can_be_repeated,
         "its trimaps are not made again");
  }
  const auto find_estimate = [&](const std::string& spelling) {
    const auto step = foreground_step(spelling);
    if (!step) return receipt.foreground->version;
    steps.estimate = step->estimate;
    return step->rule.version;
  };
  if (receipt.foreground) find(*receipt.foreground, find_estimate, steps.can_be_repeated, kNothing);
  return steps;
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

/// The receipt says all but where the inputs lie.
void require_folders_alone(const CompositionOptions& given) {
  const CompositionOptions none;
  const auto refuse = [](bool is_given, std::string_view option) {
    if (!is_given) return;
    throw Error{ErrorKind::usage,
                {.what = fmt::format("the receipt of the set takes the place of {}", option),
                 .expected = "--fg, --alpha, --bg, --denoised-fg, --denoised-bg, or none of them",
                 .fix = "leave it out, or compare with what a rule makes: --rule NAME"}};
  };
  refuse(!given.types.empty(), "--types");
  refuse(given.merge, "--merge");
  refuse(!given.pairing.empty(), "--pairing");
  refuse(!given.foreground_list.empty(), "--fg-list");
  refuse(!given.background_list.empty(), "--bg-list");
  refuse(given.copies != none.copies, "--copies");
  refuse(!given.order.empty(), "--order");
  refuse(given.names != none.names, "--names");
  refuse(given.coco_2017, "--coco-2017");
  refuse(given.seed != none.seed, "--seed");
  refuse(given.estimator != none.estimator, "--foreground");
}

compose::Verification against_receipt(const fs::path& folder,
                                      const VerifyCompositionCommand& command) {
  compose::Receipt receipt = compose::read_receipt(folder);
  const CompositionOptions& given = command.composition;
  require_folders_alone(given);
  if (!given.foregrounds.empty() || !given.alphas.empty() || !given.backgrounds.empty() ||
      !given.denoised_foregrounds.empty() || !given.denoised_backgrounds.empty()) {
    receipt.folders = source_folders(given);  // the inputs may have moved
  }
  std::size_t files = 0;
  for (const compose::ReceiptRow& row : receipt.rows) files += row.files.size();
  RecordedSteps steps = recorded_steps(folder, receipt);
  compose::Verification verification = compare_with_progress(
      {.candidates = compose::candidates_after(std::move(steps.rule), compose::all_rules()),
       .estimate = std::move(steps.estimate),
       .trimap = std::move(steps.trimap),
       .seed = receipt.seed,
       .remakes = steps.can_be_repeated,
       .remakes_trimaps = steps.trimaps_can_be_repeated},
      command, files, [&](const compose::VerifySettings& settings) {
        return compose::verify_receipt(folder, receipt, settings);
      });
  verification.findings.insert(verification.findings.begin(), steps.findings.begin(),
                               steps.findings.end());
  return verification;
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

/// A folder by another rule has thousands of findings: a few of each kind say it.
void print_first_of_each(const std::vector<datasets::Problem>& problems) {
  constexpr std::size_t kShown = 8;
  std::map<std::string, std::size_t> seen;
  std::vector<datasets::Problem> shown;
  for (const datasets::Problem& problem : problems) {
    if (++seen[problem.code] <= kShown) shown.push_back(problem);
  }
  print_problems(shown);
  for (const auto& [code, number] : seen) {
    if (number <= kShown) continue;
    fmt::print(stderr, "... and {} more of [{}]; --format json has them all\n", number - kShown,
               code);
  }
}

void print_text(const fs::path& folder, const compose::Verification& verification) {
  std::vector<datasets::Problem> problems;
  for (const compose::Finding& finding : verification.findings) {
    problems.push_back(finding.problem);
  }
  print_first_of_each(problems);
  for (const auto& [rule, composites] : verification.made_by) {
    const auto alike = verification.same_pixels.find(rule);
    fmt::print("{} of {} composites are as rule '{}' makes them{}\n", composites,
               verification.composites, rule,
               alike == verification.same_pixels.end()
                   ? std::string{}
                   : fmt::format(" (the same pixels: {})", fmt::join(alike->second, ", ")));
  }
  if (verification.recorded > 0) {
    fmt::print("{} of {} composites are as the receipt has them (rule '{}', not made again)\n",
               verification.recorded, verification.composites, verification.recorded_rule);
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
  Json same_pixels = Json::object();
  for (const auto& [rule, alike] : verification.same_pixels) same_pixels[rule] = alike;
  Json findings = Json::array();
  for (const compose::Finding& finding : verification.findings) {
    findings.push_back(finding_json(finding));
  }
  const Json json{
      {"schema", "mbench.verification/1"},     {"folder", folder.string()},
      {"composites", verification.composites}, {"files", verification.files},
      {"made_by", std::move(made_by)},         {"same_pixels", std::move(same_pixels)},
      {"recorded", verification.recorded},     {"unexplained", verification.unexplained},
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

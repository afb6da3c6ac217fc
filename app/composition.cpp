#include "app/composition.hpp"

#include <fmt/core.h>
#include <CLI/CLI.hpp>

#include "app/output.hpp"
#include "baselines/foreground/foreground.hpp"
#include "core/error.hpp"
#include "core/options.hpp"

namespace mbench::app {
namespace {

namespace fs = std::filesystem;
namespace compose = datasets::compose;

std::vector<fs::path> folders(const std::vector<std::string>& texts) {
  std::vector<fs::path> result;
  for (const std::string& name : split_names(texts)) {
    if (!name.empty()) result.emplace_back(name);
  }
  return result;
}

std::vector<fs::path> some_folders(const std::vector<std::string>& texts, std::string_view option) {
  std::vector<fs::path> result = folders(texts);
  if (!result.empty()) return result;
  throw Error{ErrorKind::usage,
              {.what = fmt::format("composites need {}", option),
               .expected = "one folder, or several with commas, searched in order"}};
}

}  // namespace

compose::SourceFolders source_folders(const CompositionOptions& options) {
  return {.foregrounds = some_folders(options.foregrounds, "--fg"),
          .alphas = some_folders(options.alphas, "--alpha"),
          .backgrounds = some_folders(options.backgrounds, "--bg"),
          .denoised_foregrounds = folders(options.denoised_foregrounds),
          .denoised_backgrounds = folders(options.denoised_backgrounds)};
}

std::optional<compose::ForegroundStep> foreground_step(const std::string& text) {
  const std::string_view spelling = without_kind(text, "foreground");
  const baselines::ForegroundEstimator& estimator = baselines::find_estimator(rule_id(spelling));
  const RuleOptions chosen = parse_rule_options(spelling, estimator.facts, "foreground estimator");
  if (&estimator == &baselines::no_foreground_estimator) return std::nullopt;
  return compose::ForegroundStep{
      .rule = {chosen.spelling, estimator.facts.version},
      .estimate = [&estimator, options = chosen.options](PixelView<Rgb<std::uint8_t>> picture,
                                                         AlphaView alpha) {
        return estimator.estimate(picture, alpha, options);
      }};
}

void require_taken(const compose::ComposeRule& rule, const CompositionOptions& options) {
  const auto refuse = [&](bool given, bool taken, std::string_view option) {
    if (!given || taken) return;
    throw Error{
        ErrorKind::usage,
        {.what = fmt::format("rule '{}' does not read what {} names", rule.facts.id, option),
         .fix = fmt::format("leave out {}; `mbench explain {}` says what the rule does", option,
                            rule.facts.id)}};
  };
  refuse(!options.denoised_foregrounds.empty(), rule.takes_denoised, "--denoised-fg");
  refuse(!options.denoised_backgrounds.empty(), rule.takes_denoised, "--denoised-bg");
  refuse(options.merge, rule.takes_second, "--merge");
  refuse(!options.types.empty(), rule.takes_types || options.trimap_takes_types, "--types");
}

PreparedSet prepare_set(const CompositionOptions& options, int limit, int threads) {
  PreparedSet set;
  const std::string_view rule = without_kind(options.rule, "compose");
  set.settings.rule = &compose::find_rule(rule_id(rule));
  require_taken(*set.settings.rule, options);
  set.settings.options = parse_rule_options(rule, set.settings.rule->facts, "composition rule");
  set.settings.foreground = foreground_step(options.estimator);
  set.settings.folders = source_folders(options);
  set.settings.seed = static_cast<std::uint64_t>(options.seed);

  compose::PlanSources sources{set.settings.folders};
  sources.second_foregrounds = options.merge;
  sources.seed = set.settings.seed;
  if (!options.types.empty()) sources.types = datasets::read_tags(options.types);
  set.settings.pairing =
      compose::choose_pairs({.pairing = options.pairing,
                             .foreground_list = options.foreground_list,
                             .background_list = options.background_list,
                             .copies = options.copies,
                             .order = compose::parse_pairing(options.order),
                             .names = options.names == "index" ? compose::OutputNames::index_line
                                                               : compose::OutputNames::stem_copy,
                             .coco_2017 = options.coco_2017,
                             .seed = set.settings.seed},
                            *set.settings.rule, set.settings.options.options, sources.foregrounds,
                            sources.backgrounds, set.settings.folders);
  set.plan = compose::plan_set(set.settings.pairing.pairs, sources, limit, threads);
  return set;
}

void add_composition_options(CLI::App& verb, CompositionOptions& options) {
  verb.add_option("--rule", options.rule,
                  "Composition rule, with options as NAME:key=value; see `mbench list rules`");
  verb.add_option("--fg", options.foregrounds,
                  "Folders of foregrounds, with commas; searched in order");
  verb.add_option("--alpha", options.alphas,
                  "Folders of their mattes: files of the same stem, 8 bits, first channel");
  verb.add_option("--bg", options.backgrounds, "Folders of backgrounds");
  verb.add_option(
      "--denoised-fg", options.denoised_foregrounds,
      "Folders of the foregrounds without noise, for rule rssn: files of the same stem");
  verb.add_option("--denoised-bg", options.denoised_backgrounds,
                  "Folders of the backgrounds without noise");
  verb.add_flag("--merge", options.merge,
                "Give every composite a second foreground, drawn from the others, for rules that "
                "merge two (gca-train)");
  verb.add_option("--types", options.types,
                  "File with the type (SO, STM, NS) of each foreground, for rule rssn and trimap "
                  "rule usr: JSON as AIM-500 has it, or CSV");
  verb.add_option("--pairing", options.pairing,
                  "Which background goes where: composition-1k-test, distinctions-646-test, a CSV "
                  "file with the columns fg and bg, or `folders` (all files in byte order). "
                  "Default: a published pairing of exactly these foregrounds; lists such as "
                  "test_fg_names.txt and test_bg_names.txt above the folder; folders");
  verb.add_option("--fg-list", options.foreground_list,
                  "Names of foregrounds, one per line; with --bg-list");
  verb.add_option("--bg-list", options.background_list,
                  "Names of backgrounds, one per line: copy k of foreground i takes line i N + k");
  verb.add_option("--copies", options.copies,
                  "Backgrounds per foreground, N (0: as the rule's test or training sets have it)")
      ->check(not_negative())
      ->capture_default_str();
  verb.add_option(
          "--order", options.order,
          "Order in which backgrounds are taken: in-order or shuffled by the seed (default: "
          "the rule's)")
      ->check(CLI::IsMember({"in-order", "shuffled"}));
  verb.add_option("--names", options.names,
                  "Names of composites: stem (FOREGROUND_k.png) or index (i_LINE.png, as foamliu's "
                  "program)")
      ->check(CLI::IsMember({"stem", "index"}))
      ->capture_default_str();
  verb.add_flag("--coco-2017", options.coco_2017,
                "Backgrounds are listed by the names of COCO 2014 and lie there by those of 2017");
  verb.add_option("--seed", options.seed, "Number that everything random is drawn from")
      ->check(not_negative())
      ->capture_default_str();
  verb.add_option("--foreground", options.estimator,
                  "Estimate foregrounds anew from each picture and its matte; see `mbench list "
                  "rules`")
      ->capture_default_str();
}

}  // namespace mbench::app

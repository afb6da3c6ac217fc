#include "app/evaluate.hpp"

#include <cstdio>
#include <vector>

#include <fmt/core.h>

#include "app/exit_codes.hpp"
#include "app/progress.hpp"
#include "core/error.hpp"
#include "results/store.hpp"

namespace mbench::app {
namespace fs = std::filesystem;

std::string last_name(const fs::path& folder) {
  const fs::path path = fs::absolute(folder).lexically_normal();
  return (path.has_filename() ? path.filename() : path.parent_path().filename()).string();
}

void require_file_name(const std::string& out) {
  if (out.empty() || !fs::is_directory(out)) return;
  throw Error{ErrorKind::usage,
              {.what = "--out names a folder",
               .where = out,
               .expected = "the name of a file for the record",
               .fix = fmt::format("e.g. --out {}", (fs::path{out} / "scores.json").string())}};
}

void evaluate_and_print(const runners::EvalPairs& pairs, runners::EvalSettings settings,
                        const EvaluateOptions& options) {
  std::vector<datasets::Problem> warnings = pairs.problems;
  std::erase_if(warnings, [](const datasets::Problem& problem) {
    return problem.severity == datasets::Severity::error;
  });
  print_problems(warnings);

  const std::string& predicted = options.predicted;
  settings.method_info = {.id = "precomputed",
                          .title = options.label.empty() ? last_name(predicted) : options.label,
                          .options = {{"dir", predicted}},
                          .precision = "fp64",
                          .device = "cpu"};
  const bool clips = !pairs.clips.empty();
  runners::RunOutcome outcome;
  {
    const std::size_t total = clips ? pairs.clips.size() : pairs.pairs.size();
    ProgressBar bar{"eval", total, verbosity(options.quiet, options.verbose)};
    settings.progress = [&](const runners::Progress& progress) {
      const std::string id = progress.last != nullptr ? progress.last->id : std::string{};
      const std::string name = clips ? id.substr(0, id.rfind('/')) : id;
      bar.show(progress.done, progress.resumed, progress.failed, name);
    };
    outcome = runners::evaluate(pairs, settings);
  }
  if (outcome.interrupted) {
    fmt::print(stderr, "mbench: interrupted: {} of {} pairs were scored; no record is written\n",
               outcome.record.samples.size(), pairs.pairs.size());
    throw Exit{ExitCode::interrupted};
  }
  print_problems(outcome.warnings);
  print_failures(outcome.record);
  print_table({&outcome.record, 1}, options.table);
  if (!options.out.empty()) {
    results::write_record(options.out, outcome.record);
    if (!options.quiet) fmt::print(stderr, "written: {}\n", options.out);
  }
  if (outcome.record.failed > 0) throw Exit{ExitCode::some_samples_failed};
}

}  // namespace mbench::app

#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include <fmt/core.h>
#include <CLI/CLI.hpp>

#include "app/commands.hpp"
#include "app/exit_codes.hpp"
#include "app/selftest_output.hpp"
#include "core/device.hpp"
#include "core/error.hpp"
#include "selftest/family.hpp"

namespace mbench::app {
namespace {

struct SelftestCommand {
  std::vector<std::string> families;
  std::string golden;
  std::string device{"cpu"};
  std::string format{"table"};
  bool as_json{false};
};

void run_selftest(const SelftestCommand& command) {
  std::vector<const selftest::Family*> families;
  for (const std::string& id : command.families) families.push_back(&selftest::find_family(id));
  if (families.empty()) {
    families.assign(selftest::all_families().begin(), selftest::all_families().end());
  }
  const selftest::Settings settings{.device = parse_device(command.device)};
  if (settings.device.kind != Device::Kind::cpu &&
      std::ranges::none_of(families, &selftest::Family::has_device)) {
    throw Error{ErrorKind::usage,
                {.what = "none of these self-tests runs on a GPU",
                 .found = fmt::format("--device {}", command.device),
                 .fix = "leave --device out, or prove networks: mbench selftest models"}};
  }
  const std::vector<selftest::Report> reports =
      command.golden.empty() ? selftest::run(selftest::built_in(families), settings)
                             : selftest::run_on_folder(families, command.golden, settings);
  const std::string format = command.as_json ? "json" : command.format;
  fmt::print("{}", format == "json"       ? selftest_json(reports)
                   : format == "markdown" ? selftest_markdown(reports)
                                          : selftest_table(reports));
  std::fflush(stdout);  // before what goes to stderr
  selftest::require_comparisons(reports);
  if (selftest::totals(reports).broken > 0) throw Exit{ExitCode::check_failed};
}

/// "metrics: Metrics against ...; trimap: ..."
std::string describe_families() {
  std::string text = "What to prove (default: all).";
  for (const selftest::Family* family : selftest::all_families()) {
    text += fmt::format(" {}: {}.", family->id, family->title);
  }
  return text;
}

}  // namespace

void add_selftest_command(CLI::App& app) {
  CLI::App* verb = app.add_subcommand(
      "selftest", "Prove this build against stored reference values; exit 1 if a bound is broken");
  auto command = std::make_shared<SelftestCommand>();  // shared with the callback
  verb->add_option("family", command->families, describe_families())->delimiter(',');
  verb->add_option("--golden", command->golden,
                   "Folder of references of the form tests/golden (default: those built in)");
  verb->add_option("--device", command->device, "Where networks compute: cpu, cuda or cuda:N")
      ->capture_default_str();
  CLI::Option* format =
      verb->add_option("--format", command->format, "How the result is printed to stdout")
          ->check(CLI::IsMember({"table", "json", "markdown"}))
          ->capture_default_str();
  verb->add_flag("--json", command->as_json, "Same as --format json")->excludes(format);
  verb->footer(
      "relative: the largest deviation over the expected value; expected values of 0 are left out, "
      "and so are deviations of at most 1e-12 (from an original program) or 1e-15 (from the "
      "definition), or of the absolute bound where that is smaller.\n"
      "Exit 1 if a bound is broken, 3 if nothing could be compared.\n"
      "Example: mbench selftest metrics --golden tests/golden --json");
  verb->callback([command] { run_selftest(*command); });
}

}  // namespace mbench::app

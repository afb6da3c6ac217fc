#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>

#include <fmt/core.h>
#include <CLI/CLI.hpp>

#include "app/commands.hpp"
#include "app/output.hpp"
#include "app/progress.hpp"
#include "datasets/demo/generate.hpp"
#include "datasets/trimaps/rule.hpp"

namespace mbench::app {
namespace {

struct DemoCommand {
  std::string out;
  std::string photographs;
  std::string trimap{"gfm:25"};
  datasets::demo::DemoOptions options;
  int threads{0};
  bool quiet{false};
};

/// gfm grows with the pictures; every other rule is used as it stands.
void read_trimap_rule(const std::string& text, datasets::demo::DemoOptions& options) {
  datasets::trimaps::ChosenRule rule = datasets::trimaps::choose_rule(text);
  if (rule.rule->facts.id == "gfm") {
    options.trimap_kernel = rule.options.integer("k");
  } else {
    options.trimap_rule = std::move(rule);
  }
}

void generate(DemoCommand& command) {
  read_trimap_rule(command.trimap, command.options);
  if (!command.photographs.empty()) {
    command.options.photographs = datasets::demo::list_photographs(command.photographs);
  }
  datasets::demo::Generated generated{};
  {
    const auto total = static_cast<std::size_t>(std::max(command.options.count, 0));
    ProgressBar bar{"demo", total, command.quiet ? Verbosity::quiet : Verbosity::normal};
    generated = datasets::demo::generate_demo(
        command.out, command.options, command.threads,
        [&](int done, int) { bar.show(static_cast<std::size_t>(done), 0, 0, {}); });
  }
  const bool rendered = generated == datasets::demo::Generated::rendered;
  fmt::print("{}: {} images, {}\n", command.out, command.options.count,
             rendered ? "rendered" : "already there");
}

}  // namespace

void add_demo_command(CLI::App& app) {
  CLI::App* verb = app.add_subcommand("demo", "The procedural data set with exact alpha");
  verb->require_subcommand(1);
  verb->footer("Example: mbench demo generate --out demo --seed 7 --count 40 --long-side 640");
  auto command = std::make_shared<DemoCommand>();  // shared with the callback: must outlive parsing
  CLI::App* sub = verb->add_subcommand("generate", "Render it into a folder, in AIM-500's layout");
  sub->add_option("-o,--out", command->out, "Folder to make")->required();
  sub->add_option("--seed", command->options.seed, "Number that every sample is drawn from")
      ->capture_default_str();
  sub->add_option("--count", command->options.count, "Number of images")->capture_default_str();
  sub->add_option("--long-side", command->options.long_side,
                  "Longer side of every image in pixels, 64 to 4096")
      ->capture_default_str();
  sub->add_option("--bg-dir", command->photographs,
                  "Folder of photographs to use as backgrounds (default: procedural ones)");
  sub->add_option("--trimap", command->trimap,
                  "Trimap rule with its options, see `mbench list rules`; gfm:K is an ellipse of K "
                  "pixels at long side 640, other rules are used as they stand")
      ->capture_default_str();
  sub->add_option("-t,--threads", command->threads, "Images at a time (0: all cores)")
      ->check(not_negative())
      ->capture_default_str();
  sub->add_flag("-q,--quiet", command->quiet, "No progress");
  sub->footer("Example: mbench demo generate --out demo --seed 7 --count 40 --long-side 640");
  sub->callback([command] { generate(*command); });
}

}  // namespace mbench::app

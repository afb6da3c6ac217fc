#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

#include <fmt/core.h>
#include <CLI/CLI.hpp>

#include "app/commands.hpp"
#include "app/exit_codes.hpp"
#include "app/output.hpp"
#include "app/verify_composition.hpp"
#include "core/error.hpp"
#include "datasets/check.hpp"
#include "datasets/compose/receipt.hpp"
#include "datasets/compose/unfinished.hpp"
#include "datasets/dataset.hpp"
#include "datasets/manifest.hpp"
#include "datasets/names.hpp"

namespace mbench::app {
namespace {

namespace fs = std::filesystem;

struct DataCommand {
  std::string name;
  std::string folder;
  std::string manifest;
  int threads{0};
  VerifyCompositionCommand composition;
};

std::size_t count(const std::vector<datasets::Problem>& problems, datasets::Severity severity) {
  return static_cast<std::size_t>(
      std::ranges::count(problems, severity, &datasets::Problem::severity));
}

/// Prints the problems and a summary; ends with exit code 3 if there is an error among them.
void report(const std::vector<datasets::Problem>& problems, const std::string& subject) {
  print_problems(problems);
  const std::size_t errors = count(problems, datasets::Severity::error);
  fmt::print("{}: {} errors, {} warnings, {} notes\n", subject, errors,
             count(problems, datasets::Severity::warning),
             count(problems, datasets::Severity::note));
  std::fflush(stdout);
  if (errors > 0) throw Exit{ExitCode::bad_input};
}

void add(const DataCommand& command) {
  const auto replaced = datasets::add_name(command.name, command.folder);
  const datasets::Dataset dataset = datasets::open_dataset(command.name, datasets::Purpose::any);
  const fs::path file = datasets::manifest_file(command.name);
  datasets::write_manifest(datasets::make_manifest(dataset, command.threads), file);
  fmt::print("{}: {} samples ({}), manifest {}\n", command.name, dataset.samples.size(),
             dataset.adapter, file.string());
  if (replaced) fmt::print("it was {} before\n", replaced->string());
  std::fflush(stdout);
  print_problems(dataset.problems);
}

void check(const DataCommand& command) {
  const datasets::Dataset dataset = datasets::open_dataset(command.name, datasets::Purpose::any);
  report(datasets::check_dataset(dataset, command.threads),
         fmt::format("{} ({}): {} samples", dataset.id, dataset.adapter, dataset.samples.size()));
}

void verify(DataCommand& command) {
  const fs::path folder = datasets::where_dataset(command.name).folder;
  if (command.manifest.empty() && is_composition(folder, command.composition)) {
    command.composition.threads = command.threads;
    verify_composition(folder, command.composition);
    return;
  }
  if (!command.manifest.empty() && !command.composition.composition.rule.empty()) {
    throw Error{ErrorKind::usage,
                {.what = "a set is compared with a manifest or with what a rule makes, not both",
                 .fix = "leave out --manifest or --rule"}};
  }
  if (const auto unfinished = datasets::compose::unfinished_set(folder);
      unfinished && command.manifest.empty()) {
    throw Error{ErrorKind::bad_input, unfinished->parts};
  }
  const datasets::Dataset dataset = datasets::open_dataset(command.name, datasets::Purpose::any);
  std::error_code error;
  if (command.manifest.empty() && !fs::exists(datasets::manifest_file(dataset.id), error)) {
    throw Error{
        ErrorKind::bad_input,
        {.what = "there is nothing to compare the files with",
         .where = folder.string(),
         .expected = fmt::format("the receipt of a composed set ({}) in the folder, or "
                                 "the manifest of a registered one",
                                 datasets::compose::kReceiptName),
         .found = fmt::format("neither that nor {}", datasets::manifest_file(dataset.id).string()),
         .fix = "register the folder (`mbench data add NAME DIR`), name a manifest "
                "(--manifest FILE), or a composition rule (--rule, --fg, --alpha, --bg)"}};
  }
  const fs::path file =
      command.manifest.empty() ? datasets::manifest_file(dataset.id) : fs::path{command.manifest};
  const datasets::Manifest manifest = datasets::read_manifest(file);
  report(datasets::verify_manifest(dataset.root, manifest, command.threads),
         fmt::format("{}: {} files against {}", dataset.id, manifest.size(), file.string()));
}

void where(const DataCommand& command) {
  const datasets::Location location = datasets::where_dataset(command.name);
  fmt::print("{}\n", location.folder.empty() ? "(built in)" : location.folder.string());
  fmt::print(stderr, "{}\n", location.found_by);
}

}  // namespace

void add_data_command(CLI::App& app) {
  CLI::App* verb = app.add_subcommand("data", "Name, check and verify folders of data");
  verb->require_subcommand(1);
  verb->footer("Example: mbench data check ../data/mine");
  auto command =
      std::make_shared<DataCommand>();  // shared with the callbacks: must outlive parsing
  const auto add_threads = [&](CLI::App& sub) {
    sub.add_option("-t,--threads", command->threads, "Files at a time (0: all cores)")
        ->check(not_negative())
        ->capture_default_str();
  };

  CLI::App* add_verb = verb->add_subcommand("add", "Register a folder under a name");
  add_verb->add_option("NAME", command->name, "Name for --dataset")->required();
  add_verb->add_option("DIR", command->folder, "Folder of the data set")->required();
  add_threads(*add_verb);
  add_verb->footer("Example: mbench data add aim500 /data/AIM-500");
  add_verb->callback([command] { add(*command); });

  CLI::App* check_verb = verb->add_subcommand(
      "check", "Find every problem of a data set in one pass; exit 3 if there is an error");
  check_verb->add_option("NAME", command->name, "Registered name or folder")->required();
  add_threads(*check_verb);
  check_verb->footer("Example: mbench data check ../data/mine");
  check_verb->callback([command] { check(*command); });

  CLI::App* verify_verb = verb->add_subcommand(
      "verify",
      "Compare every file with the hashes taken when the folder was registered, with the receipt "
      "of a composed set, or (with --rule, --fg, --alpha, --bg) with what a rule makes; exit 3 if "
      "anything differs");
  verify_verb->add_option("NAME", command->name, "Registered name, or folder")->required();
  verify_verb->add_option("--manifest", command->manifest, "Manifest (CSV) to compare with");
  add_threads(*verify_verb);
  add_composition_options(*verify_verb, command->composition.composition);
  verify_verb
      ->add_option("--format", command->composition.format,
                   "What is printed of composites: table or json")
      ->check(CLI::IsMember({"table", "json"}))
      ->capture_default_str();
  verify_verb->add_flag("-q,--quiet", command->composition.quiet, "No progress");
  verify_verb->footer(
      "Example: mbench data verify composed\n"
      "Example: mbench data verify Test_set/merged --rule dim --fg Test_set/fg --alpha "
      "Test_set/alpha --bg VOC2012/JPEGImages --pairing composition-1k-test");
  verify_verb->callback([command] { verify(*command); });

  CLI::App* where_verb = verb->add_subcommand("where", "Print the folder behind a name");
  where_verb->add_option("NAME", command->name, "Name of a data set")->required();
  where_verb->footer("Example: mbench data where aim500");
  where_verb->callback([command] { where(*command); });

  add_overlap_command(*verb);
}

}  // namespace mbench::app

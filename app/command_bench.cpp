#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include <fmt/core.h>
#include <CLI/CLI.hpp>

#include "app/bench.hpp"
#include "app/commands.hpp"
#include "app/config_file.hpp"
#include "app/exit_codes.hpp"
#include "app/output.hpp"
#include "reports/bench_table.hpp"
#include "reports/formats/console.hpp"
#include "reports/formats/markdown.hpp"
#include "runners/machine_state.hpp"

namespace mbench::app {
namespace {

void print(const results::BenchRecord& record, const std::string& format) {
  std::string text;
  if (format == "json") {
    text = results::to_json(record);
  } else if (format == "csv") {
    text = reports::format_bench_csv(record);
  } else {
    for (const reports::TextTable& table : reports::bench_tables(record)) {
      if (!text.empty()) text += '\n';
      text += format == "markdown" ? reports::format_markdown(table)
                                   : reports::format_console(table, emphasis());
    }
  }
  fmt::print("{}", text);
  std::fflush(stdout);
}

void run_bench(const BenchCommand& command) {
  Bench bench{command};
  bench.measure();
  const results::BenchRecord& record = bench.record();
  if (!command.out.empty()) {
    results::write_bench_record(command.out, record);
    if (!command.quiet) fmt::print(stderr, "written: {}\n", command.out);
  }
  if (!record.methods.empty()) print(record, command.format);
  const std::string reason = runners::why_not_quiet(record.machine, record.environment.cores);
  if (!reason.empty()) {
    fmt::print(stderr,
               "mbench: warning: {}\n  fix:      go by CPU times and --compare, or measure again "
               "when the machine is quiet\n",
               reason);
  }
  for (const results::BenchFailure& failure : record.failed) {
    ErrorParts parts = failure.error.parts;
    parts.what = fmt::format("{} was not measured: {}", failure.label, parts.what);
    fmt::print(stderr, "mbench: error: {}\n", format_error(parts));
  }
  if (record.interrupted) {
    fmt::print(stderr, "mbench: interrupted: {} of the methods {} measured\n",
               record.methods.size(), record.methods.size() == 1 ? "was" : "were");
    throw Exit{ExitCode::interrupted};
  }
  if (bench.exit_code() != ExitCode::success) throw Exit{bench.exit_code()};
}

}  // namespace

void add_bench_command(CLI::App& app, const std::vector<std::string>& command_line) {
  auto command = std::make_shared<BenchCommand>();  // shared with the callback
  CLI::App* verb = app.add_subcommand(
      "bench", "Time methods step by step, with memory, throughput and the harness's own share");
  verb->add_option("methods,-m,--method", command->methods,
                   "Methods, with options as NAME:key=value, separated by commas; see `mbench "
                   "list methods`");
  verb->add_option("--compare", command->compared,
                   "Two methods, measured in turn on the same images: the ratio of their times")
      ->expected(2);
  verb->add_option("--mode", command->mode,
                   "One image at a time (latency), as many as there are threads (images/s), or "
                   "one after the other")
      ->check(CLI::IsMember({"single-stream", "offline", "both"}))
      ->capture_default_str();
  CLI::Option* size =
      verb->add_option("--size", command->size, "Width and height of generated images, in pixels")
          ->capture_default_str();
  verb->add_option("-d,--dataset", command->dataset,
                   "Images of this data set instead of generated ones; see `mbench list datasets`")
      ->excludes(size);
  verb->add_option("--limit", command->limit, "The first N images (0: all of a data set)")
      ->check(not_negative())
      ->capture_default_str();
  verb->add_option("--warmup", command->warm_up, "Repetitions before those that count")
      ->check(not_negative())
      ->capture_default_str();
  verb->add_option("--repeat", command->repeat,
                   "Repetitions that count: each image once; intervals need 6")
      ->check(not_negative())
      ->capture_default_str();
  verb->add_option("-t,--threads", command->threads, "Images at a time, offline (0: all cores)")
      ->check(not_negative())
      ->capture_default_str();
  verb->add_option("--device", command->choices.device, "Where networks run: cpu, cuda or cuda:N")
      ->capture_default_str();
  verb->add_option("--precision", command->precisions,
                   "Arithmetic of networks: fp32, fp16, bf16, or several: one row for each")
      ->check(CLI::IsMember({"fp32", "fp16", "bf16"}))
      ->delimiter(',')
      ->capture_default_str();
  verb->add_option("--segmentation", command->choices.segmentation,
                   "Coarse segmentations for methods that need one; see `mbench run --help`");
  verb->add_option("--weights", command->choices.weights,
                   "Weights of networks: a published file, or recipe:SEED for untrained ones "
                   "(default: the published file; where it is not found, recipe:1)");
  verb->add_option("--format", command->format, "How the result is printed to stdout")
      ->check(CLI::IsMember({"table", "json", "csv", "markdown"}))
      ->capture_default_str();
  verb->add_option("-o,--out", command->out, "File for the JSON record, with every measurement");
  verb->add_flag("-q,--quiet", command->quiet, "No progress");
  bind_environment(*verb, {"out", "compare", "method", "dataset", "size"});
  verb->footer(
      "docs/benchmarking.md says what every column is and how to get numbers that can be "
      "believed.\n"
      "Example: mbench bench closed-form,trimap-as-alpha --size 400x300 --repeat 10");
  command->command_line = command_line;
  verb->callback([command] { run_bench(*command); });
}

}  // namespace mbench::app

#include "app/output.hpp"

#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstdlib>

#include <fmt/core.h>
#include <CLI/CLI.hpp>

#include "metrics/column_format.hpp"
#include "metrics/columns.hpp"
#include "metrics/protocol.hpp"
#include "reports/formats/console.hpp"
#include "reports/formats/csv.hpp"
#include "reports/formats/json.hpp"
#include "reports/formats/latex.hpp"
#include "reports/formats/markdown.hpp"
#include "reports/mixed_table.hpp"
#include "reports/table.hpp"

namespace mbench::app {
namespace {

/// "SAD", or "SAD fg" for the column sad_fg.
std::string column_title(const metrics::Metric& metric, std::string_view column_id) {
  if (column_id == metric.id) return std::string{metric.title};
  return fmt::format("{} {}", metric.title, column_id.substr(metric.id.size() + 1));
}

reports::ColumnStyle column_style(std::string_view protocol_id, std::string_view column_id) {
  const metrics::Protocol& protocol = metrics::find_protocol(protocol_id);
  const metrics::Metric& metric = metrics::metric_of_column(protocol, column_id);
  return {.title = column_title(metric, column_id),
          .unit = metrics::unit_of_column(protocol, column_id),
          .lower_is_better = metric.better == Better::lower,
          .decimals = metrics::decimals_of_column(protocol, column_id),
          .protocol = metrics::versioned_id(protocol),
          .protocol_title = std::string{protocol.title}};
}

}  // namespace

reports::Emphasis emphasis() {
  const bool colour_allowed = std::getenv("NO_COLOR") == nullptr;
  return colour_allowed && isatty(STDOUT_FILENO) == 1 ? reports::Emphasis::terminal
                                                      : reports::Emphasis::none;
}

void add_format_option(CLI::App& verb, std::string& format) {
  verb.add_option("--format", format, "How the table is printed to stdout")
      ->check(CLI::IsMember({"table", "json", "csv", "markdown", "latex"}))
      ->capture_default_str();
}

std::function<std::string(const std::string&)> not_negative() {
  return [](const std::string& text) {
    const bool digits = !text.empty() && std::ranges::all_of(text, [](unsigned char c) {
      return std::isdigit(c) != 0;
    });
    return digits ? std::string{} : fmt::format("'{}' is no whole number from 0 upwards", text);
  };
}

void add_table_options(CLI::App& verb, TableOptions& options) {
  add_format_option(verb, options.format);
  verb.add_flag("--mixed", options.mixed,
                "Let protocols share columns: one row per method and protocol, named in each row");
}

void print_table(std::span<const results::RunRecord> records, const TableOptions& options) {
  const reports::Table table = options.mixed ? reports::make_mixed_table(records, column_style)
                                             : reports::make_table(records, column_style);
  const std::string& format = options.format;
  std::string text;
  if (format == "json") {
    text = reports::format_json(table);
  } else if (format == "csv") {
    text = reports::format_csv(table);
  } else if (format == "markdown") {
    text = reports::format_markdown(table);
  } else if (format == "latex") {
    text = reports::format_latex(table);
  } else {
    text = reports::format_console(table, emphasis());
  }
  fmt::print("{}", text);
  std::fflush(stdout);
}

void print_failures(const results::RunRecord& record) {
  for (const results::SampleResult& row : record.samples) {
    if (row.status == results::Status::ok) continue;
    ErrorParts parts = row.error->parts;
    parts.what = fmt::format("sample '{}' failed: {}", row.id, parts.what);
    fmt::print(stderr, "mbench: {}\n", format_error(parts));
  }
}

void print_problems(const std::vector<datasets::Problem>& problems) {
  for (const auto severity :
       {datasets::Severity::error, datasets::Severity::warning, datasets::Severity::note}) {
    for (const datasets::Problem& problem : problems) {
      if (problem.severity != severity) continue;
      const std::string sample = problem.sample.empty() ? "" : problem.sample + ": ";
      fmt::print(stderr, "{}: [{}] {}{}\n", to_string(severity), problem.code, sample,
                 format_error(problem.parts));
    }
  }
}

}  // namespace mbench::app

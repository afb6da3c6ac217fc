#pragma once
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "datasets/dataset.hpp"
#include "reports/formats/console.hpp"
#include "results/record.hpp"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace mbench::app {

/// The option --format of verbs that print a table.
void add_format_option(CLI::App& verb, std::string& format);

/// Check of an option that counts something: an integer of at least 0.
[[nodiscard]] std::function<std::string(const std::string&)> not_negative();

/// How a table is printed: the options --format and --mixed.
struct TableOptions {
  std::string format{"table"};
  bool mixed{false};
};

/// Binds the options of verbs that print a table.
void add_table_options(CLI::App& verb, TableOptions& options);

/// Prints the table of the records to stdout: table, json, csv, markdown or latex.
void print_table(std::span<const results::RunRecord> records, const TableOptions& options);

/// Whether stdout is a terminal that may be sent emphasis.
[[nodiscard]] reports::Emphasis emphasis();

/// Prints to stderr what became of every failed sample.
void print_failures(const results::RunRecord& record);

/// Prints problems to stderr, errors first, each with its parts, and how many there were.
void print_problems(const std::vector<datasets::Problem>& problems);

}  // namespace mbench::app

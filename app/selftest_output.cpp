#include "app/selftest_output.hpp"

#include <algorithm>
#include <array>

#include <fmt/core.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/version.hpp"

namespace mbench::app {
namespace {

using selftest::Bound;
using selftest::Reference;
using selftest::Report;
using selftest::Row;
using selftest::Verdict;

bool was_compared(const Row& row) { return row.compared > 0; }
/// There is a reference, even if nothing was compared with it.
bool was_measured(const Row& row) { return row.compared > 0 || row.left_out > 0; }

/// "2.6e-06", "0" or, for a row without comparisons, "-".
std::string deviation_text(const Row& row, double deviation) {
  if (!was_compared(row)) return "-";
  return deviation == 0.0 ? "0" : fmt::format("{:.2g}", deviation);
}

std::string bound_text(const Row& row) {
  const Bound& bound = row.bound;
  if (!was_compared(row)) return "-";
  if (bound.relative == 0.0 && bound.absolute == 0.0) return "equal";
  return fmt::format("{:.2g} or {:.2g}", bound.relative, bound.absolute);
}

std::string item_text(const Row& row) { return row.item.empty() ? "(all)" : row.item; }

std::string totals_text(const std::vector<Report>& reports) {
  const selftest::Totals totals = selftest::totals(reports);
  std::string text =
      fmt::format("{} comparisons, {} beyond their bounds", totals.compared, totals.broken);
  if (totals.left_out > 0) text += fmt::format(", {} excluded", totals.left_out);
  if (totals.not_known > 0) {
    text += fmt::format(", {} {} not known to this build", totals.not_known,
                        totals.not_known == 1 ? "entry" : "entries");
  }
  return text;
}

/// "paddle sad, mse, grad, conn: excluded: ...": rows with one note share a line.
std::vector<std::string> notes(const Report& report) {
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < report.rows.size();) {
    const Row& first = report.rows[i];
    std::vector<std::string> items;
    for (; i < report.rows.size(); ++i) {
      const Row& row = report.rows[i];
      if (row.group != first.group || row.reference != first.reference || row.note != first.note) {
        break;
      }
      items.push_back(item_text(row));
    }
    if (first.note.empty()) continue;
    lines.push_back(fmt::format("{} {}, {}: {}", first.group, fmt::join(items, ", "),
                                selftest::to_string(first.reference), first.note));
  }
  return lines;
}

constexpr std::size_t kColumns = 9;
using Line = std::array<std::string, kColumns>;

Line make_line(const Row& row) {
  return {row.group,
          item_text(row),
          was_measured(row) ? std::string{selftest::to_string(row.reference)} : "-",
          fmt::format("{}", row.compared),
          deviation_text(row, row.relative),
          deviation_text(row, row.absolute),
          bound_text(row),
          std::string{selftest::to_string(row.verdict)},
          row.worst_case};
}

void append_lines(std::string& text, const std::vector<Line>& lines) {
  std::array<std::size_t, kColumns> widths{};
  for (const Line& line : lines) {
    for (std::size_t i = 0; i < kColumns; ++i) widths[i] = std::max(widths[i], line[i].size());
  }
  for (const Line& line : lines) {
    std::string row;
    for (std::size_t i = 0; i < kColumns; ++i) {
      const bool is_number = i >= 3 && i <= 5;
      row += is_number ? fmt::format("{:>{}}  ", line[i], widths[i])
                       : fmt::format("{:<{}}  ", line[i], widths[i]);
    }
    row.erase(row.find_last_not_of(' ') + 1);
    text += row + '\n';
  }
}

nlohmann::ordered_json to_json(const Row& row) {
  nlohmann::ordered_json json{{"group", row.group}, {"item", row.item}};
  if (was_measured(row)) {
    json["reference"] = selftest::to_string(row.reference);
    json["compared"] = row.compared;
    json["broken"] = row.broken;
    json["excluded"] = row.left_out;
  }
  if (was_compared(row)) {
    json["relative"] = row.relative;
    json["absolute"] = row.absolute;
    json["bound"] = {{"relative", row.bound.relative}, {"absolute", row.bound.absolute}};
    json["worst_case"] = row.worst_case;
  }
  json["verdict"] = selftest::to_string(row.verdict);
  if (!row.note.empty()) json["note"] = row.note;
  return json;
}

/// The rows of one group and item, against either reference.
struct Pair {
  const Row* program{};
  const Row* exact{};
};

std::vector<Pair> pair_references(const Report& report) {
  std::vector<Pair> pairs;
  for (const Row& row : report.rows) {
    const auto same = std::ranges::find_if(pairs, [&](const Pair& pair) {
      const Row& first = pair.program != nullptr ? *pair.program : *pair.exact;
      return first.group == row.group && first.item == row.item;
    });
    Pair& pair = same == pairs.end() ? pairs.emplace_back() : *same;
    (row.reference == Reference::exact ? pair.exact : pair.program) = &row;
  }
  return pairs;
}

std::string markdown_cells(const Row* row) {
  if (row == nullptr || !was_measured(*row)) return " | | | |";
  return fmt::format(" {} | {} | {} | {} |", row->compared, deviation_text(*row, row->relative),
                     deviation_text(*row, row->absolute), bound_text(*row));
}

std::string_view worse_verdict(const Pair& pair) {
  const bool fails = (pair.program != nullptr && pair.program->verdict == Verdict::fail) ||
                     (pair.exact != nullptr && pair.exact->verdict == Verdict::fail);
  if (fails) return selftest::to_string(Verdict::fail);
  return selftest::to_string((pair.program != nullptr ? pair.program : pair.exact)->verdict);
}

}  // namespace

std::string selftest_table(const std::vector<Report>& reports) {
  std::string text;
  for (const Report& report : reports) {
    text += fmt::format("{}: {} ({})\n", report.family, report.title, report.references);
    std::vector<Line> lines{{"group", "item", "reference", "cases", "relative", "absolute",
                             "bound: rel or abs", "verdict", "largest in"}};
    for (const Row& row : report.rows) lines.push_back(make_line(row));
    append_lines(text, lines);
    for (const std::string& note : notes(report)) text += note + '\n';
    text += '\n';
  }
  return text + totals_text(reports) + '\n';
}

std::string selftest_json(const std::vector<Report>& reports) {
  const Version build = version();
  const selftest::Totals totals = selftest::totals(reports);
  nlohmann::ordered_json json{{"schema", "mbench.selftest/1"},
                              {"tool",
                               {{"name", "mbench"},
                                {"version", build.version},
                                {"commit", build.commit},
                                {"compiler", build.compiler},
                                {"build_type", build.build_type}}},
                              {"compared", totals.compared},
                              {"broken", totals.broken},
                              {"excluded", totals.left_out},
                              {"not_known", totals.not_known},
                              {"families", nlohmann::ordered_json::array()}};
  for (const Report& report : reports) {
    nlohmann::ordered_json family{{"id", report.family},
                                  {"title", report.title},
                                  {"references", report.references},
                                  {"rows", nlohmann::ordered_json::array()}};
    for (const Row& row : report.rows) family["rows"].push_back(to_json(row));
    json["families"].push_back(std::move(family));
  }
  return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

std::string selftest_markdown(const std::vector<Report>& reports) {
  std::string text = fmt::format(
      "# Calibration\n\n"
      "How far mbench {} lies from the programs whose numbers it gives, and from the written\n"
      "definitions evaluated exactly. `mbench selftest` measures this again with any build, and\n"
      "`mbench selftest --golden DIR` with other cases.\n\n"
      "*rel*: largest deviation over the expected value, without expected values of 0 and without\n"
      "deviations of at most 1e-12 (from programs) or 1e-15 (from definitions), whatever the "
      "expected\n"
      "value is: where *abs* is not 0 but *rel* is, every deviation was as small as that. *abs*: "
      "largest\n"
      "deviation of all. *bound*: a deviation passes if it is within the first number times the "
      "expected\n"
      "value, or within the second. What remains against the programs is the rounding of their "
      "single\n"
      "precision. Protocol `trimap` has no public program: its values were counted by a program "
      "of\n"
      "their own.\n",
      version().version);
  for (const Report& report : reports) {
    text += fmt::format(
        "\n## {}\n\n"
        "| | | original program: cases | rel | abs | bound | definition: cases | rel | abs | "
        "bound | verdict |\n|---|---|--:|--:|--:|---|--:|--:|--:|---|---|\n",
        report.title);
    for (const Pair& pair : pair_references(report)) {
      const Row& first = *(pair.program != nullptr ? pair.program : pair.exact);
      text += fmt::format("| {} | {} |{}{} {} |\n", first.group,
                          first.item.empty() ? "(all)" : fmt::format("`{}`", first.item),
                          markdown_cells(pair.program), markdown_cells(pair.exact),
                          worse_verdict(pair));
    }
    const std::vector<std::string> lines = notes(report);
    if (!lines.empty()) text += '\n';
    for (const std::string& note : lines) text += fmt::format("- {}\n", note);
  }
  return text + fmt::format("\n{}.\n", totals_text(reports));
}

}  // namespace mbench::app

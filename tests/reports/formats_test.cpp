#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "reports/fixed_number.hpp"
#include "reports/formats/console.hpp"
#include "reports/formats/csv.hpp"
#include "reports/formats/json.hpp"
#include "reports/formats/latex.hpp"
#include "reports/formats/markdown.hpp"
#include "reports/formats/text_table.hpp"
#include "tests/reports/example_tables.hpp"
#include "tests/results/example_records.hpp"
#include "tests/support/approved.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"

using namespace mbench;
using namespace mbench::reports;
using testing::check_approved;
using testing::full_table;
using testing::plain_table;

namespace {

/// Records of a CSV text by RFC 4180, written for this test.
std::vector<std::vector<std::string>> parse_csv(std::string_view text) {
  std::vector<std::vector<std::string>> records{{""}};
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string& field = records.back().back();
    if (quoted) {
      if (text[i] != '"') {
        field += text[i];
      } else if (i + 1 < text.size() && text[i + 1] == '"') {
        field += text[i++];
      } else {
        quoted = false;
      }
    } else if (text[i] == '"') {
      quoted = true;
    } else if (text[i] == ',') {
      records.back().emplace_back();
    } else if (text.substr(i, 2) == "\r\n") {
      records.push_back({""});
      ++i;
    } else {
      field += text[i];
    }
  }
  records.pop_back();  // after the last line end
  return records;
}

/// The cells between the bars of the rows of a Markdown table, marks taken off.
std::vector<std::vector<std::string>> parse_markdown(const std::string& text) {
  std::vector<std::vector<std::string>> rows;
  std::size_t start = 0;
  while (start < text.size()) {
    const std::size_t end = text.find('\n', start);
    const std::string line = text.substr(start, end - start);
    start = end + 1;
    if (line.empty() || line[0] != '|') continue;
    std::vector<std::string> cells;
    std::string cell;
    for (std::size_t i = 1; i < line.size(); ++i) {
      if (line[i] != '|' || line[i - 1] == '\\') {
        cell += line[i];
        continue;
      }
      cell = cell.substr(1, cell.size() - 2);
      for (const char* mark : {"**", "<u>", "</u>"}) {
        for (std::size_t at; (at = cell.find(mark)) != std::string::npos;) {
          cell.erase(at, std::string_view{mark}.size());
        }
      }
      cells.push_back(std::exchange(cell, {}));
    }
    rows.push_back(std::move(cells));
  }
  rows.erase(rows.begin() + 1);  // the rule below the heads
  return rows;
}

/// A mean as the formats for people print it, from the text or value of one for programs.
std::string printed(const Table& table, std::size_t column, const std::string& full) {
  if (full.empty()) return "-";
  if (full == "NA") return "undef.";
  return fixed_number(std::strtod(full.c_str(), nullptr), table.columns[column].style.decimals);
}

bool has_program(const char* name) {
  return std::system((std::string{"command -v "} + name + " >/dev/null 2>&1").c_str()) == 0;
}

}  // namespace

TEST_CASE("every format prints a plain table as approved", "[reports][formats]") {
  const Table table = plain_table();
  check_approved("reports/plain.txt", format_console(table, Emphasis::none));
  check_approved("reports/plain.ansi", format_console(table, Emphasis::terminal));
  check_approved("reports/plain.md", format_markdown(table));
  check_approved("reports/plain.tex", format_latex(table));
  check_approved("reports/plain.csv", format_csv(table));
  check_approved("reports/plain.json", format_json(table));
}

TEST_CASE("every format prints everything a table can hold as approved", "[reports][formats]") {
  const Table table = full_table();
  check_approved("reports/full.txt", format_console(table, Emphasis::none));
  check_approved("reports/full.ansi", format_console(table, Emphasis::terminal));
  check_approved("reports/full.md", format_markdown(table));
  check_approved("reports/full.tex", format_latex(table));
  check_approved("reports/full.csv", format_csv(table));
  check_approved("reports/full.json", format_json(table));
}

TEST_CASE("all formats have equal rows, columns and numbers", "[reports][formats][property]") {
  const Table table = GENERATE(plain_table(), full_table());
  const auto csv = parse_csv(format_csv(table));
  const auto json = nlohmann::ordered_json::parse(format_json(table));
  const auto markdown = parse_markdown(format_markdown(table));
  const TextTable text = make_text_table(table);
  const std::string console = format_console(table, Emphasis::none);
  const std::string latex = format_latex(table);
  REQUIRE(csv.size() == table.rows.size() + 1);
  REQUIRE(json.size() == table.rows.size());
  REQUIRE(markdown.size() == table.rows.size() + 1);

  std::size_t first = 0;  // column of text formats with the first score
  while (text.columns[first].protocol.empty()) ++first;
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    REQUIRE(csv[r + 1].size() == csv[0].size());
    std::size_t key = 0;
    for (const auto& [name, value] : json[r].items()) {
      if (key == csv[0].size()) break;  // marks and notes come after the columns
      CHECK(name == csv[0][key++]);     // the same columns, in the same order
    }
    CHECK(key == csv[0].size());
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      const std::string name = table.columns[c].protocol + "." + table.columns[c].id;
      CAPTURE(r, name);
      CHECK(csv[0][5 + c] == name);
      const std::string full = csv[r + 1][5 + c];
      if (json[r].at(name).is_null()) {
        CHECK((full.empty() || full == "NA"));
        CHECK(json[r].at("undefined").contains(name) == (full == "NA"));
      } else {
        CHECK(json[r].at(name).get<double>() == table.rows[r].cells[c].value);
        CHECK(std::strtod(full.c_str(), nullptr) == table.rows[r].cells[c].value);
      }
      const std::string short_text = printed(table, c, full);
      CHECK(text.rows[r].cells[first + c].text == short_text);
      CHECK(markdown[r + 1][first + c] == short_text);
      CHECK(console.find(short_text) != std::string::npos);
      CHECK(latex.find(short_text) != std::string::npos);
    }
  }
}

TEST_CASE("emphasis adds escape sequences and nothing else", "[reports][formats][property]") {
  const std::string text = format_console(plain_table(), Emphasis::none);
  const std::string marked = format_console(plain_table(), Emphasis::terminal);
  std::string unmarked = marked;
  for (const char* code : {"\x1b[1m", "\x1b[4m", "\x1b[0m"}) {
    for (std::size_t at; (at = unmarked.find(code)) != std::string::npos;) unmarked.erase(at, 4);
  }
  CHECK(unmarked == text);
  CHECK(marked != text);
  CHECK(text.find('\x1b') == std::string::npos);
}

TEST_CASE("a name cannot drive the terminal or break a line", "[reports][formats]") {
  const std::vector<results::RunRecord> records{
      testing::record_of("evil\x1b[2J\r\nname\xFF", "d", {testing::scored_sample("a", 1, 0)})};
  const Table table = make_table(records, testing::example_style);
  CHECK_THAT(format_console(table, Emphasis::terminal), Catch::Contains("evil?[2J??name\\xFF"));
  CHECK_THAT(format_markdown(table), Catch::Contains("evil?\\[2J??name\\\\xFF |"));
  CHECK_THAT(format_latex(table), Catch::Contains("evil?[2J??name\\textbackslash{}xFF &"));
  CHECK(parse_csv(format_csv(table)).at(1).at(0) == "evil\x1b[2J\r\nname\\xFF");
  CHECK(nlohmann::json::parse(format_json(table)).at(0).at("method") == "evil\x1b[2J\r\nname\\xFF");
}

TEST_CASE("an empty table is printed by every format", "[reports][formats]") {
  const Table table = make_table({}, testing::example_style);
  CHECK(format_json(table) == "[]\n");
  CHECK_THAT(format_csv(table), Catch::StartsWith("method,method_id,"));
  CHECK_THAT(format_console(table, Emphasis::none), Catch::StartsWith("No runs\n"));
  CHECK_THAT(format_markdown(table), Catch::StartsWith("No runs\n"));
  CHECK_THAT(format_latex(table), Catch::Contains("\\caption{No runs}"));
}

TEST_CASE("the LaTeX tables compile in a plain article", "[reports][formats][latex]") {
  if (!has_program("pdflatex")) {
    WARN("skipped: pdflatex is not installed (Debian: texlive-latex-recommended)");
    return;
  }
  const testing::TemporaryFolder folder;
  // pdfLaTeX has no font for the CJK name, as any paper that uses it must provide one.
  std::string full = format_latex(full_table());
  for (std::size_t at; (at = full.find("草")) != std::string::npos;) full.erase(at, 3);
  testing::write_text(folder / "paper.tex",
                      "\\documentclass{article}\n\\usepackage{booktabs}\n\\begin{document}\n" +
                          format_latex(plain_table()) + full + "\\end{document}\n");
  const std::string command = "cd '" + folder.path().string() +
                              "' && pdflatex -interaction=nonstopmode -halt-on-error paper.tex "
                              ">out.txt 2>&1";
  const int status = std::system(command.c_str());
  INFO(testing::read_text(folder / "out.txt"));
  CHECK(status == 0);
  CHECK(std::filesystem::exists(folder / "paper.pdf"));
}

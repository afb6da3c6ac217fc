#include "tests/support/approved.hpp"

#include <cstdlib>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"

namespace mbench::testing {
namespace {

std::vector<std::string> split_lines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
  }
  return lines;
}

/// The lines that differ, position by position: "-" as expected, "+" as it is.
std::string difference(std::string_view expected, std::string_view actual) {
  const auto before = split_lines(expected), after = split_lines(actual);
  std::ostringstream out;
  for (std::size_t i = 0; i < std::max(before.size(), after.size()); ++i) {
    if (i < before.size() && i < after.size() && before[i] == after[i]) continue;
    if (i < before.size()) out << "line " << i + 1 << " - " << before[i] << '\n';
    if (i < after.size()) out << "line " << i + 1 << " + " << after[i] << '\n';
  }
  if (out.str().empty()) out << "(only line feeds at the end differ)\n";
  return out.str();
}

}  // namespace

void check_approved(std::string_view name, std::string_view text) {
  const auto file = source_path("tests/expected") / name;
  const char* update = std::getenv("MBENCH_UPDATE_EXPECTED");
  if (update != nullptr && std::string_view{update} == "1") {
    write_text(file, text);
    WARN("wrote " << file);
    return;
  }
  const std::string expected = std::filesystem::exists(file) ? read_text(file) : std::string{};
  if (expected == text) {
    SUCCEED();
    return;
  }
  FAIL("output differs from " << file << ":\n"
                              << difference(expected, text)
                              << "if the new output is right: MBENCH_UPDATE_EXPECTED=1");
}

}  // namespace mbench::testing

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"
#include "tests/support/references.hpp"

using namespace mbench;
namespace fs = std::filesystem;

namespace {

/// The key at the beginning of the text: letters, a year, perhaps more letters; "" if there is
/// none.
std::string_view leading_key(std::string_view text) {
  const auto end_of = [&](std::size_t from, auto is_part) {
    while (from < text.size() && is_part(static_cast<unsigned char>(text[from]))) ++from;
    return from;
  };
  const auto is_lower = [](unsigned char c) { return std::islower(c) != 0; };
  const std::size_t year = end_of(0, is_lower);
  const std::size_t suffix = end_of(year, [](unsigned char c) { return std::isdigit(c) != 0; });
  const std::size_t end = end_of(suffix, is_lower);
  const bool is_year = suffix - year == 4 &&
                       (text.substr(year).starts_with("19") || text.substr(year).starts_with("20"));
  if (year < 2 || !is_year || end == text.size()) return {};
  return text[end] == ']' || text[end] == ',' ? text.substr(0, end) : std::string_view{};
}

/// The works that a text cites: "[xu2017]", "[li2021, li2022gfm]", "[cai2019, eq. 2]".
std::vector<std::string> cited_works(std::string_view text) {
  std::vector<std::string> keys;
  for (std::size_t at = text.find('['); at != std::string_view::npos; at = text.find('[', at + 1)) {
    std::string_view rest = text.substr(at + 1);
    for (auto key = leading_key(rest); !key.empty(); key = leading_key(rest)) {
      keys.emplace_back(key);
      rest.remove_prefix(std::min(rest.size(), key.size() + 2));  // ", "
    }
  }
  return keys;
}

bool is_text(const fs::path& file) {
  return file.extension() == ".hpp" || file.extension() == ".cpp" || file.extension() == ".md";
}

}  // namespace

TEST_CASE("citations are found in a text, one or several between brackets", "[core][citations]") {
  CHECK(cited_works("as [xu2017] and [li2021, li2022gfm] do [cai2019, eq. 2], a[i2020] no") ==
        std::vector<std::string>{"xu2017", "li2021", "li2022gfm", "cai2019"});
  CHECK(cited_works("[the page](docs.md), [2017], values[x1], [abc123]").empty());
}

TEST_CASE("every work that code and pages cite is in the references", "[core][citations]") {
  constexpr std::array kFolders{"app",     "baselines", "core",    "datasets", "docs",    "imaging",
                                "metrics", "reports",   "results", "runners",  "selftest"};
  std::size_t citations = 0;
  for (const char* folder : kFolders) {
    for (const auto& entry : fs::recursive_directory_iterator{testing::source_path(folder)}) {
      if (!entry.is_regular_file() || !is_text(entry.path())) continue;
      for (const std::string& key : cited_works(testing::read_text(entry.path()))) {
        CAPTURE(entry.path().string(), key);
        CHECK(testing::is_in_references(key));
        ++citations;
      }
    }
  }
  CHECK(citations > 100);
}

#include "datasets/compose/unfinished.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include <fmt/core.h>

#include "core/error.hpp"
#include "core/path_kind.hpp"
#include "core/text_file.hpp"
#include "datasets/compose/receipt.hpp"
#include "datasets/made_folder.hpp"

namespace mbench::datasets::compose {
namespace fs = std::filesystem;
namespace {

/// "4 of 9 planned composites". Rows are counted, not read: there may be tens of thousands.
std::string made_so_far(const fs::path& file) {
  try {
    const std::string text = read_text_file(file);
    const std::string_view first = std::string_view{text}.substr(0, text.find('\n') + 1);
    const auto header = parse_rows(first, file.string(), kRowsSchema, [](const JsonNode&) {});
    const auto made = std::ranges::count(text, '\n') - 1;  // but for the first line
    if (header && header->planned > 0) {
      return fmt::format("{} of {} planned composites", made, header->planned);
    }
    if (header) return fmt::format("{} composites", made);
  } catch (const Error&) {
    return "a log that cannot be read";
  }
  return "none";
}

}  // namespace

std::optional<Problem> unfinished_set(const fs::path& folder) {
  const fs::path rows = folder / kRowsName;
  if (has_receipt(folder) || !is_file(rows)) return std::nullopt;
  return Problem{.code = "unfinished",
                 .parts = {.what = "the composed set is unfinished",
                           .where = rows.string(),
                           .expected = "all of its composites, and their receipt",
                           .found = made_so_far(rows),
                           .fix = "give the command that composes it again: it goes on"},
                 .severity = Severity::warning,
                 .file = rows};
}

}  // namespace mbench::datasets::compose

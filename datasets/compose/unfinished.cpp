#include "datasets/compose/unfinished.hpp"

#include "core/path_kind.hpp"
#include "datasets/compose/receipt.hpp"

namespace mbench::datasets::compose {
namespace fs = std::filesystem;

std::optional<Problem> unfinished_set(const fs::path& folder) {
  const fs::path rows = folder / kRowsName;
  if (has_receipt(folder) || !is_file(rows)) return std::nullopt;
  return Problem{.code = "unfinished",
                 .parts = {.what = "the composed set is unfinished",
                           .where = rows.string(),
                           .expected = "all of its composites, and their receipt",
                           .found = "those that were made before the program ended",
                           .fix = "give the command that composes it again: it goes on"},
                 .severity = Severity::warning,
                 .file = rows};
}

}  // namespace mbench::datasets::compose

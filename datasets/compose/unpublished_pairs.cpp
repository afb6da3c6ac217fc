#include "datasets/compose/unpublished_pairs.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include <fmt/core.h>

#include "core/error.hpp"
#include "datasets/compose/published_pairs.hpp"
#include "datasets/compose/receipt.hpp"

namespace mbench::datasets::compose {
namespace fs = std::filesystem;
namespace {

/// Endings may differ: backgrounds are also kept as PNG.
std::string stem_of(std::string_view name) { return fs::path{name}.stem().string(); }

/// Foreground and background of every composite.
std::map<std::string, std::pair<std::string, std::string>> ingredients_by_output(
    std::string_view pairing) {
  std::map<std::string, std::pair<std::string, std::string>> all;
  for (const Pair& pair : published_pairs(pairing)) {
    all.emplace(stem_of(pair.output),
                std::pair{stem_of(pair.foreground), stem_of(pair.background)});
  }
  return all;
}

std::optional<Problem> compare(const Receipt& receipt, std::string_view pairing,
                               const fs::path& file) {
  const auto published = ingredients_by_output(pairing);
  std::size_t named = 0;
  std::size_t others = 0;
  std::string first;
  for (const ReceiptRow& row : receipt.rows) {
    const auto pair = published.find(stem_of(row.output));
    if (pair == published.end()) continue;
    ++named;
    const auto& [foreground, background] = pair->second;
    if (foreground == stem_of(row.foreground.name) && background == stem_of(row.background.name)) {
      continue;
    }
    ++others;
    if (first.empty()) {
      first = fmt::format("{} on {}, published on {}", row.output, row.background.name, background);
    }
  }
  if (others == 0 || 2 * named <= receipt.rows.size()) return std::nullopt;
  return Problem{
      .code = "pairing",
      .parts = {.what = fmt::format("the composites are called as those of {}, but lie on other "
                                    "backgrounds",
                                    pairing),
                .where = file.string(),
                .expected = fmt::format("pairing {}", pairing),
                .found = fmt::format("pairing {}: {} of {} composites differ, first {}",
                                     receipt.pairing, others, named, first),
                .fix = fmt::format("scores on them are no published ones: say so beside them, or "
                                   "compose with --pairing {} into another folder",
                                   pairing)},
      .severity = Severity::warning,
      .file = file};
}

}  // namespace

std::optional<Problem> unpublished_pairs(const fs::path& folder) {
  if (!has_receipt(folder)) return std::nullopt;
  const fs::path file = folder / kReceiptName;
  try {
    const Receipt receipt = read_receipt(folder);
    for (const std::string_view pairing : published_pairings()) {
      if (auto problem = compare(receipt, pairing, file)) return problem;
    }
  } catch (const Error& error) {
    return Problem{
        .code = "receipt", .parts = error.parts(), .severity = Severity::warning, .file = file};
  }
  return std::nullopt;
}

}  // namespace mbench::datasets::compose

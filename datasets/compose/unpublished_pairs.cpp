#include "datasets/compose/unpublished_pairs.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/core.h>

#include "core/error.hpp"
#include "datasets/compose/published_pairs.hpp"
#include "datasets/compose/receipt.hpp"

namespace mbench::datasets::compose {
namespace fs = std::filesystem;
namespace {

/// Endings may differ: backgrounds are also kept as PNG.
std::string stem_of(std::string_view name) { return fs::path{name}.stem().string(); }

using RowsByStem = std::map<std::string, const ReceiptRow*>;

bool is_made_as(const ReceiptRow& row, const Pair& pair) {
  return stem_of(row.foreground.name) == stem_of(pair.foreground) &&
         stem_of(row.background.name) == stem_of(pair.background);
}

/// Does every row lie in its place in the published list that the receipt names? So do all sets
/// that are composed for their scores; nothing has to be searched for them.
bool is_as_it_says(const Receipt& receipt) {
  const auto pairings = published_pairings();
  if (std::ranges::find(pairings, receipt.pairing) == pairings.end()) return false;
  const std::vector<Pair> pairs = published_pairs(receipt.pairing);
  return std::ranges::all_of(receipt.rows, [&](const ReceiptRow& row) {
    return row.index < pairs.size() && row.output == pairs[row.index].output &&
           is_made_as(row, pairs[row.index]);
  });
}

RowsByStem rows_by_stem(const Receipt& receipt) {
  RowsByStem rows;
  for (const ReceiptRow& row : receipt.rows) rows.emplace(stem_of(row.output), &row);
  return rows;
}

std::optional<Problem> compare(const Receipt& receipt, const RowsByStem& rows,
                               std::string_view pairing, const std::vector<Pair>& pairs,
                               const fs::path& file) {
  std::size_t named = 0;
  std::size_t others = 0;
  std::string first;
  for (const Pair& pair : pairs) {
    const auto row = rows.find(stem_of(pair.output));
    if (row == rows.end()) continue;
    ++named;
    if (is_made_as(*row->second, pair)) continue;
    ++others;
    if (!first.empty()) continue;
    const ReceiptRow& made = *row->second;
    first = fmt::format("{}: {} on {}, published {} on {}", made.output, made.foreground.name,
                        made.background.name, pair.foreground, pair.background);
  }
  if (others == 0 || 2 * named <= receipt.rows.size()) return std::nullopt;
  return Problem{
      .code = "pairing",
      .parts = {.what = fmt::format("the composites are called as those of {}, but are made of "
                                    "other pairs of foreground and background",
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
    if (is_as_it_says(receipt)) return std::nullopt;
    RowsByStem rows;
    for (const std::string_view pairing : published_pairings()) {
      const std::vector<Pair> pairs = published_pairs(pairing);
      if (2 * pairs.size() <= receipt.rows.size()) continue;  // most are called otherwise
      if (rows.empty()) rows = rows_by_stem(receipt);
      if (auto problem = compare(receipt, rows, pairing, pairs, file)) return problem;
    }
  } catch (const Error& error) {
    return Problem{
        .code = "receipt", .parts = error.parts(), .severity = Severity::warning, .file = file};
  }
  return std::nullopt;
}

}  // namespace mbench::datasets::compose

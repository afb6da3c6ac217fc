#include <zlib.h>

#include <array>
#include <map>

#include <fmt/core.h>

#include "core/error.hpp"
#include "imaging/trimap_rules.hpp"
#include "selftest/family.hpp"
#include "selftest/golden_folder.hpp"
#include "selftest/made_trimaps.hpp"

namespace mbench::selftest {
namespace {

/// Pixels are counted and bytes are the same or not: nothing is rounded.
constexpr Bound kEqual{};

/// The rows of one size of the element.
struct ElementRows {
  explicit ElementRows(int k)
      : background{group(k), "bg", Reference::program, kEqual},
        unknown{group(k), "unknown", Reference::program, kEqual},
        foreground{group(k), "fg", Reference::program, kEqual},
        crc32{group(k), "crc32", Reference::program, kEqual} {}

  static std::string group(int k) { return fmt::format("gfm:{}", k); }

  Comparison background, unknown, foreground;
  Comparison crc32;  ///< of all pixels: equal checksums stand for equal trimaps
};

void add(Comparison& comparison, const std::string& name, std::int64_t expected,
         std::int64_t found) {
  comparison.add(name, {.number = static_cast<double>(expected)},
                 Score::of(static_cast<double>(found)));
}

std::vector<Row> run_trimap(const References& references, const Settings&) {
  std::map<int, ElementRows> elements;
  for (const GoldenCase& golden : read_golden_table(references).cases) {
    if (golden.made_trimaps.empty()) continue;
    // Matte of 8 bits, as the rule demands.
    const Trimap alpha = read_golden_trimap(references, "alpha", golden.name);
    for (const MadeTrimap& expected : golden.made_trimaps) {
      const Trimap trimap = imaging::make_trimap(alpha, expected.k);
      const TrimapCounts counts = count_levels(trimap);
      const auto values = trimap.values();
      const auto crc = ::crc32(0, values.data(), static_cast<uInt>(values.size()));
      ElementRows& rows = elements.try_emplace(expected.k, expected.k).first->second;
      add(rows.background, golden.name, expected.counts.background, counts.background);
      add(rows.unknown, golden.name, expected.counts.unknown, counts.unknown);
      add(rows.foreground, golden.name, expected.counts.foreground, counts.foreground);
      add(rows.crc32, golden.name, expected.crc32, static_cast<std::int64_t>(crc));
    }
  }
  if (elements.empty()) return {{.group = "gfm", .verdict = Verdict::no_reference}};
  std::vector<Row> result;
  for (const auto& [k, rows] : elements) {
    for (const Comparison* comparison :
         {&rows.background, &rows.unknown, &rows.foreground, &rows.crc32}) {
      result.push_back(comparison->row());
    }
  }
  return result;
}

constexpr std::array kTrimapProofs{Proof{&golden_form, run_trimap},
                                   Proof{&trimaps_form, run_made_trimaps}};

}  // namespace

constinit const Family trimap_family{
    .id = "trimap", .title = "Trimaps made from mattes", .proofs = kTrimapProofs};

}  // namespace mbench::selftest

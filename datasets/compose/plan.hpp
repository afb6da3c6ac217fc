#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/size.hpp"
#include "datasets/compose/extras.hpp"
#include "datasets/compose/pairs.hpp"
#include "datasets/compose/sources.hpp"
#include "datasets/dataset.hpp"
#include "datasets/tags.hpp"
#include "imaging/trimap_rules.hpp"

namespace mbench::datasets::compose {

/// One composite of a set, with the files that it is made of.
struct PlannedComposite {
  std::size_t index{};  ///< in the list of pairs; what is drawn at random hangs on it
  std::string output{};
  Size size{};
  std::filesystem::path foreground{}, alpha{}, background{};
  /// Names of the files, as a receipt has them.
  std::string foreground_name{}, alpha_name{}, background_name{};
  /// File of its matte in the set, and of its foreground: shared by all copies ("girl.png") unless
  /// that is the name of another composite.
  std::string shared_name{};
  std::vector<ExtraFile> extras{};  ///< in the order of kExtras
  std::optional<imaging::ImageType> type{};
};

/// Where a plan looks for its files.
struct PlanSources {
  explicit PlanSources(const SourceFolders& folders);

  SourceFiles foregrounds, alphas, backgrounds;
  std::optional<SourceFiles> denoised_foregrounds{}, denoised_backgrounds{};
  /// Give each composite a second foreground, another one of the pairs, drawn by `seed`.
  bool second_foregrounds{};
  std::uint64_t seed{};
  TagsByStem types{};  ///< of foregrounds, by stem
};

/// A set before its first composite.
struct Plan {
  std::vector<PlannedComposite> composites{};  ///< those without errors, in the order of the pairs
  std::vector<Problem> problems{};             ///< all that the headers of the files tell
  std::size_t foregrounds{}, backgrounds{};    ///< different files
};

/// Looks up the files of the first `limit` pairs (0: all) and reads their headers, each once.
/// Problems, all at once: "missing", "unreadable", "size" (a matte of another size than its
/// foreground), "depth" (more than 8 bits: the rules are defined on 8), "name" (no UTF-8), and as
/// warnings "published-size" (another than the published one) and "alpha-channel" (a matte with an
/// alpha channel, which rules do not read). The plan does not depend on `threads` (0 = all cores).
[[nodiscard]] Plan plan_set(const std::vector<Pair>& pairs, const PlanSources& sources, int limit,
                            int threads);

/// What one composite draws its numbers from.
[[nodiscard]] Random composite_stream(std::uint64_t seed, std::size_t index);

}  // namespace mbench::datasets::compose

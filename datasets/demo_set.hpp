#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>

#include "core/size.hpp"
#include "datasets/dataset.hpp"

namespace mbench::datasets {

/// The name of the built-in data set.
inline constexpr std::string_view kDemoName = "demo";

/// The procedural demo set, rendered into the cache when it is first used. Options: seed, count,
/// long_side, size. Its folder has the layout of AIM-500, and is read by that adapter.
extern const DatasetEntry demo_dataset;

/// Where the demo set of these options is kept: demo/recipe1-seed7-count40-side640 (stretched:
/// -size800x800 in addition) in the cache, which is $MBENCH_CACHE, else $XDG_CACHE_HOME/mbench,
/// else ~/.cache/mbench. Throws usage if no variable gives a place.
[[nodiscard]] std::filesystem::path demo_cache_folder(std::uint64_t seed, int count, int long_side,
                                                      std::optional<Size> stretched_to = {});

}  // namespace mbench::datasets

#pragma once
#include <filesystem>
#include <optional>

#include "datasets/dataset.hpp"

namespace mbench::datasets::compose {

/// The warning "pairing" if the composites of the folder bear the names of a published test set,
/// but are made, as their receipt says, of other foregrounds or backgrounds than published. Nothing
/// for a folder without receipt. A receipt that cannot be read is a warning, too ("receipt").
[[nodiscard]] std::optional<Problem> unpublished_pairs(const std::filesystem::path& folder);

}  // namespace mbench::datasets::compose

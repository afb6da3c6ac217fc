#pragma once
#include <filesystem>
#include <optional>

#include "datasets/dataset.hpp"

namespace mbench::datasets::compose {

/// The warning "unfinished" if composing a set into this folder has begun and not ended: its
/// images are not all that there should be.
[[nodiscard]] std::optional<Problem> unfinished_set(const std::filesystem::path& folder);

}  // namespace mbench::datasets::compose

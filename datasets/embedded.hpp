#pragma once
#include <span>

#include "core/embedded_file.hpp"

namespace mbench::datasets {

/// datasets/manifests, sorted by name: published lists of names and sizes, never images.
[[nodiscard]] std::span<const EmbeddedFile> embedded_manifests();

}  // namespace mbench::datasets

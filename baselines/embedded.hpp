#pragma once
#include <span>

#include "core/embedded_file.hpp"

namespace mbench::baselines {

/// baselines/templates, sorted by name.
[[nodiscard]] std::span<const EmbeddedFile> embedded_templates();

}  // namespace mbench::baselines

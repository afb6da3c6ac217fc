#pragma once
#include <span>

#include "core/embedded_file.hpp"

namespace mbench::selftest {

/// tests/golden, sorted by name.
[[nodiscard]] std::span<const EmbeddedFile> embedded_golden();
/// tests/golden/compose, likewise.
[[nodiscard]] std::span<const EmbeddedFile> embedded_compose();
/// tests/golden/baselines, sorted by name.
[[nodiscard]] std::span<const EmbeddedFile> embedded_baselines();

/// tests/golden/made_trimaps.
[[nodiscard]] std::span<const EmbeddedFile> embedded_trimaps();

}  // namespace mbench::selftest

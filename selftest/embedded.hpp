#pragma once
#include <span>

#include "core/embedded_file.hpp"

namespace mbench::selftest {

/// tests/golden, sorted by name.
[[nodiscard]] std::span<const EmbeddedFile> embedded_golden();
/// tests/golden/compose, likewise.
[[nodiscard]] std::span<const EmbeddedFile> embedded_compose();

}  // namespace mbench::selftest

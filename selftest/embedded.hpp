#pragma once
#include <span>

#include "core/embedded_file.hpp"

namespace mbench::selftest {

/// tests/golden, sorted by name.
[[nodiscard]] std::span<const EmbeddedFile> embedded_golden();

}  // namespace mbench::selftest

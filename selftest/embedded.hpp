#pragma once
#include <cstddef>
#include <span>
#include <string_view>

namespace mbench::selftest {

/// A file inside the program: mbench_embed() of cmake/MbenchEmbed.cmake puts it there.
struct EmbeddedFile {
  std::string_view name{};  ///< relative to the folder it comes from, with '/'
  const std::byte* begin{};
  const std::byte* end{};
};

/// tests/golden, sorted by name.
[[nodiscard]] std::span<const EmbeddedFile> embedded_golden();

}  // namespace mbench::selftest

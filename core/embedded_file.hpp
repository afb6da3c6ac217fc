#pragma once
#include <cstddef>
#include <string_view>

namespace mbench {

/// A file inside the program: mbench_embed() of cmake/MbenchEmbed.cmake puts it there.
struct EmbeddedFile {
  std::string_view name{};  ///< relative to the folder it comes from, with '/'
  const std::byte* begin{};
  const std::byte* end{};
};

}  // namespace mbench

#pragma once
#include <array>
#include <string_view>

namespace mbench::imaging {

/// How the names of files that mbench reads end, in lower case, lossless formats first.
inline constexpr std::array<std::string_view, 7> kExtensions{".png",  ".tif", ".tiff", ".exr",
                                                             ".webp", ".jpg", ".jpeg"};

}  // namespace mbench::imaging

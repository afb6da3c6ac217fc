#pragma once
#include <string>
#include <utility>
#include <vector>

namespace mbench::imaging {

/// Names and versions of the codec libraries: {"libpng", "1.6.39"}. "opencv" is the version that
/// the module for TIFF, EXR and WebP was built with, or says that there is no such module; it is
/// looked for, but not loaded, which takes longer than most runs of the program.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> library_versions();

}  // namespace mbench::imaging

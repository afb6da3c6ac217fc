#pragma once
#include <string>
#include <utility>
#include <vector>

namespace mbench::imaging {

/// Names and versions of the codec libraries that this process has loaded: {"libpng", "1.6.39"}.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> library_versions();

}  // namespace mbench::imaging

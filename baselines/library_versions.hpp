#pragma once
#include <string>
#include <utility>
#include <vector>

namespace mbench::baselines {

/// Names and versions of the libraries that the methods compute with: {"Eigen", "3.4.0"}.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> library_versions();

}  // namespace mbench::baselines

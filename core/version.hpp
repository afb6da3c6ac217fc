#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mbench {

/// What this build is. Every record carries it.
struct Version {
  std::string_view version;     ///< "0.1.0"
  std::string_view commit;      ///< 12 hexadecimal digits, "+" if the tree was changed, "unknown"
  std::string_view compiler;    ///< "g++ 12.2.0"
  std::string_view build_type;  ///< "Release"
};

[[nodiscard]] Version version();

/// Names and versions of the libraries that this folder uses: {"fmt", "9.1.0"}.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> library_versions();

}  // namespace mbench

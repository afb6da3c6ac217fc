#pragma once
#include <string_view>

namespace mbench {

/// What this build is. Every record carries it.
struct Version {
  std::string_view version;     ///< "0.1.0"
  std::string_view commit;      ///< 12 hexadecimal digits, "+" if the tree was changed, "unknown"
  std::string_view compiler;    ///< "g++ 12.2.0"
  std::string_view build_type;  ///< "Release"
};

[[nodiscard]] Version version();

}  // namespace mbench

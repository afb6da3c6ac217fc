#pragma once
#include <compare>
#include <cstdint>
#include <string>

namespace mbench {

/// Width and height of an image in pixels.
struct Size {
  int width{};
  int height{};

  [[nodiscard]] constexpr std::int64_t pixels() const {
    return std::int64_t{width} * std::int64_t{height};
  }
  friend constexpr bool operator==(const Size&, const Size&) = default;
};

/// "800x563": width first.
[[nodiscard]] std::string to_string(Size size);

}  // namespace mbench

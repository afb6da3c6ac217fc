#pragma once
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

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

/// Reads "800x563". Throws usage unless both sides are numbers of 1 to 65536 pixels.
[[nodiscard]] Size parse_size(std::string_view text);

}  // namespace mbench

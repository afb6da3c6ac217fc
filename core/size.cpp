#include "core/size.hpp"

#include <charconv>
#include <optional>

#include <fmt/core.h>

#include "core/error.hpp"

namespace mbench {
namespace {

constexpr int kLargestSide = 65536;

std::optional<int> side(std::string_view text) {
  int value = 0;
  const char* const end = text.data() + text.size();
  const auto [stopped, failure] = std::from_chars(text.data(), end, value);
  if (failure != std::errc{} || stopped != end) return {};
  return value >= 1 && value <= kLargestSide ? std::optional{value} : std::nullopt;
}

}  // namespace

std::string to_string(Size size) { return fmt::format("{}x{}", size.width, size.height); }

Size parse_size(std::string_view text) {
  const std::size_t cross = text.find('x');
  if (cross != std::string_view::npos) {
    const auto width = side(text.substr(0, cross)), height = side(text.substr(cross + 1));
    if (width && height) return {*width, *height};
  }
  throw Error{ErrorKind::usage,
              {.what = "a size of an image cannot be read",
               .expected = fmt::format("width and height of 1 to {} pixels: 800x600", kLargestSide),
               .found = fmt::format("'{}'", text)}};
}

}  // namespace mbench

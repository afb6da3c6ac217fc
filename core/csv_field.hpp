#pragma once
#include <string>
#include <string_view>

namespace mbench {

/// One field of comma-separated text (RFC 4180): in double quotes, its own doubled, only where it
/// holds a comma, a quote or a line end.
[[nodiscard]] std::string csv_field(std::string_view text);

}  // namespace mbench

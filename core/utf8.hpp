#pragma once
#include <cstddef>
#include <string_view>

namespace mbench {

/// Length of the well-formed UTF-8 sequence at the start of `text`, or 0 if there is none: empty
/// text, stray, missing or overlong bytes, surrogates, beyond U+10FFFF (RFC 3629).
[[nodiscard]] std::size_t utf8_sequence_length(std::string_view text);

/// Is the text well-formed UTF-8?
[[nodiscard]] bool is_utf8(std::string_view text);

}  // namespace mbench

#pragma once
#include <string_view>

namespace mbench::testing {

/// Has docs/references.bib an entry of that key?
[[nodiscard]] bool is_in_references(std::string_view key);

}  // namespace mbench::testing

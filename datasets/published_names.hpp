#pragma once
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mbench::datasets {

// How makers of data sets name their images. A folder is taken for a published set where more than
// half of its images bear such names: a few strange files do not hide what it is.

using NameCheck = std::function<bool(std::string_view stem)>;

/// `prefix` and 8 hexadecimal digits in lower case, as AIM-500 (o_), AM-2k (m_), P3M-10k (p_) and
/// BG-20k (h_) have it.
[[nodiscard]] bool is_prefixed_hex(std::string_view stem, std::string_view prefix);

/// `X` of a composite's stem `X_3`: without the last underscore and the number behind it; empty if
/// there is none, or if the number has leading zeros.
[[nodiscard]] std::string_view foreground_of(std::string_view stem);

/// Do more than half of the stems pass?
[[nodiscard]] bool mostly_named(std::span<const std::string> stems, const NameCheck& is_name);

/// The same for the image files directly in a folder; false if there are none, or no such folder.
[[nodiscard]] bool mostly_named(const std::filesystem::path& folder, const NameCheck& is_name);

}  // namespace mbench::datasets

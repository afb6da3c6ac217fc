#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace mbench::datasets {

/// One line of a list file.
struct ListLine {
  int number{};                        ///< from 1
  std::vector<std::string> columns{};  ///< paths as written
  std::string problem{};               ///< why the line cannot be read; then `columns` is empty
};

/// `text` without the spaces, tabs and carriage returns around it.
[[nodiscard]] std::string_view without_blanks(std::string_view text);

/// Splits a list of image files into its columns. Empty lines do not count; lines end with LF or
/// CRLF, the last one with or without; a byte order mark is skipped.
///
/// Columns are separated by tabs, else by '|', else by spaces. File names may hold spaces
/// ("woman-952506_1920 (1).png"): where spaces separate, a column ends only after the ending of an
/// image file. Only a name such as "a.png b.png" needs a tab or '|' instead.
[[nodiscard]] std::vector<ListLine> parse_list(std::string_view text);

}  // namespace mbench::datasets

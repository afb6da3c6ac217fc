#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reports/table.hpp"

namespace mbench::reports {

/// A column of the formats for people.
struct TextColumn {
  std::string title{};                    ///< "SAD"
  std::string unit{};                     ///< "10^3" or ""
  std::optional<bool> lower_is_better{};  ///< of columns with scores
  std::string protocol{};  ///< "dim-matlab/1" above columns with scores, otherwise ""
  bool is_number{};        ///< aligned right
};

struct TextCell {
  std::string text{};
  Mark mark{Mark::none};
};

struct TextRow {
  std::size_t block{};
  std::vector<TextCell> cells{};
};

/// What console, Markdown and LaTeX print, so that they cannot differ in columns or numbers: all
/// texts are made, nothing is escaped yet. Control characters have become '?', bytes that are not
/// UTF-8 `\xNN`.
struct TextTable {
  std::string caption{};
  std::vector<std::string> protocols{};  ///< with versions, in order of their columns
  std::vector<TextColumn> columns{};
  std::vector<TextRow> rows{};
  std::vector<std::string> notes{};
};

/// The text without control characters and in valid UTF-8, as cells hold it.
[[nodiscard]] std::string printable(std::string_view text);

/// Columns: Method; Protocol in mixed tables; Data set if there are several; Trimap if any; the
/// table's columns; Samples if the rows differ in it; Failed and Degenerate if any row has some. A
/// missing mean is "-", an undefined one "undef.".
[[nodiscard]] TextTable make_text_table(const Table& table);

/// "SAD (10^3) ↓"
[[nodiscard]] std::string head_text(const TextColumn& column);

/// Neighbouring columns of one protocol.
struct ColumnGroup {
  std::string protocol{};
  std::size_t first{}, count{};
};
[[nodiscard]] std::vector<ColumnGroup> column_groups(const TextTable& table);

/// The text with every character that `replacement` knows replaced; it returns "" for others.
[[nodiscard]] std::string replace_characters(std::string_view text,
                                             std::string_view (*replacement)(char));

}  // namespace mbench::reports

#pragma once
#include <string_view>

#include "core/score.hpp"

namespace mbench::metrics {

/// The entry of one metric in the catalogue: what tables, help and JSON need to know of it. How a
/// metric is computed depends on the protocol (metrics/protocol.hpp).
struct Metric {
  std::string_view id;     ///< "sad": key in records
  std::string_view title;  ///< "SAD": head of a column
  std::string_view unit;   ///< "10^3", "" for a plain ratio
  Better better;
  int decimals;              ///< digits after the point; decimals_of_column() has the last word
  std::string_view cite;     ///< key of docs/references.bib
  std::string_view formula;  ///< one line of plain text
};

}  // namespace mbench::metrics

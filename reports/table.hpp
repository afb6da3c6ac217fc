#pragma once
#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "results/record.hpp"

namespace mbench::reports {

/// How a column is headed and printed; comes from the catalogue of metrics.
struct ColumnStyle {
  std::string title{};  ///< "SAD"
  std::string unit{};   ///< "10^3", "" for a plain ratio
  bool lower_is_better{true};
  int decimals{2};               ///< digits after the point in console, Markdown and LaTeX
  std::string protocol{};        ///< how the protocol is named, with version: "dim-matlab/1"
  std::string protocol_title{};  ///< for the notes of mixed tables
};

/// Style of a column of a protocol: styles("dim-matlab", "sad").
using ColumnStyles = std::function<ColumnStyle(std::string_view protocol, std::string_view column)>;

enum class Mark { none, best, second };

struct Cell {
  enum class Kind {
    missing,    ///< this run has no such column: another protocol, no truth, or all samples failed
    undefined,  ///< it has, but the score is undefined for every sample
    number,
  };
  Kind kind{Kind::missing};
  double value{};           ///< the mean, unrounded
  std::size_t n{};          ///< samples in the mean
  std::size_t undefined{};  ///< samples with an undefined score, which are not in the mean
  Mark mark{Mark::none};
};

struct Column {
  std::string protocol{};  ///< id: "dim-matlab"; empty in mixed tables
  std::string id{};        ///< "sad"
  ColumnStyle style{};
};

/// One method on one data set, or on its samples with one kind of trimap.
struct Row {
  std::string method{};  ///< title, with what tells it from others of that title
  std::string method_id{};
  std::string dataset{};  ///< title
  std::string dataset_id{};
  std::string trimap{};    ///< value of the tag `trimap`, "mean" for the row over all, or ""
  std::string protocol{};  ///< of mixed tables: "dim-matlab/1"
  std::size_t block{};     ///< rows of one block are over the same samples and may be compared
  std::size_t samples{};   ///< that the run was asked for, failed ones included
  std::size_t failed{};    ///< not in the means
  std::size_t degenerate{};
  std::vector<Cell> cells{};         ///< one per column
  std::vector<std::string> notes{};  ///< whole sentences; what a reader of the numbers must know
};

/// What every format prints. Columns of one protocol stand together; two protocols never share a
/// column, except in mixed tables (reports/mixed_table.hpp), whose rows name their protocols.
struct Table {
  std::vector<Column> columns{};
  std::vector<Row> rows{};  ///< block after block
  std::vector<std::string> notes{};

  [[nodiscard]] bool has_several_datasets() const;
  [[nodiscard]] bool has_trimaps() const;
  [[nodiscard]] bool is_mixed() const;
  [[nodiscard]] bool has_failed() const;
  [[nodiscard]] bool has_degenerate() const;
};

/// Makes the table of finished records (results::finalise), in their order.
///
/// Rows: one per record. If the samples carry the tag `trimap` with several values
/// (alphamatting.com: small, large, user), one row per value and one called "mean" over all
/// samples. Rows over the same samples form a block: one data set (same manifest, same number of
/// samples), one kind of trimap.
///
/// Marks: within a block of two rows or more, the best and second-best mean of each column,
/// compared as printed, so that equal texts share a mark. A mean that leaves out samples is no
/// match for one that does not: runs with failed samples are never marked, nor means over fewer
/// samples than another mean of the block; a note says so.
///
/// With `only_protocol` the table has no columns of other protocols, and no rows of records that
/// were not scored under it.
[[nodiscard]] Table make_table(std::span<const results::RunRecord> records,
                               const ColumnStyles& styles, std::string_view only_protocol = {});

/// The key of a column in CSV and JSON: "dim-matlab.sad", in mixed tables "sad".
[[nodiscard]] std::string column_key(const Column& column);

}  // namespace mbench::reports

#include "reports/table.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include <fmt/core.h>
#include <fmt/format.h>

#include "reports/marks.hpp"
#include "reports/row_labels.hpp"
#include "results/columns.hpp"

namespace mbench::reports {
namespace {

using results::find_entry;
using results::GroupMean;
using results::Named;
using results::RunRecord;
using results::SampleResult;
using results::Status;

constexpr std::string_view kTrimapTag = "trimap";
constexpr std::string_view kAllTrimaps = "mean";

/// The values of the tag `trimap`, in order of first appearance.
std::vector<std::string> trimap_values(const RunRecord& record) {
  std::vector<std::string> values;
  for (const SampleResult& sample : record.samples) {
    const std::string* value = find_entry(sample.tags, kTrimapTag);
    if (value != nullptr && std::ranges::find(values, *value) == values.end()) {
      values.push_back(*value);
    }
  }
  return values;
}

/// One row of the table before its cells are known: a record, and which of its samples.
struct Source {
  const RunRecord* record{};
  std::string label{};
  std::string trimap{};  ///< what the row shows
  bool whole{};          ///< all samples, not only those with that trimap

  [[nodiscard]] bool holds(const SampleResult& sample) const {
    if (whole) return true;
    const std::string* value = find_entry(sample.tags, kTrimapTag);
    return value != nullptr && *value == trimap;
  }
};

std::vector<Source> list_sources(std::span<const RunRecord> records,
                                 std::string_view only_protocol) {
  const std::vector<std::string> labels = row_labels(records);
  std::vector<Source> sources;
  for (std::size_t i = 0; i < records.size(); ++i) {
    const std::vector<std::string>& protocols = records[i].protocols;
    if (!only_protocol.empty() && std::ranges::find(protocols, only_protocol) == protocols.end()) {
      continue;
    }
    const std::vector<std::string> values = trimap_values(records[i]);
    if (values.size() > 1) {
      for (const std::string& value : values) sources.push_back({&records[i], labels[i], value});
    }
    const std::string trimap = values.empty()       ? ""
                               : values.size() == 1 ? values.front()
                                                    : std::string{kAllTrimaps};
    sources.push_back({&records[i], labels[i], trimap, true});
  }
  return sources;
}

std::vector<Column> list_columns(std::span<const RunRecord> records, const ColumnStyles& styles,
                                 std::string_view only_protocol) {
  Named<std::vector<std::string>> ids;  // of each protocol
  for (const RunRecord& record : records) {
    for (const auto& [protocol, columns] : record.means) {
      if (!only_protocol.empty() && protocol != only_protocol) continue;
      auto& known = results::entry(ids, protocol);
      for (const auto& [column, summary] : columns) {
        if (std::ranges::find(known, column) == known.end()) known.push_back(column);
      }
    }
  }
  std::vector<Column> result;
  for (const auto& [protocol, columns] : ids) {
    for (const std::string& column : columns) {
      Column& added = result.emplace_back(Column{protocol, column, styles(protocol, column)});
      if (added.style.protocol.empty()) added.style.protocol = protocol;
      if (added.style.title.empty()) added.style.title = column;
    }
  }
  return result;
}

template <typename T>
const T* find_column(const Named<Named<T>>& means, const Column& column) {
  const auto* columns = find_entry(means, column.protocol);
  return columns == nullptr ? nullptr : find_entry(*columns, column.id);
}

Cell make_cell(double mean, std::size_t n, std::size_t undefined) {
  if (n == 0) return {.kind = Cell::Kind::undefined, .undefined = undefined};
  return {.kind = Cell::Kind::number, .value = mean, .n = n, .undefined = undefined};
}

Cell cell_of(const Source& source, const Column& column) {
  const RunRecord& record = *source.record;
  if (source.whole) {
    const auto* summary = find_column(record.means, column);
    return summary == nullptr ? Cell{} : make_cell(summary->mean, summary->n, summary->undefined);
  }
  const auto* values = find_entry(record.groups, kTrimapTag);
  const auto* group = values == nullptr ? nullptr : find_entry(*values, source.trimap);
  const GroupMean* mean = group == nullptr ? nullptr : find_column(*group, column);
  if (mean == nullptr) return {};
  std::size_t scored = 0;  // a group has no count of undefined scores
  for (const SampleResult& sample : record.samples) {
    scored += source.holds(sample) && find_column(sample.scores, column) != nullptr;
  }
  return make_cell(mean->mean, mean->n, scored - mean->n);
}

/// `one_protocol`: all columns are of one, which the row names.
void add_notes(Row& row, const std::vector<Column>& columns, std::size_t without_scores,
               bool one_protocol) {
  const std::size_t ok = row.samples - row.failed;
  if (row.failed > 0) {
    row.notes.push_back(
        fmt::format("{} of {} samples failed: not in the means", row.failed, row.samples));
  }
  if (ok > 0 && without_scores == ok) {
    row.notes.push_back("no ground truth: mattes written, nothing scored");
  } else if (without_scores > 0) {
    row.notes.push_back(
        fmt::format("no ground truth for {} of {} samples: their mattes are written, not scored",
                    without_scores, row.samples));
  }
  if (row.degenerate > 0) {
    row.notes.push_back(
        fmt::format("{} of {} samples do not determine the answer; the method's stand-in is scored",
                    row.degenerate, row.samples));
  }
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const Cell& cell = row.cells[i];
    if (cell.undefined == 0) continue;
    const std::size_t scored = ok - without_scores;
    row.notes.push_back(fmt::format(
        "{}{} is undefined for {} of {} samples{}", columns[i].style.title,
        one_protocol ? "" : fmt::format(" ({})", columns[i].style.protocol), cell.undefined, scored,
        cell.kind == Cell::Kind::number ? ", which are not in its mean" : ""));
  }
}

Row make_row(const Source& source, const std::vector<Column>& columns, bool one_protocol) {
  const RunRecord& record = *source.record;
  Row row{.method = source.label,
          .method_id = record.method.id,
          .dataset = record.dataset.title.empty() ? record.dataset.id : record.dataset.title,
          .dataset_id = record.dataset.id,
          .trimap = source.trimap};
  std::size_t without_scores = 0;
  for (const SampleResult& sample : record.samples) {
    if (!source.holds(sample)) continue;
    ++row.samples;
    row.failed += sample.status == Status::failed;
    row.degenerate += !sample.degenerate.empty();
    without_scores += sample.status == Status::ok && sample.scores.empty();
  }
  for (const Column& column : columns) row.cells.push_back(cell_of(source, column));
  add_notes(row, columns, without_scores, one_protocol);
  return row;
}

/// Rows with one key are over the same samples.
auto block_key(const Source& source, const Row& row) {
  return std::tuple{row.dataset_id, source.record->dataset.manifest_sha256, row.trimap,
                    row.samples};
}

/// "8 frames of 2 clips: ..." for a record of sequences, else "".
std::string sequence_note(const RunRecord& record) {
  std::set<std::string> clips;
  for (const SampleResult& sample : record.samples) {
    if (const std::string* clip = find_entry(sample.tags, "clip")) clips.insert(*clip);
  }
  if (clips.empty()) return "";
  std::vector<std::string> by_index;
  for (const auto& [protocol, rule] : record.averaging) {
    if (rule == Averaging::frame_index) by_index.push_back(protocol);
  }
  constexpr std::string_view rule = "over the clips for each frame index, then over the indices";
  const std::string counts = fmt::format("{} frame{} of {} clip{}", record.samples.size(),
                                         record.samples.size() == 1 ? "" : "s", clips.size(),
                                         clips.size() == 1 ? "" : "s");
  if (by_index.empty()) return fmt::format("{}; means over all frames", counts);
  if (by_index.size() == record.protocols.size()) return fmt::format("{}; means {}", counts, rule);
  return fmt::format("{}; means of {} {}, of other protocols over all frames", counts,
                     fmt::join(by_index, ", "), rule);
}

/// The protocols that records were measured under in several versions, whose numbers differ.
std::vector<std::string> version_notes(std::span<const RunRecord> records) {
  Named<std::set<int>> versions;
  for (const RunRecord& record : records) {
    for (const auto& [protocol, number] : record.protocol_versions) {
      results::entry(versions, protocol).insert(number);
    }
  }
  std::vector<std::string> notes;
  for (const auto& [protocol, numbers] : versions) {
    if (numbers.size() < 2) continue;
    notes.push_back(fmt::format("{} was measured in versions {}: their numbers do not compare",
                                protocol, fmt::join(numbers, " and ")));
  }
  return notes;
}

/// What all records should share and do not, and how sequences were averaged.
std::vector<std::string> table_notes(std::span<const RunRecord> records) {
  std::vector<std::string> notes = version_notes(records);
  std::set<std::string> tools;
  std::set<std::tuple<std::string, std::string, std::size_t>> sample_sets;
  std::set<std::string> datasets;
  for (const RunRecord& record : records) {
    tools.insert(fmt::format("{} ({})", record.tool.version, record.tool.commit));
    datasets.insert(record.dataset.id);
    sample_sets.emplace(record.dataset.id, record.dataset.manifest_sha256, record.samples.size());
  }
  if (tools.size() > 1) {
    notes.push_back(
        fmt::format("made by different versions of mbench: {}", fmt::join(tools, ", ")));
  }
  if (sample_sets.size() > datasets.size()) {
    notes.push_back(
        "rows of one data set are over different samples: only rows of one block compare");
  }
  for (const RunRecord& record : records) {
    const std::string note = sequence_note(record);
    if (!note.empty() && std::ranges::find(notes, note) == notes.end()) notes.push_back(note);
  }
  return notes;
}

}  // namespace

bool Table::has_several_datasets() const {
  return std::ranges::any_of(
      rows, [&](const Row& row) { return row.dataset_id != rows.front().dataset_id; });
}
bool Table::has_trimaps() const {
  return std::ranges::any_of(rows, [](const Row& row) { return !row.trimap.empty(); });
}
bool Table::is_mixed() const {
  return std::ranges::any_of(rows, [](const Row& row) { return !row.protocol.empty(); });
}
bool Table::has_failed() const {
  return std::ranges::any_of(rows, [](const Row& row) { return row.failed > 0; });
}
bool Table::has_degenerate() const {
  return std::ranges::any_of(rows, [](const Row& row) { return row.degenerate > 0; });
}

std::string column_key(const Column& column) {
  return column.protocol.empty() ? column.id : fmt::format("{}.{}", column.protocol, column.id);
}

Table make_table(std::span<const RunRecord> records, const ColumnStyles& styles,
                 std::string_view only_protocol) {
  Table table{.columns = list_columns(records, styles, only_protocol),
              .notes = table_notes(records)};
  const std::vector<Source> sources = list_sources(records, only_protocol);
  using Key = decltype(block_key(sources.front(), Row{}));
  std::vector<Key> keys;
  for (const Source& source : sources) {
    Row row = make_row(source, table.columns, !only_protocol.empty());
    const Key key = block_key(source, row);
    const auto known = std::ranges::find(keys, key);
    row.block = static_cast<std::size_t>(known - keys.begin());
    if (known == keys.end()) keys.push_back(key);
    table.rows.push_back(std::move(row));
  }
  std::ranges::stable_sort(table.rows, {}, &Row::block);
  if (mark_best(table)) {
    table.notes.push_back(
        "means that leave out samples which other rows have are not marked best or second");
  }
  return table;
}

}  // namespace mbench::reports

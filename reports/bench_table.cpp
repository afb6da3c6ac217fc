#include "reports/bench_table.hpp"

#include <functional>
#include <optional>
#include <utility>

#include <fmt/core.h>
#include <fmt/format.h>

#include "core/csv_field.hpp"
#include "reports/fixed_number.hpp"
#include "results/columns.hpp"
#include "results/json_writer.hpp"

namespace mbench::reports {
namespace {

using results::BenchRecord;
using results::BenchRow;
using Value = std::optional<double>;

/// One number of a row: as CSV names it, and how people read it.
struct Quantity {
  std::string key;    ///< "p50_s"
  std::string title;  ///< "p50"
  std::string unit;
  double scale;  ///< from the unit of CSV to that for people
  int decimals;
  std::function<Value(const BenchRow&)> of;
};

Value of_distribution(const results::Distribution& found, double results::Distribution::*member) {
  return found.*member;
}

Quantity latency(std::string key, std::string title, double results::Distribution::*member) {
  return {std::move(key), std::move(title), "ms", 1e3, 3, [member](const BenchRow& row) {
            return row.single_stream ? of_distribution(row.single_stream->latency_s, member)
                                     : Value{};
          }};
}

Quantity interval_end(std::string key, std::string title, double results::Interval::*member) {
  return {std::move(key), std::move(title), "ms", 1e3, 3, [member](const BenchRow& row) -> Value {
            if (!row.single_stream || !row.single_stream->latency_s.p50_ci95) return {};
            return (*row.single_stream->latency_s.p50_ci95).*member;
          }};
}

Quantity step(const std::string& name) {
  return {name + "_s", name, "ms", 1e3, 3, [name](const BenchRow& row) -> Value {
            if (!row.single_stream) return {};
            return results::find_entry(row.single_stream->steps_s, name)->p50;
          }};
}

Quantity of_stream(std::string key, std::string title, std::string unit, double scale, int decimals,
                   double (*read)(const results::SingleStream&)) {
  return {std::move(key),
          std::move(title),
          std::move(unit),
          scale,
          decimals,
          [read](const BenchRow& row) {
            return row.single_stream ? Value{read(*row.single_stream)} : Value{};
          }};
}

std::vector<Quantity> single_stream_quantities() {
  using results::Distribution;
  using results::SingleStream;
  return {latency("p50_s", "p50", &Distribution::p50),
          interval_end("p50_low_s", "from", &results::Interval::low),
          interval_end("p50_high_s", "to", &results::Interval::high),
          latency("p90_s", "p90", &Distribution::p90),
          latency("p99_s", "p99", &Distribution::p99),
          of_stream("spread", "spread", "%", 100, 1,
                    [](const SingleStream& stream) { return stream.spread; }),
          of_stream("cpu_p50_s", "CPU p50", "ms", 1e3, 3,
                    [](const SingleStream& stream) { return stream.cpu_s.p50; }),
          of_stream("cpu_spread", "CPU spread", "%", 100, 1,
                    [](const SingleStream& stream) { return stream.cpu_spread; }),
          step("decode"),
          step("prepare"),
          step("transfer"),
          step("infer"),
          step("finish"),
          step("score")};
}

Quantity of_offline(std::string key, std::string title, std::string unit, double scale,
                    int decimals, double (*read)(const results::Throughput&)) {
  return {std::move(key),
          std::move(title),
          std::move(unit),
          scale,
          decimals,
          [read](const BenchRow& row) {
            return row.offline ? Value{read(row.offline->throughput)} : Value{};
          }};
}

std::vector<Quantity> offline_quantities() {
  using results::Throughput;
  return {of_offline("images_per_s", "images/s", "", 1, 3,
                     [](const Throughput& reached) { return reached.images_per_s; }),
          of_offline("images_per_s_p50", "p50", "", 1, 3,
                     [](const Throughput& reached) { return reached.per_chunk.p50; }),
          of_offline("offline_spread", "spread", "%", 100, 1,
                     [](const Throughput& reached) { return reached.spread; }),
          of_offline("cores_busy", "cores busy", "", 1, 2,
                     [](const Throughput& reached) { return reached.cores_busy; }),
          {"device_busy", "GPU busy", "%", 100, 1,
           [](const BenchRow& row) -> Value {
             const bool on_gpu = row.method.device.starts_with("cuda");
             return row.offline && on_gpu ? Value{row.offline->throughput.device_busy} : Value{};
           }},
          {"offline_share_of_peak", "of peak", "%", 100, 1, results::offline_share_of_peak}};
}

std::vector<Quantity> effort_quantities() {
  const auto count = [](const std::optional<std::int64_t>& value) {
    return value ? Value{static_cast<double>(*value)} : Value{};
  };
  return {{"parameters", "parameters", "10^6", 1e-6, 2,
           [count](const BenchRow& row) { return count(row.method.parameters); }},
          {"macs_per_image", "MACs", "10^9", 1e-9, 2,
           [](const BenchRow& row) { return row.effort.macs_per_image; }},
          {"peak_flops_thread", "peak", "GFLOP/s", 1e-9, 1,
           [](const BenchRow& row) { return row.effort.peak_flops_thread; }},
          {"share_of_peak", "infer of peak", "%", 100, 1, results::share_of_peak},
          {"host_peak_bytes", "host memory", "MB", 1e-6, 0,
           [](const BenchRow& row) {
             return row.memory ? Value{static_cast<double>(row.memory->host_peak_bytes)} : Value{};
           }},
          {"host_before_bytes", "before", "MB", 1e-6, 0,
           [](const BenchRow& row) {
             return row.memory ? Value{static_cast<double>(row.memory->host_before_bytes)}
                               : Value{};
           }},
          {"device_peak_bytes", "GPU memory", "MB", 1e-6, 0, [count](const BenchRow& row) {
             return row.memory ? count(row.memory->device_peak_bytes) : Value{};
           }}};
}

/// All rows, the harness last.
std::vector<const BenchRow*> rows(const BenchRecord& record) {
  std::vector<const BenchRow*> result;
  for (const BenchRow& row : record.methods) result.push_back(&row);
  result.push_back(&record.harness);
  return result;
}

/// A column that is empty in every row is left out.
TextTable make_table(const BenchRecord& record, const std::vector<Quantity>& quantities) {
  TextTable table;
  table.columns.push_back({.title = "Method"});
  for (const BenchRow* row : rows(record)) {
    const std::size_t block = row == &record.harness && !record.methods.empty() ? 1 : 0;
    table.rows.push_back({.block = block, .cells = {{.text = printable(row->label)}}});
  }
  for (const Quantity& quantity : quantities) {
    std::vector<TextCell> cells;
    bool any = false;
    for (const BenchRow* row : rows(record)) {
      const Value value = quantity.of(*row);
      any = any || value;
      cells.push_back({.text = value ? fixed_number(*value * quantity.scale, quantity.decimals)
                                     : std::string{"-"}});
    }
    if (!any) continue;
    table.columns.push_back({.title = quantity.title, .unit = quantity.unit, .is_number = true});
    for (std::size_t i = 0; i < cells.size(); ++i) {
      table.rows[i].cells.push_back(std::move(cells[i]));
    }
  }
  return table;
}

std::string plural(std::size_t count, std::string_view thing) {
  return fmt::format("{} {}{}", count, thing, count == 1 ? "" : "s");
}

std::string images_text(const BenchRecord& record) {
  const results::BenchInput& input = record.input;
  return printable(fmt::format("{}{} of {}", plural(input.images, "image"),
                               input.size.empty() ? "" : " of " + input.size, input.dataset));
}

std::string repetitions_text(const BenchRecord& record) {
  return fmt::format("{} after {} for warm-up",
                     plural(static_cast<std::size_t>(record.settings.repeat), "repetition"),
                     record.settings.warm_up);
}

std::string ratio_text(const results::Ratio& ratio) {
  return ratio.ci95 ? fmt::format("{:.4f} (95 %: {:.4f} to {:.4f})", ratio.median, ratio.ci95->low,
                                  ratio.ci95->high)
                    : fmt::format("{:.4f} (no interval: fewer than 6 repetitions)", ratio.median);
}

std::vector<std::string> notes(const BenchRecord& record) {
  std::vector<std::string> lines;
  if (record.comparison) {
    const results::Comparison& found = *record.comparison;
    lines.push_back(printable(fmt::format("{} / {}: latency {}, CPU time {}, {} pairs", found.first,
                                          found.second, ratio_text(found.latency),
                                          ratio_text(found.cpu), found.latency.pairs)));
  }
  if (record.harness.single_stream) {
    const results::SingleStream& harness = *record.harness.single_stream;
    lines.push_back(
        fmt::format("The harness itself takes {:.1f} us of every latency (p50; CPU {:.1f} us)",
                    1e6 * harness.latency_s.p50, 1e6 * harness.cpu_s.p50));
  }
  for (const BenchRow& row : record.methods) {
    if (row.memory && !row.memory->host_peak_is_own) {
      lines.emplace_back(
          "Host memory is the peak since the program began: this system does not let it be reset");
      break;
    }
  }
  for (const results::BenchFailure& failure : record.failed) {
    lines.push_back(
        printable(fmt::format("{}: failed: {}", failure.label, failure.error.parts.what)));
  }
  return lines;
}

}  // namespace

std::vector<TextTable> bench_tables(const BenchRecord& record) {
  std::vector<TextTable> tables;
  if (record.harness.single_stream) {
    TextTable table = make_table(record, single_stream_quantities());
    table.caption = fmt::format("Single stream: {}, one at a time, {}", images_text(record),
                                repetitions_text(record));
    tables.push_back(std::move(table));
  }
  if (record.harness.offline) {
    TextTable table = make_table(record, offline_quantities());
    table.caption = fmt::format("Offline: {}, {} at a time, {}", images_text(record),
                                record.settings.threads, repetitions_text(record));
    tables.push_back(std::move(table));
  }
  TextTable effort = make_table(record, effort_quantities());
  if (effort.columns.size() > 1) {
    effort.rows.pop_back();  // the harness has neither
    effort.caption = "Size and cost";
    tables.push_back(std::move(effort));
  }
  if (!tables.empty()) tables.back().notes = notes(record);
  return tables;
}

std::string format_bench_csv(const BenchRecord& record) {
  std::vector<Quantity> quantities = single_stream_quantities();
  for (auto& quantity : offline_quantities()) quantities.push_back(std::move(quantity));
  for (auto& quantity : effort_quantities()) quantities.push_back(std::move(quantity));
  std::string out = "method,method_id,device,precision";
  for (const Quantity& quantity : quantities) out += ',' + quantity.key;
  out += "\r\n";
  for (const BenchRow* row : rows(record)) {
    std::vector<std::string> fields;
    for (const std::string& text :
         {row->label, row->method.id, row->method.device, row->method.precision}) {
      fields.push_back(csv_field(results::valid_utf8(text)));
    }
    for (const Quantity& quantity : quantities) {
      const Value value = quantity.of(*row);
      fields.push_back(value ? results::shortest_number(*value) : "");
    }
    out += fmt::format("{}\r\n", fmt::join(fields, ","));
  }
  return out;
}

}  // namespace mbench::reports

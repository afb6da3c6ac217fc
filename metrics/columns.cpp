#include "metrics/columns.hpp"

#include <algorithm>
#include <cmath>
#include <type_traits>
#include <variant>

#include <fmt/core.h>

#include "core/registry.hpp"
#include "metrics/connectivity.hpp"
#include "metrics/dtssd.hpp"
#include "metrics/gradient.hpp"
#include "metrics/mad.hpp"
#include "metrics/mse.hpp"
#include "metrics/sad.hpp"
#include "metrics/switches.hpp"
#include "metrics/trimap_iou.hpp"

namespace mbench::metrics {
namespace {

const Metric& metric_of(const SadSwitches& /*switches*/) { return sad_metric; }
const Metric& metric_of(const MseSwitches& /*switches*/) { return mse_metric; }
const Metric& metric_of(const MadSwitches& /*switches*/) { return mad_metric; }
const Metric& metric_of(const GradientSwitches& /*switches*/) { return gradient_metric; }
const Metric& metric_of(const ConnectivitySwitches& /*switches*/) { return connectivity_metric; }
const Metric& metric_of(const DtssdSwitches& /*switches*/) { return dtssd_metric; }
const Metric& metric_of(const TrimapSwitches& switches) {
  switch (switches.score) {
    case TrimapScore::accuracy: return trimap_accuracy_metric;
    case TrimapScore::iou_background:
    case TrimapScore::iou_unknown:
    case TrimapScore::iou_foreground: return trimap_iou_metric;
    case TrimapScore::miou_of_three:
    case TrimapScore::miou_of_present: break;
  }
  return trimap_miou_metric;
}

/// "10^3" for 1000, "10" for 10, "" for 1.
std::string unit_text(double unit) {
  if (unit == 1.0) return "";
  const double exponent = std::round(std::log10(unit));
  const bool power_of_ten = std::abs(std::pow(10.0, exponent) / unit - 1.0) < 1e-12;
  if (!power_of_ten || exponent == 1.0) return fmt::format("{}", unit);
  return fmt::format("10^{}", static_cast<int>(exponent));
}

}  // namespace

const ScoreColumn& find_column(const Protocol& protocol, std::string_view column_id) {
  const auto column = std::ranges::find(protocol.columns, column_id, &ScoreColumn::id);
  if (column == protocol.columns.end()) {
    throw_unknown_id(column_id, column_ids(protocol),
                     fmt::format("column of protocol '{}'", protocol.id));
  }
  return *column;
}

const Metric& metric_of_column(const Protocol& protocol, std::string_view column_id) {
  return std::visit([](const auto& switches) -> const Metric& { return metric_of(switches); },
                    find_column(protocol, column_id).switches);
}

std::string unit_of_column(const Protocol& protocol, std::string_view column_id) {
  return std::visit(
      []<typename Switches>(const Switches& switches) {
        if constexpr (std::is_same_v<Switches, DtssdSwitches>) {
          return unit_text(1.0 / switches.factor);
        } else if constexpr (std::is_same_v<Switches, TrimapSwitches>) {
          return std::string{metric_of(switches).unit};
        } else {
          return unit_text(switches.normalisation.unit);
        }
      },
      find_column(protocol, column_id).switches);
}

std::vector<std::string_view> column_ids(const Protocol& protocol) {
  std::vector<std::string_view> ids;
  for (const ScoreColumn& column : protocol.columns) ids.push_back(column.id);
  return ids;
}

}  // namespace mbench::metrics

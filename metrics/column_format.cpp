#include "metrics/column_format.hpp"

#include <algorithm>
#include <type_traits>

#include <fmt/core.h>

#include "metrics/columns.hpp"
#include "metrics/switches.hpp"

namespace mbench::metrics {
namespace {

/// Below the sign of the sum, and the number of pixels there.
struct RegionWords {
  std::string_view index, count, meaning;
};

RegionWords words(ScoredRegion region) {
  switch (region) {
    case ScoredRegion::whole: return {"i", "N", "N = all pixels"};
    case ScoredRegion::unknown: return {"{T_i = 128}", "n", "n = |{T = 128}|"};
    case ScoredRegion::foreground: return {"{T_i = 255}", "n", "n = |{T = 255}|"};
    case ScoredRegion::background: return {"{T_i = 0}", "n", "n = |{T = 0}|"};
    case ScoredRegion::detail: break;
  }
  return {"{T_i > 0}", "n", "n = |{T > 0}|"};
}

RegionWords divisor_words(Divisor divisor, ScoredRegion region) {
  switch (divisor) {
    case Divisor::one: return {"", "1", ""};
    case Divisor::region: return words(region);
    case Divisor::unknown: return words(ScoredRegion::unknown);
    case Divisor::unknown_or_unlabelled: break;
  }
  return {"", "n", "n = |{T = 128}|, where that is 0 |{T neither 0 nor 255}|"};
}

/// "1/1000 * ", "1/(n + 1) * ", "1000/N * ", "1/(10 n) * " or, for a plain sum, "".
std::string factor(const Normalisation& rule, std::string_view count) {
  std::string divisor{count};
  if (rule.offset != 0.0) divisor = fmt::format("({} + {})", count, rule.offset);
  const bool is_sum = divisor == "1";
  if (rule.unit == 1.0) return is_sum ? "" : fmt::format("1/{} * ", divisor);
  if (rule.unit < 1.0) {
    return is_sum ? fmt::format("{:g} * ", 1.0 / rule.unit)
                  : fmt::format("{:g}/{} * ", 1.0 / rule.unit, divisor);
  }
  return is_sum ? fmt::format("1/{:g} * ", rule.unit)
                : fmt::format("1/({:g} {}) * ", rule.unit, divisor);
}

std::string preparation(const PixelSwitches& pixels) {
  std::string text;
  if (pixels.quantise == Quantise::truncate_to_8_bits) text += "; p truncated to 8 bits";
  if (pixels.quantise == Quantise::round_to_8_bits) text += "; p rounded to 8 bits";
  const bool clamps = pixels.clamp == Clamp::to_trimap;
  const bool stretches = pixels.stretch == Stretch::min_max;
  if (clamps) text += "; p clamped to the trimap";
  if (stretches) text += clamps ? ", then p and t stretched" : "; p and t stretched";
  return text;
}

std::string sum_formula(const PixelSwitches& pixels, const Normalisation& rule,
                        std::string_view summand) {
  const RegionWords divisor = divisor_words(rule.divisor, pixels.region);
  std::string text =
      fmt::format("{}sum_{} {}", factor(rule, divisor.count), words(pixels.region).index, summand);
  if (!divisor.meaning.empty()) text += fmt::format("; {}", divisor.meaning);
  return text + preparation(pixels);
}

std::string formula(const SadSwitches& column) {
  return sum_formula(column.pixels, column.normalisation, "|p_i - t_i|");
}
std::string formula(const MseSwitches& column) {
  return sum_formula(column.pixels, column.normalisation, "(p_i - t_i)^2");
}
std::string formula(const MadSwitches& column) {
  return sum_formula(column.pixels, column.normalisation, "|p_i - t_i|");
}
std::string formula(const GradientSwitches& column) {
  return sum_formula(column.pixels, column.normalisation, "(|grad p|_i - |grad t|_i)^2");
}
std::string formula(const ConnectivitySwitches& column) {
  return sum_formula(column.pixels, column.normalisation, "|phi(p_i) - phi(t_i)|") +
         "; phi(x_i) = 1 - (x_i - l_i) [x_i - l_i >= 0.15]";
}
std::string formula(const DtssdSwitches& column) {
  return fmt::format(
      "{:g} * sqrt(1/N * sum_i ((p_i - p'_i) - (t_i - t'_i))^2); N = all pixels; "
      "p', t': the frame before",
      column.factor);
}
std::string formula(const TrimapSwitches& column) {
  constexpr std::string_view iou = "|P_c and T_c| / |P_c or T_c|; c = {}";
  switch (column.score) {
    case TrimapScore::accuracy: return "|{P = T}| / N; N = all pixels";
    case TrimapScore::iou_background: return fmt::format(iou, "background, 0");
    case TrimapScore::iou_unknown: return fmt::format(iou, "unknown, 128");
    case TrimapScore::iou_foreground: return fmt::format(iou, "foreground, 255");
    case TrimapScore::miou_of_three: return "(IoU_bg + IoU_unknown + IoU_fg) / 3";
    case TrimapScore::miou_of_present: break;
  }
  return "mean of IoU_c over the classes c that occur in P or T";
}

}  // namespace

std::string formula_of_column(const Protocol& protocol, std::string_view column_id) {
  return std::visit([](const auto& switches) { return formula(switches); },
                    find_column(protocol, column_id).switches);
}

int decimals_of_column(const Protocol& protocol, std::string_view column_id) {
  constexpr int kDecimalsOfMeans = 4;
  const int usual = metric_of_column(protocol, column_id).decimals;
  return std::visit(
      [&](const auto& switches) {
        if constexpr (requires { switches.normalisation; }) {
          const bool is_mean = switches.normalisation.divisor != Divisor::one;
          return is_mean ? std::max(usual, kDecimalsOfMeans) : usual;
        } else {
          return usual;
        }
      },
      find_column(protocol, column_id).switches);
}

}  // namespace mbench::metrics

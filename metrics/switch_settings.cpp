#include "metrics/switch_settings.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <type_traits>
#include <utility>

#include <fmt/core.h>
#include <fmt/format.h>

#include "core/error.hpp"

namespace mbench::metrics {
namespace {

// The fields of all switches: visit(name, field of `left`, field of `right`) for each. A structured
// binding names every field, so that one added to a struct does not compile until it is added here.

template <typename Visit>
void for_each_switch(PixelSwitches& left, const PixelSwitches& right, Visit& visit) {
  auto& [region, quantise, clamp, stretch] = left;
  const auto& [right_region, right_quantise, right_clamp, right_stretch] = right;
  visit("region", region, right_region);
  visit("quantise", quantise, right_quantise);
  visit("clamp", clamp, right_clamp);
  visit("stretch", stretch, right_stretch);
}

template <typename Visit>
void for_each_switch(Normalisation& left, const Normalisation& right, Visit& visit) {
  auto& [divisor, offset, if_zero, unit] = left;
  const auto& [right_divisor, right_offset, right_if_zero, right_unit] = right;
  visit("divisor", divisor, right_divisor);
  visit("offset", offset, right_offset);
  visit("if_zero", if_zero, right_if_zero);
  visit("unit", unit, right_unit);
}

/// SAD, MSE and MAD.
template <typename Switches, typename Visit>
void for_each_switch(Switches& left, const Switches& right, Visit& visit) {
  auto& [pixels, normalisation] = left;
  const auto& [right_pixels, right_normalisation] = right;
  for_each_switch(pixels, right_pixels, visit);
  for_each_switch(normalisation, right_normalisation, visit);
}

template <typename Visit>
void for_each_switch(GradientSwitches& left, const GradientSwitches& right, Visit& visit) {
  auto& [pixels, normalisation, kernel, border] = left;
  const auto& [right_pixels, right_normalisation, right_kernel, right_border] = right;
  for_each_switch(pixels, right_pixels, visit);
  for_each_switch(normalisation, right_normalisation, visit);
  visit("kernel", kernel, right_kernel);
  visit("border", border, right_border);
}

template <typename Visit>
void for_each_switch(ConnectivitySwitches& left, const ConnectivitySwitches& right, Visit& visit) {
  auto& [pixels, normalisation, predicted, truth, empty_level, tie_order, components] = left;
  const auto& [right_pixels, right_normalisation, right_predicted, right_truth, right_empty_level,
               right_tie_order, right_components] = right;
  for_each_switch(pixels, right_pixels, visit);
  for_each_switch(normalisation, right_normalisation, visit);
  visit("predicted_threshold", predicted, right_predicted);
  visit("truth_threshold", truth, right_truth);
  visit("empty_level", empty_level, right_empty_level);
  visit("tie_order", tie_order, right_tie_order);
  visit("components", components, right_components);
}

template <typename Visit>
void for_each_switch(DtssdSwitches& left, const DtssdSwitches& right, Visit& visit) {
  auto& [factor] = left;
  const auto& [right_factor] = right;
  visit("factor", factor, right_factor);
}

template <typename Visit>
void for_each_switch(TrimapSwitches& left, const TrimapSwitches& right, Visit& visit) {
  auto& [score] = left;
  const auto& [right_score] = right;
  visit("score", score, right_score);
}

constexpr std::array<std::string_view, 17> kStepOrder{
    "quantise",        "clamp",       "stretch",   "if_zero",    "divisor",
    "offset",          "region",      "kernel",    "border",     "predicted_threshold",
    "truth_threshold", "empty_level", "tie_order", "components", "unit",
    "factor",          "score"};

/// A value with what it means.
struct Words {
  std::string_view value, meaning;
};

Words words(ScoredRegion region) {
  switch (region) {
    case ScoredRegion::whole: return {"whole", "every pixel"};
    case ScoredRegion::unknown: return {"unknown", "pixels with T = 128"};
    case ScoredRegion::foreground: return {"foreground", "pixels with T = 255"};
    case ScoredRegion::background: return {"background", "pixels with T = 0"};
    case ScoredRegion::detail: break;
  }
  return {"detail", "pixels with T > 0, unknown or foreground"};
}

Words words(Quantise quantise) {
  switch (quantise) {
    case Quantise::none: return {"none", "the prediction is scored in the depth that it has"};
    case Quantise::truncate_to_8_bits:
      return {"truncate_to_8_bits",
              "a prediction of more than 8 bits becomes the integer part of 255 p"};
    case Quantise::round_to_8_bits: break;
  }
  return {"round_to_8_bits",
          "a prediction of more than 8 bits becomes the integer nearest to 255 p, halves the even "
          "one"};
}

Words words(Clamp clamp) {
  if (clamp == Clamp::none) return {"none", "the prediction is taken as it is"};
  return {"to_trimap",
          "the prediction becomes 0 where T = 0 and 1 where T = 255, before it is measured"};
}

Words words(Stretch stretch) {
  if (stretch == Stretch::none) return {"none", "the mattes are measured as they are"};
  return {"min_max",
          "each matte is stretched to [0, 1] by its own minimum and maximum over the whole image; "
          "a constant one becomes 0"};
}

Words words(Divisor divisor) {
  switch (divisor) {
    case Divisor::one: return {"one", "a sum, not a mean"};
    case Divisor::region: return {"region", "the number of pixels summed"};
    case Divisor::unknown:
      return {"unknown", "the number of pixels with T = 128, whatever was summed"};
    case Divisor::unknown_or_unlabelled: break;
  }
  return {"unknown_or_unlabelled",
          "the number of pixels with T = 128; where there are none, of those with T neither 0 nor "
          "255"};
}

Words words(ZeroDivisor rule) {
  if (rule == ZeroDivisor::undefined) return {"undefined", "a mean over no pixels has no value"};
  return {"zero", "a mean over no pixels is 0"};
}

Words words(GradientKernel kernel) {
  if (kernel == GradientKernel::taps9) {
    return {"taps9", "Gaussian derivative, sigma 1.4, 9 x 9, divided by its L2 norm"};
  }
  return {"taps13", "Gaussian derivative, sigma 1.4, 13 x 13, of a Gaussian whose sum is 1"};
}

Words words(Border border) {
  if (border == Border::replicate) return {"replicate", "beyond the image: a a a | a b c"};
  return {"reflect", "beyond the image: c b a | a b c"};
}

Words words(ThresholdRule rule) {
  if (rule == ThresholdRule::inclusive) return {"inclusive", "alpha = j/10 reaches threshold j"};
  return {"f64",
          "compared with j * 0.1 in double precision, which is above j/10 for j = 3, 6, 7: of the "
          "8-bit values 153 misses threshold 6"};
}

Words words(EmptyLevel rule) {
  switch (rule) {
    case EmptyLevel::drop:
      return {"drop",
              "at a threshold that no pixel reaches in both mattes, all pixels still connected end "
              "at the one below"};
    case EmptyLevel::skip:
      return {"skip", "a threshold that no pixel reaches in both mattes is left out"};
    case EmptyLevel::error: break;
  }
  return {"error", "the program stops at a threshold that no pixel reaches in both mattes"};
}

Words words(TieOrder order) {
  if (order == TieOrder::row_major) {
    return {"row_major", "of components of equal size the first along rows is taken"};
  }
  return {"column_major", "of components of equal size the first along columns is taken"};
}

Words words(Components components) {
  if (components == Components::foreground_only) {
    return {"foreground_only", "the largest component of the pixels above the threshold is taken"};
  }
  return {"with_background",
          "all pixels below the threshold count as one component and win ties: a defect of ports "
          "that count label 0"};
}

Words words(TrimapScore score) {
  switch (score) {
    case TrimapScore::accuracy: return {"accuracy", "share of pixels with the same class"};
    case TrimapScore::iou_background: return {"iou_background", "pixels with T = 0"};
    case TrimapScore::iou_unknown: return {"iou_unknown", "pixels with T = 128"};
    case TrimapScore::iou_foreground: return {"iou_foreground", "pixels with T = 255"};
    case TrimapScore::miou_of_three:
      return {"miou_of_three", "mean over the three classes, undefined if one of them is"};
    case TrimapScore::miou_of_present: break;
  }
  return {"miou_of_present", "mean over the classes that occur in either trimap"};
}

template <typename Value>
SwitchSetting setting(std::string_view name, const Value& value) {
  if constexpr (std::is_same_v<Value, double>) {
    if (name == "offset") {
      return {name, fmt::format("{}", value),
              value == 0.0 ? "nothing is added to the divisor"
                           : "added to the divisor, which is then never 0"};
    }
    if (name == "factor") {
      return {name, fmt::format("{}", value), fmt::format("printed times {}", value)};
    }
    return {name, fmt::format("{}", value),
            value == 1.0 ? std::string{"printed as it is"}
                         : fmt::format("printed divided by {}", value)};
  } else {
    const Words text = words(value);
    return {name, std::string{text.value}, std::string{text.meaning}};
  }
}

struct Difference {
  std::string_view name;
  std::string from, to;
  bool to_or_from_sum{};  ///< a divisor that makes a mean of a sum, or a sum of a mean
};

template <typename Switches>
std::vector<Difference> differences(Switches from, const Switches& to) {
  std::vector<Difference> found;
  const auto compare = [&]<typename Value>(std::string_view name, const Value& left,
                                           const Value& right) {
    if (left == right) return;
    Difference difference{
        .name = name, .from = setting(name, left).value, .to = setting(name, right).value};
    if constexpr (std::is_same_v<Value, Divisor>) {
      difference.to_or_from_sum = left == Divisor::one || right == Divisor::one;
    }
    found.push_back(std::move(difference));
  };
  for_each_switch(from, to, compare);
  std::ranges::stable_sort(found, {}, [](const Difference& difference) {
    return std::ranges::find(kStepOrder, difference.name);
  });
  return found;
}

using Group = std::vector<Difference>;

/// The differences, those that make sense only together in one group.
std::vector<Group> in_steps(const std::vector<Difference>& all) {
  const auto differs = [&](std::string_view name) {
    return std::ranges::find(all, name, &Difference::name) != all.end();
  };
  const bool sum_or_mean = std::ranges::any_of(all, &Difference::to_or_from_sum);
  const bool unit = differs("unit");
  const bool kernel_with_unit = unit && differs("kernel");
  const auto is_scale = [&](std::string_view name) {
    if (name == "divisor" || name == "offset") return sum_or_mean;
    if (name == "kernel") return kernel_with_unit;
    return name == "unit" && (sum_or_mean || kernel_with_unit);
  };
  std::vector<Group> steps;
  for (const Difference& difference : all) {
    const auto scale =
        std::ranges::find_if(steps, [&](const Group& step) { return is_scale(step.front().name); });
    if (is_scale(difference.name) && scale != steps.end()) {
      scale->push_back(difference);
    } else {
      steps.push_back({difference});
    }
  }
  return steps;
}

template <typename Switches>
void change(Switches& switches, const Switches& to, const Group& group) {
  const auto copy = [&](std::string_view name, auto& value, const auto& wanted) {
    if (std::ranges::find(group, name, &Difference::name) != group.end()) value = wanted;
  };
  for_each_switch(switches, to, copy);
}

template <typename Part>
std::string joined(const Group& group, Part part) {
  std::string text{std::invoke(part, group.front())};
  for (std::size_t i = 1; i < group.size(); ++i) {
    text += i + 1 == group.size() ? " and " : ", ";
    text += std::invoke(part, group[i]);
  }
  return text;
}

void add_undefined_cases(const PixelSwitches& pixels, const Normalisation& rule,
                         std::vector<std::string>& cases) {
  if (rule.divisor == Divisor::one || rule.offset > 0.0 || rule.if_zero == ZeroDivisor::zero) {
    return;
  }
  switch (rule.divisor) {
    case Divisor::region:
      if (pixels.region == ScoredRegion::whole) return;  // no image is empty
      cases.push_back(fmt::format("there are no {}", words(pixels.region).meaning));
      return;
    case Divisor::unknown: cases.emplace_back("there are no pixels with T = 128"); return;
    case Divisor::unknown_or_unlabelled:
    case Divisor::one: break;
  }
  cases.emplace_back("every pixel has T = 0 or T = 255");
}

}  // namespace

std::vector<SwitchSetting> switch_settings(const ScoreColumn& column) {
  std::vector<SwitchSetting> settings;
  const auto note = [&](std::string_view name, const auto& value, const auto& /*same*/) {
    settings.push_back(setting(name, value));
  };
  std::visit([&](auto switches) { for_each_switch(switches, switches, note); }, column.switches);
  return settings;
}

std::vector<std::string> undefined_cases(const ScoreColumn& column) {
  std::vector<std::string> cases;
  std::visit(
      [&]<typename Switches>(const Switches& switches) {
        if constexpr (std::is_same_v<Switches, TrimapSwitches>) {
          const Words score = words(switches.score);
          if (score.value.starts_with("iou")) {
            cases.push_back(fmt::format("neither trimap has {}", score.meaning));
          } else if (switches.score == TrimapScore::miou_of_three) {
            cases.emplace_back("a class occurs in neither trimap");
          }
        } else if constexpr (std::is_same_v<Switches, DtssdSwitches>) {
          cases.emplace_back("the frame before it is missing or could not be scored");
        } else {
          add_undefined_cases(switches.pixels, switches.normalisation, cases);
        }
        if constexpr (std::is_same_v<Switches, ConnectivitySwitches>) {
          if (switches.empty_level == EmptyLevel::error) {
            cases.emplace_back("no pixel reaches some threshold in both mattes");
          }
        }
      },
      column.switches);
  return cases;
}

std::span<const std::string_view> switch_order() { return kStepOrder; }

std::vector<SwitchStep> switch_steps(const ScoreColumn& from, const ScoreColumn& to) {
  if (from.switches.index() != to.switches.index()) {
    throw Error{
        ErrorKind::usage,
        {.what = fmt::format("columns '{}' and '{}' are of different metrics", from.id, to.id),
         .fix = "compare columns of one metric"}};
  }
  std::vector<SwitchStep> steps;
  std::visit(
      [&]<typename Switches>(Switches switches) {
        const auto& wanted = std::get<Switches>(to.switches);
        for (const Group& group : in_steps(differences(switches, wanted))) {
          change(switches, wanted, group);
          steps.push_back({.name = joined(group, &Difference::name),
                           .from = joined(group, &Difference::from),
                           .to = joined(group, &Difference::to),
                           .after = {to.id, switches}});
        }
      },
      from.switches);
  return steps;
}

}  // namespace mbench::metrics

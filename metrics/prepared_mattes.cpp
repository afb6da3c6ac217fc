#include "metrics/prepared_mattes.hpp"

#include <algorithm>
#include <type_traits>
#include <utility>
#include <variant>

#include <fmt/core.h>

#include "core/error.hpp"
#include "metrics/connectivity_sums.hpp"
#include "metrics/gradient_sums.hpp"
#include "metrics/quantised.hpp"

namespace mbench::metrics {
namespace {

std::string_view no_pixels_reason(ScoredRegion region) {
  switch (region) {
    case ScoredRegion::whole: return "no pixels";
    case ScoredRegion::unknown: return "no unknown pixels";
    case ScoredRegion::foreground: return "no foreground pixels";
    case ScoredRegion::background: return "no background pixels";
    case ScoredRegion::detail: break;
  }
  return "no unknown or foreground pixels";
}

/// The request behind such switches, over their region; what is done to the mattes before and after
/// is left to the caller.
ConnectivityRequest connectivity_request(const Region& region,
                                         const ConnectivitySwitches& switches) {
  return {.region = region,
          .predicted_threshold = switches.predicted_threshold,
          .truth_threshold = switches.truth_threshold,
          .empty_level = switches.empty_level,
          .tie_order = switches.tie_order,
          .components = switches.components};
}

bool on_one_pair(const PixelSwitches& first, const PixelSwitches& second) {
  return form_of(first) == form_of(second);
}

}  // namespace

PreparedMattes::PreparedMattes(AlphaView predicted, AlphaView truth,
                               std::optional<TrimapView> trimap)
    : predicted_{predicted}, truth_{truth}, trimap_{trimap} {
  pairs_.try_emplace(MatteForm{}, predicted, truth);
  if (!trimap) return;
  if (trimap->size() != truth.size()) {
    throw Error{ErrorKind::bad_input,
                {.what = "trimap and ground truth must have one size",
                 .expected = fmt::format("{} (ground truth)", to_string(truth.size())),
                 .found = fmt::format("{} (trimap)", to_string(trimap->size())),
                 .fix = "use the trimap that belongs to this ground truth"}};
  }
  counts_ = count_levels(*trimap);
}

TrimapView PreparedMattes::required_trimap(std::string_view purpose) const {
  if (trimap_) return *trimap_;
  throw Error{ErrorKind::bad_input,
              {.what = fmt::format("a trimap is needed to {}", purpose),
               .expected = "a trimap of the size of the ground truth",
               .found = "none",
               .fix = "give the trimap, or use a protocol that scores whole images without one"}};
}

Region PreparedMattes::region(ScoredRegion region) const {
  if (region == ScoredRegion::whole) return Region::whole(truth_.size());
  const TrimapView trimap = required_trimap("find the scored pixels");
  switch (region) {
    case ScoredRegion::unknown: return Region::unknown(trimap);
    case ScoredRegion::foreground: return Region::foreground(trimap);
    case ScoredRegion::background: return Region::background(trimap);
    case ScoredRegion::detail:
    case ScoredRegion::whole: break;
  }
  return Region::not_equal(trimap, kBackground);
}

void PreparedMattes::expect(std::span<const ScoreColumn> columns) {
  // A column that lacks its trimap, or cannot have its 8 bits, cannot be computed, least of all
  // together with others.
  std::optional<bool> has_8_bit_form;
  const auto computable = [&](const PixelSwitches& pixels) {
    if (!trimap_ && (pixels.region != ScoredRegion::whole || pixels.clamp != Clamp::none)) {
      return false;
    }
    if (pixels.quantise == Quantise::none) return true;
    if (!has_8_bit_form) has_8_bit_form = can_be_quantised(predicted_);
    return *has_8_bit_form;
  };
  for (const ScoreColumn& column : columns) {
    std::visit(
        [&]<typename Switches>(const Switches& switches) {
          if constexpr (requires { switches.pixels; }) {  // a measure of these two mattes
            if (!computable(switches.pixels)) return;
            if constexpr (std::is_same_v<Switches, GradientSwitches>) {
              gradient_sums_.expect({switches.pixels, switches.kernel, switches.border});
            } else if constexpr (std::is_same_v<Switches, ConnectivitySwitches>) {
              connectivity_sums_.expect(switches);
            } else {
              error_sums_.expect(switches.pixels);
            }
          }
        },
        column.switches);
  }
}

MatteForm PreparedMattes::simplified_form(MatteForm form) {
  if (predicted_.depth() == Depth::u8) form.quantise = Quantise::none;
  if (form.clamp == Clamp::to_trimap) {
    const TrimapView trimap = required_trimap("clamp the prediction to it");
    auto known = obeys_trimap_.find(form.quantise);
    if (known == obeys_trimap_.end()) {
      const bool obeys = obeys_trimap(prediction({.quantise = form.quantise}), trimap);
      known = obeys_trimap_.emplace(form.quantise, obeys).first;
    }
    if (known->second) form.clamp = Clamp::none;
  }
  if (form.stretch == Stretch::min_max && ranges(form).both_full) form.stretch = Stretch::none;
  return form;
}

PixelSwitches PreparedMattes::simplified(PixelSwitches switches) {
  const MatteForm form = simplified_form(form_of(switches));
  return {.region = switches.region,
          .quantise = form.quantise,
          .clamp = form.clamp,
          .stretch = form.stretch};
}

AlphaView PreparedMattes::prediction(const MatteForm& form) {
  if (form == MatteForm{}) return predicted_;
  const auto known = predictions_.find(form);
  if (known != predictions_.end()) return known->second;
  const auto made = [&]() -> Matte {
    if (form.clamp == Clamp::to_trimap) {
      return clamped_to_trimap(prediction({.quantise = form.quantise}),
                               required_trimap("clamp the prediction to it"));
    }
    return form.quantise == Quantise::truncate_to_8_bits ? truncated_to_8_bits(predicted_)
                                                         : rounded_to_8_bits(predicted_);
  };
  return predictions_.emplace(form, made()).first->second;
}

const MatteRanges& PreparedMattes::ranges(MatteForm form) {
  form.stretch = Stretch::none;
  const auto known = ranges_.find(form);
  if (known != ranges_.end()) return known->second;
  return ranges_.emplace(form, pair(form).ranges()).first->second;
}

const MattePair& PreparedMattes::pair(const MatteForm& asked) {
  const MatteForm form = simplified_form(asked);
  const auto known = pairs_.find(form);
  if (known != pairs_.end()) return known->second;
  if (form.stretch == Stretch::none) {
    return pairs_.try_emplace(form, prediction(form), truth_).first->second;
  }
  const MattePair& plain = pair({.quantise = form.quantise, .clamp = form.clamp});
  std::optional<MattePair> stretched = plain.stretched();
  return stretched ? pairs_.emplace(form, std::move(*stretched)).first->second : plain;
}

ErrorSums PreparedMattes::error_sums(const PixelSwitches& switches) {
  return error_sums_.get(
      switches, [this](const PixelSwitches& key) { return simplified(key); }, on_one_pair,
      [this](const std::vector<PixelSwitches>& keys) {
        std::vector<Region> regions;
        for (const PixelSwitches& key : keys) regions.push_back(region(key.region));
        return metrics::error_sums(pair(form_of(keys[0])), regions);
      });
}

GradientSum PreparedMattes::gradient_sum(const GradientSwitches& switches) {
  // Stretching is a factor here: no stretched matte is made for it.
  return gradient_sums_.get(
      {switches.pixels, switches.kernel, switches.border},
      [this](GradientKey key) {
        key.pixels = simplified(key.pixels);
        return key;
      },
      [](const GradientKey& first, const GradientKey& second) {
        // One pass reads mattes of one number type, which quantising may change.
        return first.kernel == second.kernel && first.border == second.border &&
               first.pixels.quantise == second.pixels.quantise;
      },
      [this](const std::vector<GradientKey>& keys) {
        std::vector<const MattePair*> pairs;
        std::vector<GradientRequest> requests;
        for (const GradientKey& key : keys) {
          const MatteForm form{.quantise = key.pixels.quantise, .clamp = key.pixels.clamp};
          const MattePair* const mattes = &pair(form);
          const auto place = std::ranges::find(pairs, mattes);
          GradientRequest request{.region = region(key.pixels.region),
                                  .pair = static_cast<std::size_t>(place - pairs.begin())};
          if (place == pairs.end()) pairs.push_back(mattes);
          if (key.pixels.stretch == Stretch::min_max) {
            request.predicted_scale = ranges(form).predicted.stretching_factor();
            request.truth_scale = ranges(form).truth.stretching_factor();
          }
          requests.push_back(request);
        }
        const std::vector<double> values =
            gradient_error_sums(pairs, keys[0].kernel, keys[0].border, requests);
        const double full =
            pairs[0]->visit([](const auto& typed) { return static_cast<double>(typed.full); });
        std::vector<GradientSum> sums;
        for (std::size_t i = 0; i < keys.size(); ++i) {
          const bool stretched = keys[i].pixels.stretch == Stretch::min_max;
          sums.push_back({.value = values[i], .sum_unit = stretched ? 1.0 : full * full});
        }
        return sums;
      });
}

ConnectivitySum PreparedMattes::connectivity_sum(const ConnectivitySwitches& switches) {
  return connectivity_sums_.get(
      switches,
      [this](ConnectivitySwitches key) {
        key.pixels = simplified(key.pixels);
        key.normalisation = {};
        return key;
      },
      [](const ConnectivitySwitches& first, const ConnectivitySwitches& second) {
        return on_one_pair(first.pixels, second.pixels);
      },
      [this](const std::vector<ConnectivitySwitches>& keys) {
        std::vector<ConnectivityRequest> requests;
        for (const ConnectivitySwitches& key : keys) {
          requests.push_back(connectivity_request(region(key.pixels.region), key));
        }
        const PixelSwitches& pixels = keys[0].pixels;
        return connectivity_sums(pair(form_of(pixels)), requests);
      });
}

std::int64_t PreparedMattes::divisor(Divisor divisor, ScoredRegion region) const {
  if (divisor == Divisor::one) return 1;
  const std::int64_t all = truth_.size().pixels();
  if (divisor == Divisor::region && region == ScoredRegion::whole) return all;
  if (!counts_) static_cast<void>(required_trimap("count pixels"));
  const TrimapCounts& counts = *counts_;
  if (divisor == Divisor::unknown) return counts.unknown;
  if (divisor == Divisor::unknown_or_unlabelled) {
    return counts.unknown > 0 ? counts.unknown : counts.other;
  }
  switch (region) {
    case ScoredRegion::whole: return all;
    case ScoredRegion::unknown: return counts.unknown;
    case ScoredRegion::foreground: return counts.foreground;
    case ScoredRegion::background: return counts.background;
    case ScoredRegion::detail: break;
  }
  return all - counts.background;
}

Score PreparedMattes::normalised(double sum, double sum_unit, ScoredRegion region,
                                 const Normalisation& rule) const {
  const double pixels = static_cast<double>(divisor(rule.divisor, region)) + rule.offset;
  if (pixels > 0.0) return Score::of(sum / (sum_unit * pixels * rule.unit));
  if (rule.if_zero == ZeroDivisor::zero) return Score::of(0.0);
  const ScoredRegion counted = rule.divisor == Divisor::region ? region : ScoredRegion::unknown;
  const std::string_view reason = no_pixels_reason(counted);
  if (sum == 0.0) return Score::undefined(reason);
  return Score::undefined(fmt::format("{}, but errors elsewhere are summed (x/0)", reason));
}

}  // namespace mbench::metrics

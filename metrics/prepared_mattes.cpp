#include "metrics/prepared_mattes.hpp"

#include <algorithm>
#include <type_traits>
#include <variant>

#include <fmt/core.h>

#include "core/error.hpp"
#include "metrics/connectivity.hpp"
#include "metrics/gradient_sums.hpp"

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

bool on_one_pair(const PixelSwitches& first, const PixelSwitches& second) {
  return first.clamp == second.clamp && first.stretch == second.stretch;
}

std::size_t pair_index(Clamp clamp, Stretch stretch) {
  return 2 * static_cast<std::size_t>(clamp) + static_cast<std::size_t>(stretch);
}

}  // namespace

PreparedMattes::PreparedMattes(AlphaView predicted, AlphaView truth,
                               std::optional<TrimapView> trimap)
    : predicted_{predicted}, truth_{truth}, trimap_{trimap} {
  pairs_[pair_index(Clamp::none, Stretch::none)].emplace(predicted, truth);
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
  // A column that lacks its trimap cannot be computed, least of all together with others.
  const auto computable = [this](const PixelSwitches& pixels) {
    return trimap_ || (pixels.region == ScoredRegion::whole && pixels.clamp == Clamp::none);
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

Clamp PreparedMattes::simplified(Clamp clamp) {
  if (clamp == Clamp::none) return clamp;
  const TrimapView trimap = required_trimap("clamp the prediction to it");
  if (!obeys_trimap_) obeys_trimap_ = obeys_trimap(predicted_, trimap);
  return *obeys_trimap_ ? Clamp::none : clamp;
}

PixelSwitches PreparedMattes::simplified(PixelSwitches switches) {
  switches.clamp = simplified(switches.clamp);
  if (switches.stretch == Stretch::min_max && ranges(switches.clamp).both_full) {
    switches.stretch = Stretch::none;
  }
  return switches;
}

const MatteRanges& PreparedMattes::ranges(Clamp clamp) {
  std::optional<MatteRanges>& known = ranges_[static_cast<std::size_t>(clamp)];
  if (!known) known = pair(clamp, Stretch::none).ranges();
  return *known;
}

const MattePair& PreparedMattes::pair(Clamp clamp, Stretch stretch) {
  const PixelSwitches switches = simplified({.clamp = clamp, .stretch = stretch});
  std::optional<MattePair>& wanted = pairs_[pair_index(switches.clamp, switches.stretch)];
  if (wanted) return *wanted;
  if (switches.stretch == Stretch::none) {
    clamped_ = clamped_to_trimap(predicted_, required_trimap("clamp the prediction to it"));
    return wanted.emplace(*clamped_, truth_);
  }
  const MattePair& plain = pair(switches.clamp, Stretch::none);
  wanted = plain.stretched();
  return wanted ? *wanted : plain;
}

ErrorSums PreparedMattes::error_sums(const PixelSwitches& switches) {
  return error_sums_.get(
      switches, [this](const PixelSwitches& key) { return simplified(key); }, on_one_pair,
      [this](const std::vector<PixelSwitches>& keys) {
        std::vector<Region> regions;
        for (const PixelSwitches& key : keys) regions.push_back(region(key.region));
        return metrics::error_sums(pair(keys[0].clamp, keys[0].stretch), regions);
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
        return first.kernel == second.kernel && first.border == second.border;
      },
      [this](const std::vector<GradientKey>& keys) {
        std::vector<const MattePair*> pairs;
        std::vector<GradientRequest> requests;
        for (const GradientKey& key : keys) {
          const MattePair* const mattes = &pair(key.pixels.clamp, Stretch::none);
          const auto place = std::ranges::find(pairs, mattes);
          GradientRequest request{.region = region(key.pixels.region),
                                  .pair = static_cast<std::size_t>(place - pairs.begin())};
          if (place == pairs.end()) pairs.push_back(mattes);
          if (key.pixels.stretch == Stretch::min_max) {
            request.predicted_scale = ranges(key.pixels.clamp).predicted.stretching_factor();
            request.truth_scale = ranges(key.pixels.clamp).truth.stretching_factor();
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
          requests.push_back(connectivity_request(*this, key));
        }
        const PixelSwitches& pixels = keys[0].pixels;
        return connectivity_sums(pair(pixels.clamp, pixels.stretch), requests);
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

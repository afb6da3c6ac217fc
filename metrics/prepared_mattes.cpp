#include "metrics/prepared_mattes.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "core/error.hpp"

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

const MattePair& PreparedMattes::pair(Clamp clamp, Stretch stretch) {
  std::optional<MattePair>& wanted = pairs_[pair_index(clamp, stretch)];
  if (wanted) return *wanted;
  if (stretch == Stretch::none) {
    clamped_ = clamped_to_trimap(predicted_, required_trimap("clamp the prediction to it"));
    return wanted.emplace(*clamped_, truth_);
  }
  const MattePair& plain = pair(clamp, Stretch::none);
  wanted = plain.stretched();
  return wanted ? *wanted : plain;
}

ErrorSums PreparedMattes::error_sums(const PixelSwitches& switches) {
  const auto known = std::ranges::find(sums_, switches, &CachedSums::switches);
  if (known != sums_.end()) return known->sums;
  const MattePair& mattes = pair(switches.clamp, switches.stretch);
  sums_.push_back({switches, metrics::error_sums(mattes, region(switches.region))});
  return sums_.back().sums;
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

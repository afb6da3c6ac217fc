#include "baselines/foreground/foreground.hpp"

#include <array>

namespace mbench::baselines {
namespace {

// The only list of estimators, in the order of `mbench list rules`.
constexpr std::array<const ForegroundEstimator*, 6> kEstimators{
    &no_foreground_estimator,          &refined_foreground_estimator,
    &levin_foreground_estimator,       &closed_form_foreground_estimator,
    &multi_level_foreground_estimator, &easier_foreground_estimator};

}  // namespace

std::span<const ForegroundEstimator* const> all_estimators() { return kEstimators; }

const ForegroundEstimator& find_estimator(std::string_view id) {
  return find_rule_by_id(kEstimators, id, "foreground estimator");
}

}  // namespace mbench::baselines

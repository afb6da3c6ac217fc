#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "core/image.hpp"
#include "core/matte.hpp"
#include "core/options.hpp"
#include "core/plane.hpp"
#include "core/rule.hpp"

namespace mbench::baselines {

/// A way to colours that an object has where its matte is neither 0 nor 1, for laying it on other
/// backgrounds.
struct ForegroundEstimator {
  RuleFacts facts;
  /// The foreground in 8 bits, rounded as the program does that facts.source names. `picture` is a
  /// published foreground, or the photograph itself where a data set has nothing else. Throws
  /// bad_input if picture and matte differ in size or are smaller than the method can take, or if
  /// alpha lies outside [0, 1].
  Plane<Rgb<std::uint8_t>> (*estimate)(PixelView<Rgb<std::uint8_t>> picture, AlphaView alpha,
                                       const Options& options);
};

/// All estimators, in the order of `mbench list rules`.
[[nodiscard]] std::span<const ForegroundEstimator* const> all_estimators();

/// Throws usage for an unknown estimator, with the nearest one.
[[nodiscard]] const ForegroundEstimator& find_estimator(std::string_view id);

extern const ForegroundEstimator no_foreground_estimator;
extern const ForegroundEstimator refined_foreground_estimator;
extern const ForegroundEstimator closed_form_foreground_estimator;
extern const ForegroundEstimator levin_foreground_estimator;
extern const ForegroundEstimator multi_level_foreground_estimator;
extern const ForegroundEstimator easier_foreground_estimator;

}  // namespace mbench::baselines

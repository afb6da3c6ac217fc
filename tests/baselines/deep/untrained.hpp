#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "baselines/method.hpp"
#include "core/options.hpp"
#include "tests/support/catch.hpp"

namespace mbench::testing {

/// A network method as a user writes it, "gfm:backbone=d121", with weights by formula.
[[nodiscard]] inline std::unique_ptr<baselines::Method> untrained(std::string_view text) {
  const NameWithOptions parsed = parse_name_with_options(text);
  const baselines::MethodEntry& entry = baselines::find_method(parsed.name);
  return entry.make(
      {.options = Options{entry.options, parsed.values, "method '" + parsed.name + "'"},
       .weights = {.recipe = baselines::Recipe{.seed = 1}}});
}

/// Checks that the method answers with alpha in [0, 1] and of the size of the image.
inline void check_is_matte(const baselines::Method& method, const Image& image) {
  const baselines::Estimate estimate = method.estimate({.sample_id = "s", .image = image});
  REQUIRE(estimate.alpha.size() == image.size());
  CHECK_NOTHROW(to_u8(estimate.alpha));  // refuses NaN and values outside [0, 1]
  REQUIRE(estimate.times.has_value());
  CHECK(estimate.times->infer_s > 0.0);
}

}  // namespace mbench::testing

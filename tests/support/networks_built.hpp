#pragma once
#include "baselines/deep/entries.hpp"
#include "tests/support/catch.hpp"

namespace mbench::testing {

/// Whether this build has networks; says aloud that the test is skipped if not. Whoever includes
/// this is linked with `baselines`, which the support library does not use.
[[nodiscard]] inline bool networks_are_built() {
  if (baselines::deep_methods_are_built()) return true;
  WARN("skipped: this build has no networks");
  return false;
}

}  // namespace mbench::testing

#pragma once

namespace mbench::testing {

/// The number of no process: Linux gives none above 2^22.
inline constexpr int kDeadProcess = 999'999'999;

}  // namespace mbench::testing

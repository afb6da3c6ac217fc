#pragma once
#include <functional>

#include "baselines/deep/network.hpp"

namespace mbench::deep {

/// Counts the operations that this thread gives to LibTorch while `forward` runs, whatever network
/// they belong to.
[[nodiscard]] baselines::Cost count_cost(const std::function<void()>& forward);

}  // namespace mbench::deep

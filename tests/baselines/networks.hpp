#pragma once
#include <functional>
#include <memory>
#include <string_view>

#include "baselines/deep/network.hpp"
#include "baselines/method.hpp"
#include "core/size.hpp"

namespace mbench::testing {

/// Whether this build has networks; says aloud that the test is skipped if not.
[[nodiscard]] bool networks_are_built();

/// A method from what a user writes, with weights by formula: "hattmatting:variant=small".
[[nodiscard]] std::unique_ptr<baselines::Method> make_untrained(std::string_view text);

/// The network of that id with the same weights.
[[nodiscard]] std::unique_ptr<baselines::Network> untrained_network(std::string_view id);

/// The array [1, channels, height, width] of a function of channel, row and column.
[[nodiscard]] baselines::Array make_array(int channels, Size size,
                                          const std::function<double(int, int, int)>& value);

/// One number of an array [1, C, H, W].
[[nodiscard]] float at(const baselines::Array& array, int channel, int y, int x);

}  // namespace mbench::testing

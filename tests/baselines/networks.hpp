#pragma once
#include <functional>
#include <memory>
#include <string_view>

#include "baselines/deep/network.hpp"
#include "baselines/method.hpp"
#include "core/image.hpp"
#include "core/size.hpp"

namespace mbench::testing {

/// A method from what a user writes, with weights by formula: "hattmatting:variant=small".
[[nodiscard]] std::unique_ptr<baselines::Method> make_untrained(
    std::string_view text, const baselines::Recipe& recipe = {},
    Precision precision = Precision::fp32);

/// The network of that id, without weights.
[[nodiscard]] std::unique_ptr<baselines::Network> named_network(std::string_view id);

/// The network of that id with weights by formula.
[[nodiscard]] std::unique_ptr<baselines::Network> untrained_network(std::string_view id);

/// Checks that the method answers with alpha in [0, 1] and of the size of the image.
void check_is_matte(const baselines::Method& method, const Image& image);

/// The array [1, channels, height, width] of a function of channel, row and column.
[[nodiscard]] baselines::Array make_array(int channels, Size size,
                                          const std::function<double(int, int, int)>& value);

/// One number of an array [1, C, H, W].
[[nodiscard]] float at(const baselines::Array& array, int channel, int y, int x);

}  // namespace mbench::testing

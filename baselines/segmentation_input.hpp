#pragma once
#include <cstdint>
#include <string_view>

#include "baselines/method.hpp"
#include "core/plane.hpp"

namespace mbench::baselines {

/// The segmentation that a method works on. Throws bad_input, naming the method, if there is none
/// or its size is not that of the image.
[[nodiscard]] const Plane<std::uint8_t>& require_segmentation(const MattingInput& input,
                                                              std::string_view method_id);

}  // namespace mbench::baselines

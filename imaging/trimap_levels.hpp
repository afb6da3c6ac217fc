#pragma once
#include "core/matte.hpp"
#include "imaging/io.hpp"

namespace mbench::imaging {

/// The trimap that a file's channel codes by `levels`, coded as 0, 128, 255. Throws bad_input
/// listing the levels found if there are others (see read_trimap), and usage if `levels` are not
/// three different values from 0 to 255.
[[nodiscard]] Trimap trimap_from_levels(const Matte& channel, TrimapLevels levels);

}  // namespace mbench::imaging

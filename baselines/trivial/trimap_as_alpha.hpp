#pragma once
#include "baselines/method.hpp"

namespace mbench::baselines {

/// The trimap's own 8-bit values, read as alpha: 0, 128/255 and 1. Unknown pixels get 128/255 and
/// not one half, so that the matte is the file of the trimap, byte for byte.
extern const MethodEntry trimap_as_alpha_method;

}  // namespace mbench::baselines

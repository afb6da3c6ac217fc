#pragma once
#include "baselines/method.hpp"

namespace mbench::baselines {

/// One alpha everywhere, whatever the image: what a method must beat.
extern const MethodEntry constant_method;

}  // namespace mbench::baselines

#pragma once
#include "baselines/method.hpp"

namespace mbench::baselines {

/// A network that somebody exported to ONNX or TorchScript, fed and read as its card says.
extern const MethodEntry card_method;

}  // namespace mbench::baselines

#pragma once
#include <memory>
#include <string>

#include "baselines/card/runtime.hpp"

// The border between mbench and its optional module for ONNX. The module alone is linked with
// OpenCV's dnn: it is opened when the first ONNX card is made. C++ goes across the border, so both
// sides must come from one build.

namespace mbench::baselines {

/// The module's only symbol is the function `mbench_onnx_module`, which returns one of these.
struct OnnxModule {
  const char* build;  ///< deep_module_build() of the module
  /// `bytes`: of the file, whose name stands in messages.
  std::unique_ptr<CardRuntime> (*open)(std::string bytes, const std::string& file);
};

}  // namespace mbench::baselines

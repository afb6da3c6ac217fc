#pragma once
#include "baselines/method.hpp"

namespace mbench::baselines {

// What is known of the networks without LibTorch. Each is defined in its own *_entry.cpp.
#define MBENCH_DEEP_METHOD(name) extern const MethodEntry name##_method;
#include "baselines/deep/methods.inc"
#undef MBENCH_DEEP_METHOD

/// Makes the method of that id in the module for networks, which is opened at the first call.
/// Throws unavailable if it was not built, is not found, or belongs to another build.
[[nodiscard]] std::unique_ptr<Method> make_deep_method(std::string_view id,
                                                       const MethodSettings& settings);

/// Whether this build has the module. Opens nothing.
[[nodiscard]] bool deep_methods_are_built();

}  // namespace mbench::baselines

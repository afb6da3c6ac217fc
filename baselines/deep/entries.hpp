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

/// Of methods whose published programs ask for scikit-image 0.14.
inline constexpr OptionSpec kResizeRuleOption{
    .name = "resize-rule",
    .help = "which scikit-image resizes; the published program asks for 0.14",
    .type = OptionType::choice,
    .default_value = "skimage014",
    .choices = "skimage014|skimage019"};

/// Of AIM-Net and P3M-Net, whose programs treat photographs of no data set alike.
inline constexpr OptionSpec kShorterSideOption{
    .name = "shorter-side",
    .help =
        "an image whose shorter side is longer is first brought down to this many pixels, and "
        "its matte back, as the published program does with photographs of no data set (1080 "
        "there); 0: never, as in its tests",
    .type = OptionType::integer,
    .default_value = "0",
    .min = 0,
    .max = 100000};

}  // namespace mbench::baselines

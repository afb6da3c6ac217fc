#include <array>

#include "baselines/deep/entries.hpp"

namespace mbench::baselines {
namespace {

constexpr std::array kOptions{OptionSpec{
    .name = "variant",
    .help = "whose reading of the paper, which comes without a program: HAM with ResNeXt-101, the "
            "closest, or with ResNet-50; one with half of ResNeXt-50; a small one",
    .type = OptionType::choice,
    .default_value = "ham-rx101",
    .choices = "ham-rx101|ham-r50gn|rx50|small"}};

constexpr std::array<std::string_view, 7> kOpenChoices{
    "Where the paper is silent the default follows HAM (Windaway/HAttMatting), the closest of "
    "three "
    "public re-implementations.",
    "Backbone: ResNeXt-101 32x8d without pooling after the first convolution, fourth layer with "
    "dilation 2, so that the pyramid works at 1/8 and its maps meet the first block at 1/2.",
    "Atrous pyramid: a 1 x 1 convolution, rates 3, 6 and 18, and the mean of the image; 256 "
    "channels "
    "each.",
    "Normalisation outside the backbone: standardised filters, group normalisation in 32 groups, "
    "ELU.",
    "Channel attention: the largest value as global pooling, 256 -> 128 -> 256 channels, sigmoid.",
    "Enlargement with corners on corners.",
    "Input: blue first, 0 to 1; sides are completed with black to (side / 8 + 1) * 8 pixels, since "
    "HAM's inference script cannot run as published. Alpha is clipped to [0, 1]."};

}  // namespace

constinit const MethodEntry hattmatting_method{
    .id = "hattmatting",
    .title = "HAttMatting",
    .cite = "qiao2020",
    .summary =
        "Attention by channel on semantics and by place on details, from the image alone; "
        "alpha is clipped to [0, 1], and no weights were published",
    .needs = {.weights = true},
    .options = kOptions,
    .make =
        [](const MethodSettings& settings) { return make_deep_method("hattmatting", settings); },
    .deep = true,
    .open_choices = kOpenChoices};

}  // namespace mbench::baselines

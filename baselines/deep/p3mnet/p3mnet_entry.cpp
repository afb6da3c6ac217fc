#include <array>

#include "baselines/deep/entries.hpp"

namespace mbench::baselines {
namespace {

constexpr std::array kOptions{
    OptionSpec{.name = "strategy",
               .help = "classes at 1/2 of the image's size and details at its full size (hybrid), "
                       "or both at 1/2 (resize)",
               .type = OptionType::choice,
               .default_value = "hybrid",
               .choices = "hybrid|resize"},
    kResizeRuleOption, kShorterSideOption};

constexpr std::array<std::string_view, 1> kChoices{
    "The published program fails where a pass has a side below 32 pixels; here such a side becomes "
    "32."};

constexpr std::array kPublished{PublishedWeights{
    "p3mnet_pretrained_on_p3m10k.pth", "JizhiziLi/P3M: README, Pretrained models",
    "trained on P3M-10k: portraits whose faces are blurred; the files of its successors with other "
    "encoders do not fit"}};

}  // namespace

constinit const MethodEntry p3mnet_method{
    .id = "p3mnet",
    .title = "P3M-Net",
    .cite = "li2021p3m",
    .summary =
        "Automatic portrait matting whose two decoders exchange maps at every level "
        "(ResNet-34)",
    .needs = {.weights = true},
    .options = kOptions,
    .make = [](const MethodSettings& settings) { return make_deep_method("p3mnet", settings); },
    .deep = true,
    .published = kPublished,
    .open_choices = kChoices};

}  // namespace mbench::baselines

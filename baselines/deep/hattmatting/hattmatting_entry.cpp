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
    .deep = true};

}  // namespace mbench::baselines

#include <array>

#include "baselines/deep/entries.hpp"

namespace mbench::baselines {
namespace {

constexpr std::array kOptions{
    OptionSpec{.name = "br",
               .help = "passes of backpropagating refinement; 1 = none, the paper takes 100",
               .type = OptionType::integer,
               .default_value = "1",
               .min = 1,
               .max = 1000},
    OptionSpec{.name = "tta",
               .help = "the published mean over 8 orientations, or over these at 3 scales; each of "
                       "the passes is refined on its own",
               .type = OptionType::choice,
               .default_value = "none",
               .choices = "none|rotation8|tta24"}};

constexpr std::array kPublished{
    PublishedWeights{"ckpt_e100.pth", "kfeng123/LSA-Matting: README, Testing",
                     "trained for 100 epochs on the training set of Composition-1k; the name is "
                     "that in the program's test scripts"}};

}  // namespace

constinit const MethodEntry lsa_method{
    .id = "lsa",
    .title = "LSA-Matting",
    .cite = "wang2022",
    .summary = "ResNet-50-D with a decoder of channel weights; optional refinement at test time",
    .needs = {.trimap = true, .weights = true},
    .options = kOptions,
    .make = [](const MethodSettings& settings) { return make_deep_method("lsa", settings); },
    .deep = true,
    .published = kPublished};

}  // namespace mbench::baselines

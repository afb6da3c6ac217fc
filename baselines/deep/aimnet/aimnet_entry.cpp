#include <array>

#include "baselines/deep/entries.hpp"

namespace mbench::baselines {
namespace {

constexpr std::array kOptions{
    OptionSpec{.name = "strategy",
               .help = "semantics at 1/4 of the image's size and details at `detail` of it "
                       "(hybrid), or both at 1/4 (resize)",
               .type = OptionType::choice,
               .default_value = "hybrid",
               .choices = "hybrid|resize"},
    OptionSpec{.name = "detail",
               .help = "at which part of the image's size hybrid finds details; the published "
                       "program takes 1/2, its best published numbers are of 1/3",
               .type = OptionType::choice,
               .default_value = "1/2",
               .choices = "1/2|1/3"},
    OptionSpec{.name = "fusion",
               .help = "by the most likely class of a pixel, as the published program (argmax), or "
                       "by equation 2 of the paper (soft)",
               .type = OptionType::choice,
               .default_value = "argmax",
               .choices = "argmax|soft"},
    kResizeRuleOption, kShorterSideOption};

constexpr std::string_view kPage = "JizhiziLi/AIM: README, Pretrained models";

constexpr std::array kPublished{
    PublishedWeights{"aimnet_pretrained_matting.pth", kPage,
                     "trained again by the authors; the weights behind the paper's table are lost"},
    PublishedWeights{"aimnet_pretrained_duts.pth", kPage,
                     "before training on matting data, on DUTS alone: name it with --weights"}};

}  // namespace

constinit const MethodEntry aimnet_method{
    .id = "aimnet",
    .title = "AIM-Net",
    .cite = "li2021",
    .summary = "Automatic matting of salient, transparent and non-salient foregrounds",
    .needs = {.weights = true},
    .options = kOptions,
    .make = [](const MethodSettings& settings) { return make_deep_method("aimnet", settings); },
    .deep = true,
    .published = kPublished};

}  // namespace mbench::baselines

#include <array>

#include "baselines/deep/entries.hpp"

namespace mbench::baselines {
namespace {

constexpr std::array kOptions{
    OptionSpec{.name = "backbone",
               .help = "the encoder: ResNet-34, ResNet-34 from full resolution on with two more "
                       "stages, DenseNet-121 or ResNet-101",
               .type = OptionType::choice,
               .default_value = "r34",
               .choices = "r34|r34_2b|d121|r101"},
    OptionSpec{.name = "representation",
               .help = "what the glance decoder tells apart: background, transition and foreground "
                       "(tt), certain foreground and the rest (ft), certain background and the "
                       "rest (bt), or all of these, merged (rim). ft and bt with r34, rim with "
                       "d121, tt with all",
               .type = OptionType::choice,
               .default_value = "tt",
               .choices = "tt|ft|bt|rim"},
    OptionSpec{.name = "strategy",
               .help = "glance at 1/3 and focus at 1/2 of the image's size (hybrid), or both at "
                       "1/2 (resize); rim is always one pass at 1/3",
               .type = OptionType::choice,
               .default_value = "hybrid",
               .choices = "hybrid|resize"},
    OptionSpec{.name = "resize-rule",
               .help = "which scikit-image resizes",
               .type = OptionType::choice,
               .default_value = "skimage019",
               .choices = "skimage014|skimage019"}};

constexpr std::string_view kPage = "JizhiziLi/GFM: README, Pretrained models";

constexpr std::array kPublished{
    PublishedWeights{"gfm_r34_tt.pth", kPage, "trained on AM-2k"},
    PublishedWeights{"gfm_r34_ft.pth", kPage, "trained on AM-2k"},
    PublishedWeights{"gfm_r34_bt.pth", kPage, "trained on AM-2k"},
    PublishedWeights{"gfm_r34_2b_tt.pth", kPage, "trained on AM-2k"},
    PublishedWeights{"gfm_d121_tt.pth", kPage, "trained on AM-2k"},
    PublishedWeights{"gfm_d121_rim.pth", kPage, "trained on AM-2k"},
    PublishedWeights{"gfm_r101_tt.pth", kPage, "trained on AM-2k; 2 GB"}};

}  // namespace

constinit const MethodEntry gfm_method{
    .id = "gfm",
    .title = "GFM",
    .cite = "li2022gfm",
    .summary = "Glance and Focus: one decoder finds the foreground, one its details",
    .needs = {.weights = true},
    .options = kOptions,
    .make = [](const MethodSettings& settings) { return make_deep_method("gfm", settings); },
    .deep = true,
    .published = kPublished};

}  // namespace mbench::baselines

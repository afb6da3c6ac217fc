#include <array>

#include "baselines/deep/entries.hpp"

namespace mbench::baselines {
namespace {

constexpr std::array kOptions{
    OptionSpec{.name = "representation",
               .help = "what the glance decoder tells apart: background, transition and foreground "
                       "(tt), or two of them (ft, bt)",
               .type = OptionType::choice,
               .default_value = "tt",
               .choices = "tt|ft|bt"},
    OptionSpec{.name = "strategy",
               .help = "glance at 1/3 and focus at 1/2 of the image's size, or both at 1/2",
               .type = OptionType::choice,
               .default_value = "hybrid",
               .choices = "hybrid|resize"},
    OptionSpec{.name = "resize-rule",
               .help = "which scikit-image resizes",
               .type = OptionType::choice,
               .default_value = "skimage019",
               .choices = "skimage014|skimage019"}};

constexpr std::string_view kPage = "JizhiziLi/GFM: README, Pretrained models";

constexpr std::array kPublished{PublishedWeights{"gfm_r34_tt.pth", kPage, "trained on AM-2k"},
                                PublishedWeights{"gfm_r34_ft.pth", kPage, "trained on AM-2k"},
                                PublishedWeights{"gfm_r34_bt.pth", kPage, "trained on AM-2k"}};

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

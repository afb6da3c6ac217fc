#include <array>

#include "baselines/deep/entries.hpp"

namespace mbench::baselines {
namespace {

constexpr std::array kOptions{
    OptionSpec{.name = "filters",
               .help = "whether the affinity's filters are the same for all channels or one for "
                       "each (the published configurations 'share' and 'unshare')",
               .type = OptionType::choice,
               .default_value = "share",
               .choices = "share|unshare"}};

constexpr std::string_view kPage = "dongdong93/a2u_matting: README, Demo";

constexpr std::array kPublished{PublishedWeights{
    "a2u_matting.pth", kPage,
    "trained on the training set of Composition-1k; the README's 'Ours-unshare', for "
    "filters=unshare, has no name in the program: give its file with --weights"}};

}  // namespace

constinit const MethodEntry a2u_method{
    .id = "a2u",
    .title = "A2U",
    .cite = "dai2021",
    .summary = "ResNet-34 that halves and doubles by weights learnt from affinities",
    .needs = {.trimap = true, .weights = true},
    .options = kOptions,
    .make = [](const MethodSettings& settings) { return make_deep_method("a2u", settings); },
    .deep = true,
    .published = kPublished};

}  // namespace mbench::baselines

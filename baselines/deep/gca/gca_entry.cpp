#include <array>

#include "baselines/deep/entries.hpp"

namespace mbench::baselines {
namespace {

constexpr std::array kOptions{
    OptionSpec{.name = "variant",
               .help = "with guided contextual attention, or the paper's baseline without it, for "
                       "which no weights were published",
               .type = OptionType::choice,
               .default_value = "gca",
               .choices = "gca|baseline"},
    OptionSpec{.name = "frame",
               .help = "whether 32 mirrored pixels are put around the image, as the published demo "
                       "for alphamatting.com does, or none, as its test on Composition-1k",
               .type = OptionType::choice,
               .default_value = "no",
               .choices = "no|yes"}};

constexpr std::string_view kPage = "Yaoyi-Li/GCA-Matting: README, Models";

constexpr std::array kPublished{
    PublishedWeights{"gca-dist.pth", kPage,
                     "trained on the training set of Composition-1k; the default"},
    PublishedWeights{"gca-dist-all-data.pth", kPage,
                     "trained on Composition-1k's training and test sets, for alphamatting.com: "
                     "give it with --weights, and frame=yes"}};

}  // namespace

constinit const MethodEntry gca_method{
    .id = "gca",
    .title = "GCA",
    .cite = "li2020gca",
    .summary = "Guided contextual attention: features of alpha follow pixels that look alike",
    .needs = {.trimap = true, .weights = true},
    .options = kOptions,
    .make = [](const MethodSettings& settings) { return make_deep_method("gca", settings); },
    .deep = true,
    .published = kPublished};

}  // namespace mbench::baselines

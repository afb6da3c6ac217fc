#include <array>

#include "baselines/deep/entries.hpp"

namespace mbench::baselines {
namespace {

constexpr std::array kOptions{
    OptionSpec{.name = "variant",
               .help = "which published model: s (25.8 M parameters) or b (96.7 M)",
               .type = OptionType::choice,
               .default_value = "s",
               .choices = "s|b"}};

constexpr std::string_view kPage = "hustvl/ViTMatte: README, Results";

constexpr std::array kPublished{
    PublishedWeights{"ViTMatte_S_Com.pth", kPage, "variant=s, trained on Composition-1k"},
    PublishedWeights{"ViTMatte_B_Com.pth", kPage, "variant=b, trained on Composition-1k"},
    PublishedWeights{"ViTMatte_S_DIS.pth", kPage,
                     "variant=s, trained on Distinctions-646: name it with --weights"},
    PublishedWeights{"ViTMatte_B_DIS.pth", kPage,
                     "variant=b, trained on Distinctions-646: name it with --weights"}};

}  // namespace

constinit const MethodEntry vitmatte_method{
    .id = "vitmatte",
    .title = "ViTMatte",
    .cite = "yao2024",
    .summary = "A plain vision transformer, with a stream of convolutions for details",
    .needs = {.trimap = true, .weights = true},
    .options = kOptions,
    .make = [](const MethodSettings& settings) { return make_deep_method("vitmatte", settings); },
    .deep = true,
    .published = kPublished};

}  // namespace mbench::baselines

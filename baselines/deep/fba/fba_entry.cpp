#include <array>

#include "baselines/deep/entries.hpp"

namespace mbench::baselines {
namespace {

constexpr std::array kOptions{
    OptionSpec{.name = "layers",
               .help = "whether `mbench run` also saves the foreground and background that the "
                       "network finds, under foregrounds/ and backgrounds/ beside mattes/",
               .type = OptionType::choice,
               .default_value = "no",
               .choices = "no|yes"},
    OptionSpec{.name = "resize-back",
               .help = "how the answer comes back to a size that is no multiple of 8: as the "
                       "published program computes (linear), or as its text reads (lanczos4)",
               .type = OptionType::choice,
               .default_value = "linear",
               .choices = "linear|lanczos4"}};

constexpr std::array kPublished{
    PublishedWeights{"FBA.pth", "MarcoForte/FBA_Matting: README, Models",
                     "trained on the training set of Composition-1k; for noncommercial use"}};

constexpr std::array<std::string_view, 1> kOpenChoices{
    "The published program names Lanczos interpolation for the way back where OpenCV's resize "
    "expects another argument, so that it interpolates linearly; so does resize-back=linear."};

}  // namespace

constinit const MethodEntry fba_method{
    .id = "fba",
    .title = "FBA Matting",
    .cite = "forte2020",
    .summary =
        "Finds alpha, foreground and background together and brings them in line with the "
        "image",
    .needs = {.trimap = true, .weights = true},
    .options = kOptions,
    .make = [](const MethodSettings& settings) { return make_deep_method("fba", settings); },
    .deep = true,
    .published = kPublished,
    .open_choices = kOpenChoices};

}  // namespace mbench::baselines

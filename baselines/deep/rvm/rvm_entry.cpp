#include <array>

#include "baselines/deep/entries.hpp"

namespace mbench::baselines {
namespace {

constexpr std::array kOptions{
    OptionSpec{.name = "ratio",
               .help = "the part of a frame's size at which the network sees it: a number above 0 "
                       "and up to 1, or auto, which makes the longer side 512 pixels at most",
               .default_value = "auto"},
    OptionSpec{.name = "refiner",
               .help = "what brings the matte back to the frame's size where the ratio is below 1: "
                       "the published network's filter (deep), or the guided filter without "
                       "weights (fast)",
               .type = OptionType::choice,
               .default_value = "deep",
               .choices = "deep|fast"}};

constexpr std::array kPublished{PublishedWeights{"rvm_mobilenetv3.pth",
                                                 "PeterL1n/RobustVideoMatting: README, Download",
                                                 "MobileNetV3, with the learned refiner"}};

}  // namespace

constinit const MethodEntry rvm_method{
    .id = "rvm",
    .title = "Robust Video Matting",
    .cite = "lin2022",
    .summary = "Automatic matting of people, frame by frame with memory; stills are clips of one",
    .needs = {.weights = true},
    .options = kOptions,
    .make = [](const MethodSettings& settings) { return make_deep_method("rvm", settings); },
    .deep = true,
    .published = kPublished};

}  // namespace mbench::baselines

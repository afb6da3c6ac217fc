#include <array>

#include "baselines/deep/entries.hpp"

namespace mbench::baselines {
namespace {

constexpr std::string_view kPage = "ZHKKKe/MODNet: README, Pre-trained models (Google Drive)";

constexpr std::array kPublished{PublishedWeights{"modnet_photographic_portrait_matting.ckpt", kPage,
                                                 "for photographs of people"},
                                PublishedWeights{"modnet_webcam_portrait_matting.ckpt", kPage,
                                                 "for video of a webcam: name it with --weights"}};

constexpr std::array<std::string_view, 1> kChoices{
    "The published program fails where a side is below 32 pixels when the network sees it; here "
    "such a side becomes 32."};

}  // namespace

constinit const MethodEntry modnet_method{
    .id = "modnet",
    .title = "MODNet",
    .cite = "ke2022",
    .summary =
        "Portrait matting in real time: a branch for semantics, one for details, one that "
        "fuses them, on MobileNetV2",
    .needs = {.weights = true},
    .options = {},
    .make = [](const MethodSettings& settings) { return make_deep_method("modnet", settings); },
    .deep = true,
    .published = kPublished,
    .open_choices = kChoices};

}  // namespace mbench::baselines

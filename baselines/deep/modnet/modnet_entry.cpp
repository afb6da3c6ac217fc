#include <array>

#include "baselines/deep/entries.hpp"

namespace mbench::baselines {
namespace {

constexpr std::string_view kPage = "ZHKKKe/MODNet: README, Pre-trained models (Google Drive)";

constexpr std::array kPublished{PublishedWeights{"modnet_photographic_portrait_matting.ckpt", kPage,
                                                 "for photographs of people"},
                                PublishedWeights{"modnet_webcam_portrait_matting.ckpt", kPage,
                                                 "for video of a webcam: name it with --weights"}};

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
    .published = kPublished};

}  // namespace mbench::baselines

#include <array>

#include "baselines/deep/entries.hpp"

namespace mbench::baselines {
namespace {

constexpr std::array<std::string_view, 4> kChoices{
    "The paper's program was not published, nor was the one that stands in tables about matting; "
    "this is lizhengwei1992/Semantic_Human_Matting, which has MobileNetV2 for the paper's "
    "PSPNet-50 "
    "and far fewer channels: no published number belongs to it.",
    "The image is squashed to 256 x 256 as that program's test does; the paper does not say at "
    "which size it tests.",
    "That program subtracts 104, 112, 121 when it tests and 114, 121, 134 when it trains; here it "
    "is what it tests with.",
    "Alpha is clipped to [0, 1]; that program leaves it unbounded."};

}  // namespace

constinit const MethodEntry shm_method{
    .id = "shm",
    .title = "SHM (light)",
    .cite = "chen2018",
    .summary =
        "Semantic Human Matting, finds a trimap and then alpha: a small public "
        "re-implementation, for neither the paper's program nor any weights were published",
    .needs = {.weights = true},
    .options = {},
    .make = [](const MethodSettings& settings) { return make_deep_method("shm", settings); },
    .deep = true,
    .open_choices = kChoices};

}  // namespace mbench::baselines

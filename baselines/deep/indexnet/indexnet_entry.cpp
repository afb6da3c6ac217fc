#include <array>

#include "baselines/deep/entries.hpp"

namespace mbench::baselines {
namespace {

constexpr std::array kPublished{PublishedWeights{"indexnet_matting.pth.tar",
                                                 "poppinace/indexnet_matting: README",
                                                 "trained on the training set of Composition-1k"}};

}  // namespace

constinit const MethodEntry indexnet_method{
    .id = "indexnet",
    .title = "IndexNet",
    .cite = "lu2019",
    .summary = "MobileNetV2 whose poolings hand learnt indices to the decoder",
    .needs = {.trimap = true, .weights = true},
    .options = {},
    .make = [](const MethodSettings& settings) { return make_deep_method("indexnet", settings); },
    .deep = true,
    .published = kPublished};

}  // namespace mbench::baselines

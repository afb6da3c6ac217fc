#include <array>

#include "baselines/deep/entries.hpp"

namespace mbench::baselines {
namespace {

constexpr std::array kOptions{
    OptionSpec{.name = "resize-rule",
               .help = "which scikit-image brings the image to 320 x 320; the published program "
                       "asks for 0.14",
               .type = OptionType::choice,
               .default_value = "skimage014",
               .choices = "skimage014|skimage019"}};

constexpr std::string_view kPage = "xuebinqin/U-2-Net: README, Usage for salient object detection";

constexpr std::array kPublished{
    PublishedWeights{"u2net.pth", kPage,
                     "trained on DUTS-TR, for salient objects; U2NET of tables about matting was "
                     "trained again by their authors and not published"},
    PublishedWeights{"u2net_human_seg.pth", kPage, "for people: name it with --weights"}};

constexpr std::array kPublishedSmall{
    PublishedWeights{"u2netp.pth", kPage, "trained on DUTS-TR, for salient objects"}};

constexpr std::array<std::string_view, 1> kChoices{
    "The published program divides 0 by 0 where an image is black or an answer the same "
    "everywhere; "
    "here a black image stays black, and such an answer is 0."};

}  // namespace

constinit const MethodEntry u2net_method{
    .id = "u2net",
    .title = "U2-Net",
    .cite = "qin2020",
    .summary =
        "Salient object detection at 320 x 320, its answer stretched to the whole range of "
        "alpha; often compared with as if it were matting",
    .needs = {.weights = true},
    .options = kOptions,
    .make = [](const MethodSettings& settings) { return make_deep_method("u2net", settings); },
    .deep = true,
    .published = kPublished,
    .open_choices = kChoices};

constinit const MethodEntry u2netp_method{
    .id = "u2netp",
    .title = "U2-Net (small)",
    .cite = "qin2020",
    .summary = "U2-Net with a fortieth of its parameters, U2NETP in its program",
    .needs = {.weights = true},
    .options = kOptions,
    .make = [](const MethodSettings& settings) { return make_deep_method("u2netp", settings); },
    .deep = true,
    .published = kPublishedSmall,
    .open_choices = kChoices};

}  // namespace mbench::baselines

#include <array>

#include "baselines/deep/entries.hpp"

// The five methods that zhou2021 describes with two networks. No weights were published.

namespace mbench::baselines {
namespace {

constexpr OptionSpec kAlignCorners{
    .name = "align-corners",
    .help =
        "whether bilinear enlargements in Net-T let the corners of both grids meet; the paper "
        "does not say, the code whose details it has does so",
    .type = OptionType::choice,
    .default_value = "yes",
    .choices = "yes|no"};

constexpr std::array kNetTOptions{kAlignCorners};

constexpr std::array kJointOptions{
    OptionSpec{.name = "net-t", .help = "weights of Net-T: a file or recipe:SEED"},
    OptionSpec{.name = "net-m", .help = "weights of Net-M: a file or recipe:SEED"},
    OptionSpec{.name = "coarse",
               .help = "yes: fuse Net-M's alpha before its refinement (JIS-c, JIH-c in the paper)",
               .type = OptionType::choice,
               .default_value = "no",
               .choices = "yes|no"},
    kAlignCorners};

constexpr std::array<std::string_view, 4> kNetTChoices{
    "Classes in the order background, unknown, foreground; input RGB with ImageNet's statistics, "
    "1 - s and s of the segmentation s.",
    "The convolution over the joined features has 256 channels (Table S3 prints 48 at its end); "
    "they "
    "are joined in the order ASPP, layer 2, layer 1.",
    "Bilinear enlargements with corners on corners (option align-corners).",
    "Sides are completed by reflection to multiples of 32."};
constexpr std::array<std::string_view, 5> kNetMChoices{
    "Encoder, decoder and guidance head are GCA-Matting's, whose tables the paper repeats; the "
    "last "
    "convolution is plain, with bias.",
    "One light non-local block, after layer 2, and none in the decoder; embeddings of 32 channels, "
    "keys by one strided convolution that the values share: the one structure that meets Table 6.",
    "A query is weighted by its own region; similarities are divided by sqrt(d/2) = 8 with d = "
    "128.",
    "Refinement: skip connections come from before the poolings, since sizes disagree after them; "
    "the "
    "ninth convolution is followed by no enlargement.",
    "Sides are completed by reflection to multiples of 32."};
constexpr std::array<std::string_view, 2> kJointChoices{
    "Net-M is fed the classes of Net-T, one-hot; the paper does not say what end-to-end training "
    "feeds it.",
    "Choices of Net-T and Net-M: `mbench explain net-t`, `mbench explain net-m`."};

}  // namespace

constinit const MethodEntry net_t_method{
    .id = "net-t",
    .title = "Net-T",
    .cite = "zhou2021",
    .summary =
        "Finds a trimap from a coarse segmentation; the matte is that trimap, 0.5 where "
        "unknown (our reading of the paper: its program was not published)",
    .needs = {.segmentation = true, .weights = true},
    .options = kNetTOptions,
    .make = [](const MethodSettings& settings) { return make_deep_method("net-t", settings); },
    .gives_trimap = true,
    .deep = true,
    .open_choices = kNetTChoices};

constinit const MethodEntry net_m_method{
    .id = "net-m",
    .title = "Net-M",
    .cite = "zhou2021",
    .summary =
        "Non-local matting with refinement, clipped to [0, 1] and set to the trimap where "
        "that is known (our reading of the paper: its program was not published)",
    .needs = {.trimap = true, .weights = true},
    .options = {},
    .make = [](const MethodSettings& settings) { return make_deep_method("net-m", settings); },
    .deep = true,
    .open_choices = kNetMChoices};

constinit const MethodEntry nlm_method{
    .id = "nlm",
    .title = "NLM",
    .cite = "zhou2021",
    .summary =
        "Non-local matting without refinement, set to the trimap where that is known (our "
        "reading of the paper: its program was not published)",
    .needs = {.trimap = true, .weights = true},
    .options = {},
    .make = [](const MethodSettings& settings) { return make_deep_method("nlm", settings); },
    .deep = true,
    .open_choices = kNetMChoices};

constinit const MethodEntry ji_soft_method{
    .id = "ji-soft",
    .title = "JIS",
    .cite = "zhou2021",
    .summary =
        "Joint Inference: Net-M on Net-T's trimap, fused by Net-T's probabilities (our "
        "reading of the paper: its program was not published)",
    .needs = {.segmentation = true, .weights = true},
    .options = kJointOptions,
    .make = [](const MethodSettings& settings) { return make_deep_method("ji-soft", settings); },
    .gives_trimap = true,
    .deep = true,
    .open_choices = kJointChoices};

constinit const MethodEntry ji_hard_method{
    .id = "ji-hard",
    .title = "JIH",
    .cite = "zhou2021",
    .summary =
        "Joint Inference: Net-M on Net-T's trimap, which sets alpha where it is known (our "
        "reading of the paper: its program was not published)",
    .needs = {.segmentation = true, .weights = true},
    .options = kJointOptions,
    .make = [](const MethodSettings& settings) { return make_deep_method("ji-hard", settings); },
    .gives_trimap = true,
    .deep = true,
    .open_choices = kJointChoices};

}  // namespace mbench::baselines

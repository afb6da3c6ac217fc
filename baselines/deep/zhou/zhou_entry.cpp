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
    .deep = true};

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
    .deep = true};

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
    .deep = true};

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
    .deep = true};

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
    .deep = true};

}  // namespace mbench::baselines

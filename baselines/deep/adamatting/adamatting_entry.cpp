#include <array>

#include "baselines/deep/entries.hpp"

namespace mbench::baselines {
namespace {

constexpr std::array kOptions{
    OptionSpec{.name = "variant",
               .help = "whose reading of the paper, which comes without a program: mbench's own, "
                       "or that of waterbearbee/AdaMatting",
               .type = OptionType::choice,
               .default_value = "paper",
               .choices = "paper|waterbearbee"}};

constexpr std::array<std::string_view, 5> kOpenChoices{
    "Widths: shortcuts at 1/8, 1/4 and 1/2 to 64 channels by global convolutions with k = 7; "
    "decoder "
    "levels of 256, 128, 64, 64 and 32 channels.",
    "Shortcuts are joined, not added: the paper names U-Net.",
    "The propagation unit gets the trimap's probabilities, not its classes, and a sigmoid on the "
    "decoder's alpha, so that its first step sees what later ones see.",
    "Unit: two basic blocks of 64 channels and a convolutional LSTM of 32 maps without peepholes, "
    "which would tie a network to one size of image.",
    "The given trimap is not imposed on the result: the adapted one is."};

}  // namespace

constinit const MethodEntry adamatting_method{
    .id = "adamatting",
    .title = "AdaMatting",
    .cite = "cai2019",
    .summary =
        "Corrects the trimap first and refines alpha where the corrected one is unknown; "
        "no weights were published",
    .needs = {.trimap = true, .weights = true},
    .options = kOptions,
    .make = [](const MethodSettings& settings) { return make_deep_method("adamatting", settings); },
    .gives_trimap = true,
    .deep = true,
    .open_choices = kOpenChoices};

}  // namespace mbench::baselines

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
    .deep = true};

}  // namespace mbench::baselines

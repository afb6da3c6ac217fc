#include <array>

#include "baselines/deep/entries.hpp"

namespace mbench::baselines {
namespace {

constexpr std::array kOptions{
    OptionSpec{.name = "program",
               .help = "whose re-implementation, for the authors published none: "
                       "huochaitiantang/pytorch-deep-image-matting or "
                       "foamliu/Deep-Image-Matting-PyTorch",
               .type = OptionType::choice,
               .default_value = "huochaitiantang",
               .choices = "huochaitiantang|foamliu"},
    OptionSpec{.name = "stage",
               .help = "which stage of training the weights are of: 2 and 3 have the refinement "
                       "network of the paper, which foamliu's program has not",
               .type = OptionType::choice,
               .default_value = "1",
               .choices = "1|2|3"}};

constexpr std::array kPublished{
    PublishedWeights{"stage1_skip_sad_52.9.pth",
                     "huochaitiantang/pytorch-deep-image-matting: README, Performance",
                     "stage 1, with shortcuts. Older files of the same page are of networks "
                     "without shortcuts and do not fit"},
    PublishedWeights{"BEST_checkpoint.tar",
                     "foamliu/Deep-Image-Matting-PyTorch: README, pretrained model",
                     "of program=foamliu; holds a whole Python object instead of tensors: load it "
                     "once with that program, save model.module.state_dict(), and name the new "
                     "file with --weights"}};

constexpr std::array<std::string_view, 2> kOpenChoices{
    "The paper's encoder ends with 4096 channels and its decoder has no shortcuts; both programs "
    "differ from it, and each is built as it is.",
    "huochaitiantang's program fails on a side below 32 pixels; here such a side is enlarged to "
    "32."};

}  // namespace

constinit const MethodEntry dim_method{
    .id = "dim",
    .title = "Deep Image Matting",
    .cite = "xu2017",
    .summary =
        "VGG-16 encoder, a decoder that puts values back where the maxima were, optional "
        "refinement; by two public re-implementations",
    .needs = {.trimap = true, .weights = true},
    .options = kOptions,
    .make = [](const MethodSettings& settings) { return make_deep_method("dim", settings); },
    .deep = true,
    .published = kPublished,
    .open_choices = kOpenChoices};

}  // namespace mbench::baselines

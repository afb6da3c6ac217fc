#include <array>

#include <fmt/core.h>

#include "datasets/trimaps/draw.hpp"
#include "datasets/trimaps/entries.hpp"

namespace mbench::datasets::trimaps {
namespace {

constexpr std::array kGcaOptions{smallest("min", "1"), largest("max", "29")};
constexpr std::array kMmagicOptions{smallest("min", "1"), largest("max", "29")};
constexpr std::array kFoamliuOptions{smallest("min", "1"), largest("max", "19")};
constexpr std::array kDistOptions{smallest("min", "1"), largest("max", "19")};
constexpr std::array kLsaOptions{smallest("min", "1"), largest("max", "24")};
constexpr std::array<OptionSpec, 4> kDimtorchOptions{
    smallest("min-k", "2"), largest("max-k", "4"), smallest("min-i", "5"), largest("max-i", "14")};

constexpr std::array<std::string_view, 1> kUnseeded{
    "The program draws without a fixed seed: its distribution is met, its numbers cannot be."};

}  // namespace

constinit const TrimapRule gca_random_rule{
    .facts = {.id = "gca-random",
              .title = "GCA-Matting as it trains: gca with two sizes drawn",
              .summary = "gca:fg,bg with fg and bg each uniform from min to max.",
              .source = "GCA-Matting: GenTrimap in dataloader/data_generator.py",
              .cite = "li2020gca",
              .options = kGcaOptions,
              .open_choices = kUnseeded},
    .stands_for =
        [](const Options& options, Random random) {
          const int fg = draw(options, random);
          const int bg = draw(options, random);
          return fmt::format("gca:{},{}", fg, bg);
        },
    .draws = true};

constinit const TrimapRule dimtorch_random_rule{
    .facts = {.id = "dimtorch-random",
              .title = "huochaitiantang as it trains: dimtorch with size and times drawn",
              .summary = "dimtorch:k,i with k uniform from min-k to max-k and i from min-i to "
                         "max-i, the same for erosion and dilation.",
              .source = "huochaitiantang/pytorch-deep-image-matting: gen_trimap",
              .cite = "huochaitiantang2019",
              .options = kDimtorchOptions,
              .open_choices = kUnseeded},
    .stands_for =
        [](const Options& options, Random random) {
          const int k = draw(options, random, "min-k", "max-k");
          const int i = draw(options, random, "min-i", "max-i");
          return fmt::format("dimtorch:{},{}", k, i);
        },
    .draws = true};

constinit const TrimapRule mmagic_random_rule{
    .facts = {.id = "mmagic-random",
              .title = "mmagic as it trains DIM: dimtorch with two sizes drawn",
              .summary = "dimtorch with the sizes of erosion and dilation each uniform from min to "
                         "max, both once.",
              .source = "mmagic: GenerateTrimap in datasets/transforms/trimap_processors.py, "
                        "kernel_size=(1, 30) in configs/deep_image_matting",
              .cite = "mmagic2023",
              .options = kMmagicOptions,
              .open_choices = kUnseeded},
    .stands_for =
        [](const Options& options, Random random) {
          const int erode = draw(options, random);
          const int dilate = draw(options, random);
          return fmt::format("dimtorch:{},1,{},1", erode, dilate);
        },
    .draws = true};

constinit const TrimapRule foamliu_random_rule{
    .facts = {.id = "foamliu-random",
              .title = "foamliu as it trains: foamliu with the times drawn",
              .summary = "foamliu:i with i uniform from min to max.",
              .source = "foamliu/Deep-Image-Matting-PyTorch: gen_trimap",
              .cite = "foamliu2019",
              .options = kFoamliuOptions,
              .open_choices = kUnseeded},
    .stands_for = [](const Options& options,
                     Random random) { return fmt::format("foamliu:{}", draw(options, random)); },
    .draws = true};

constinit const TrimapRule dist_random_rule{
    .facts = {.id = "dist-random",
              .title = "mmagic with a distance drawn",
              .summary = "dist:r with r uniform from min to max.",
              .source = "mmagic: GenerateTrimapWithDistTransform in "
                        "datasets/transforms/trimap_processors.py",
              .cite = "mmagic2023",
              .options = kDistOptions,
              .open_choices = kUnseeded},
    .stands_for = [](const Options& options,
                     Random random) { return fmt::format("dist:{}", draw(options, random)); },
    .draws = true};

constinit const TrimapRule lsa_random_rule{
    .facts = {.id = "lsa-random",
              .title = "LSA-Matting as it trains: lsa with two distances drawn",
              .summary = "lsa:b,f with b and f each uniform from min to max.",
              .source = "kfeng123/LSA-Matting: original_trimap in "
                        "matting/data/data_online_official.py",
              .cite = "wang2022",
              .options = kLsaOptions,
              .open_choices = kUnseeded},
    .stands_for =
        [](const Options& options, Random random) {
          const int b = draw(options, random);
          const int f = draw(options, random);
          return fmt::format("lsa:{},{}", b, f);
        },
    .draws = true};

}  // namespace mbench::datasets::trimaps

#include <array>

#include <fmt/core.h>

#include "core/error.hpp"
#include "datasets/trimaps/entries.hpp"

namespace mbench::datasets::trimaps {
namespace {

using imaging::Growth;
using imaging::ImageType;

constexpr int kLargestElement = 999;
constexpr int kMostIterations = 999;

constexpr OptionSpec element(std::string_view name, std::string_view help,
                             std::string_view standard) {
  return whole_number(name, help, standard, 1, kLargestElement);
}

constexpr OptionSpec iterations(std::string_view name, std::string_view help,
                                std::string_view standard) {
  return whole_number(name, help, standard, 1, kMostIterations);
}

Trimap grown(const TrimapInput& input, Growth inward, Growth outward) {
  return imaging::grown_trimap(imaging::optimal_trimap(input.alpha), inward, outward);
}

constexpr std::array kGfmOptions{element("k", "size of the elliptic element in pixels", "25")};

constexpr std::array kUsrOptions{
    OptionSpec{.name = "type",
               .help =
                   "kind of all images: trimap of SO, duomap of STM, unimap of NS; not set: each "
                   "image's tag `type`",
               .type = OptionType::choice,
               .choices = "SO|STM|NS"},
    element("k", "size of the elliptic element in pixels", "30")};

Trimap make_usr(const TrimapInput& input, const Options& options) {
  const auto type = options.has("type") ? imaging::image_type(options.text("type")) : input.type;
  if (!type) {
    throw Error{ErrorKind::bad_input,
                {.what = "trimap rule 'usr' needs the type of the image",
                 .expected = "SO, STM or NS",
                 .fix = "name a file that says it of each image, as aim_category_type.json does: "
                        "--types FILE; or one for all: usr:SO"}};
  }
  const int k = options.integer("k");
  return imaging::unified_map(grown(input, {.k = k}, {.k = k}), *type);
}

constexpr std::array kGcaOptions{
    element("fg", "size of the element that erodes the foreground, in pixels", "15"),
    element("bg", "size of the element that erodes the background, in pixels", "15")};

constexpr std::array<std::string_view, 1> kGcaChoices{
    "The fixed sizes are no program's: 15 and 15 are zhou2021's; GCA-Matting itself draws "
    "(gca-random)."};

constexpr std::array kDimtorchOptions{
    element("k", "size of the elliptic element in pixels", "3"),
    iterations("i", "how often the foreground is eroded", "10"),
    element("dilate-k", "size of the element that dilates; not set: k", ""),
    iterations("dilate-i", "how often what may be foreground is dilated; not set: i", "")};

Trimap make_dimtorch(const TrimapInput& input, const Options& options) {
  const Growth inward{.k = options.integer("k"), .iterations = options.integer("i")};
  const auto or_same = [&](std::string_view name, int same) {
    return options.has(name) ? options.integer(name) : same;
  };
  return grown(
      input, inward,
      {.k = or_same("dilate-k", inward.k), .iterations = or_same("dilate-i", inward.iterations)});
}

constexpr std::array<std::string_view, 1> kDimtorchChoices{
    "The defaults are the middle of what the program draws (dimtorch-random); it names no fixed "
    "ones."};

constexpr std::array kFoamliuOptions{
    iterations("i", "how often what may be foreground is dilated by the 3 x 3 cross", "10")};

constexpr std::array<std::string_view, 1> kFoamliuChoices{
    "The default is the middle of what the program draws (foamliu-random); it names no fixed one."};

constexpr std::array kBgmOptions{
    iterations("K", "how often the foreground is eroded by the 3 x 3 cross", "5")};

constexpr std::array<std::string_view, 1> kBgmChoices{
    "The program would draw K from a half-open range whose ends it sets to 5 and 5, and takes the "
    "mean of the ends otherwise: 5 here."};

}  // namespace

constinit const TrimapRule gfm_rule{
    .facts =
        {.id = "gfm",
         .title = "Trimaps of GFM and AIM: one ellipse, eroded and dilated",
         .summary =
             "T = 255 on E, 128 on D without E, 0 elsewhere; E = {v = 255} eroded and D = {v "
             "!= 0} dilated once by OpenCV's ellipse of size k. Published sizes: 25 for GFM's "
             "trimaps, 50 for its wider maps, 30 for AIM's unified maps, 10 for saliency sets. "
             "An ellipse of even size is lopsided and is not mirrored: k = 30 looks 15 "
             "pixels up and left and 14 down and right. The same pixels as gca:k,k.",
         .source = "GFM and AIM: gen_trimap in core/util.py",
         .cite = "li2022gfm",
         .options = kGfmOptions},
    .make = [](const TrimapInput& input, const Options& options) {
      const int k = options.integer("k");
      return grown(input, {.k = k}, {.k = k});
    }};

constinit const TrimapRule usr_rule{
    .facts = {.id = "usr",
              .title = "AIM's unified maps: trimap, duomap or unimap by the image's type",
              .summary = "From the trimap T of gfm:k, in {0, 0.5, 1}: U = T for type SO, 1.5 T - "
                         "T^2 for STM (no foreground: 0, 0.5, 0.5), 0.5 everywhere for NS.",
              .source = "li2021 eq. 1; AIM: core/util.py",
              .cite = "li2021",
              .options = kUsrOptions},
    .make = make_usr,
    .needs_type = true};

constinit const TrimapRule gca_rule{
    .facts = {.id = "gca",
              .title = "GCA-Matting: foreground and background eroded, each by its own ellipse",
              .summary =
                  "T = 255 where {alpha = 1} eroded by an ellipse of size fg holds, 0 where {alpha "
                  "= 0} eroded by one of size bg holds, 128 elsewhere. Sizes are diameters: 15 "
                  "reaches 7 pixels. Alpha within 1e-5 of 0 or 1 counts as it, which only float "
                  "mattes can tell.",
              .source = "GCA-Matting: GenTrimap in dataloader/data_generator.py",
              .cite = "li2020gca",
              .options = kGcaOptions,
              .open_choices = kGcaChoices},
    .make = [](const TrimapInput& input, const Options& options) {
      return grown(input, {.k = options.integer("fg")}, {.k = options.integer("bg")});
    }};

constinit const TrimapRule dimtorch_rule{
    .facts = {.id = "dimtorch",
              .title = "huochaitiantang and mmagic: grey erosion and dilation, several times",
              .summary =
                  "T = 255 where v eroded i times by the ellipse of size k is 255, 0 where v "
                  "dilated dilate-i times by that of size dilate-k is 0, 128 elsewhere.",
              .source = "huochaitiantang/pytorch-deep-image-matting: gen_trimap; mmagic: "
                        "GenerateTrimap in datasets/transforms/trimap_processors.py",
              .cite = "mmagic2023",
              .options = kDimtorchOptions,
              .open_choices = kDimtorchChoices},
    .make = make_dimtorch};

constinit const TrimapRule foamliu_rule{
    .facts = {.id = "foamliu",
              .title = "foamliu: the unknown region grows outward alone",
              .summary = "T = 255 on F = {v = 255}, which is not eroded; 128 on {v != 0} dilated i "
                         "times by the 3 x 3 ellipse (a cross) without F; 0 elsewhere.",
              .source = "foamliu/Deep-Image-Matting-PyTorch: gen_trimap",
              .cite = "foamliu2019",
              .options = kFoamliuOptions,
              .open_choices = kFoamliuChoices},
    .make = [](const TrimapInput& input, const Options& options) {
      return grown(input, {.iterations = 0}, {.k = 3, .iterations = options.integer("i")});
    }};

constinit const TrimapRule bgm_rule{
    .facts = {.id = "bgm",
              .title = "Background Matting: eroded K times, dilated 2K times",
              .summary = "T = 255 where {v = 255} eroded K times by the 3 x 3 ellipse (a cross) "
                         "holds, 128 where {v != 0} dilated 2K times does, 0 elsewhere.",
              .source = "senguptaumd/Background-Matting: generate_trimap in data_loader.py",
              .cite = "sengupta2020",
              .options = kBgmOptions,
              .open_choices = kBgmChoices},
    .make = [](const TrimapInput& input, const Options& options) {
      const int times = options.integer("K");
      return grown(input, {.k = 3, .iterations = times}, {.k = 3, .iterations = 2 * times});
    }};

}  // namespace mbench::datasets::trimaps

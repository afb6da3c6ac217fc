#include <array>

#include <fmt/core.h>

#include "datasets/trimaps/draw.hpp"
#include "datasets/trimaps/entries.hpp"

namespace mbench::datasets::trimaps {
namespace {

constexpr OptionSpec pixels(std::string_view name, std::string_view help,
                            std::string_view standard) {
  return whole_number(name, help, standard, 1, 499);
}

constexpr std::array kMattingAnythingOptions{
    pixels("i", "how often what may be foreground is dilated by the 3 x 3 cross", "5")};

constexpr std::array<std::string_view, 1> kMattingAnythingChoices{
    "The published program was read, not run: element, times and the foreground that is not eroded "
    "are its; no reference values exist."};

constexpr std::array kZhouOptions{
    pixels("fg", "erosion of the foreground in pixels; 15 also for the pseudo trimaps of real data",
           "15"),
    pixels("bg", "erosion of the background in pixels; 50 for the pseudo trimaps of real data",
           "15"),
    OptionSpec{.name = "pixels",
               .help = "what a number of pixels is of the ellipse: its size, or how far it reaches",
               .type = OptionType::choice,
               .default_value = "diameter",
               .choices = "diameter|radius"}};

constexpr std::array<std::string_view, 3> kZhouChoices{
    "The element's shape is not stated: the ellipse of GCA-Matting, to which the paper refers for "
    "its random trimaps.",
    "\"15-pixel erosion\" may be a size or a reach. GCA's 1 to 29 pixels are sizes (diameters), so "
    "15 is read as one: 7 pixels to each side. pixels=radius reads it as a reach: size 31.",
    "No program of the authors is public; the random trimaps of its training are gca-random."};

constexpr std::array kDnOptions{
    pixels("n", "the number in D-n, read as a radius in pixels; published: 10 and 100", "10")};

constexpr std::array<std::string_view, 3> kDnChoices{
    "\"n-dilation of GT alpha\" states neither shape nor what n counts: read as dist:n, all pixels "
    "within n pixels of the unknown region.",
    "Whether the unknown region grows to both sides is not stated: it does here.",
    "No program of the authors is public: do not compare digits with the paper's table 4."};

constexpr std::array kQiaoOptions{
    largest("max", "25"),
    OptionSpec{.name = "by",
               .help = "what a drawn number r is: the radius of dist, or two sizes of gca",
               .type = OptionType::choice,
               .default_value = "dist",
               .choices = "dist|gca"}};

constexpr std::array<std::string_view, 4> kQiaoChoices{
    "\"25 pixels random dilation\" is not defined, and xu2017, to which it refers, states no "
    "number: read as dist:r with r uniform from 1 to 25 for each image.",
    "by=gca reads 25 as the largest size of two ellipses, drawn as GCA-Matting draws.",
    "The draws of the authors are unknown: do not compare digits with the paper's.",
    "Whether test trimaps were drawn anew for each method is not stated: here each sample has one "
    "for each seed."};

}  // namespace

constinit const TrimapRule matting_anything_rule{
    .facts = {.id = "matting-anything",
              .title = "Matting Anything: foamliu with 5 dilations",
              .summary = "foamliu:i: {v != 0} dilated i times by the 3 x 3 ellipse (a cross), the "
                         "foreground not eroded.",
              .source = "SHI-Labs/Matting-Anything: its evaluation of natural images",
              .cite = "li2024mam",
              .options = kMattingAnythingOptions,
              .open_choices = kMattingAnythingChoices},
    .stands_for = [](const Options& options, Random) {
      return fmt::format("foamliu:{}", options.integer("i"));
    }};

constinit const TrimapRule zhou2021_rule{
    .facts = {.id = "zhou2021",
              .title = "zhou2021: 15-pixel erosion of both foreground and background",
              .summary = "The synthesized ground-truth trimap of its Net-T: gca:fg,bg; with "
                         "pixels=radius gca:2fg+1,2bg+1.",
              .source = "zhou2021 section 3",
              .cite = "zhou2021",
              .options = kZhouOptions,
              .open_choices = kZhouChoices},
    .stands_for = [](const Options& options, Random) {
      const bool radius = options.text("pixels") == "radius";
      const auto size = [&](std::string_view name) {
        const int number = options.integer(name);
        return radius ? 2 * number + 1 : number;
      };
      return fmt::format("gca:{},{}", size("fg"), size("bg"));
    }};

constinit const TrimapRule d_n_rule{
    .facts = {.id = "d-n",
              .title = "cai2019's D-n: n-dilation of the true alpha",
              .summary = "Read as dist:n.",
              .source = "cai2019 table 4",
              .cite = "cai2019",
              .options = kDnOptions,
              .open_choices = kDnChoices},
    .stands_for = [](const Options& options, Random) {
      return fmt::format("dist:{}", options.integer("n"));
    }};

constinit const TrimapRule qiao2020_rule{
    .facts = {.id = "qiao2020",
              .title = "qiao2020: 25 pixels random dilation",
              .summary = "Read as dist:r with r uniform from 1 to max, or (by=gca) gca:fg,bg with "
                         "fg and bg each uniform from 1 to max.",
              .source = "qiao2020 section 4, for the methods that need a trimap",
              .cite = "qiao2020",
              .options = kQiaoOptions,
              .open_choices = kQiaoChoices},
    .stands_for =
        [](const Options& options, Random random) {
          const int max = options.integer("max");
          const int first = 1 + random.below(max);
          if (options.text("by") == "dist") return fmt::format("dist:{}", first);
          const int second = 1 + random.below(max);
          return fmt::format("gca:{},{}", first, second);
        },
    .draws = true};

}  // namespace mbench::datasets::trimaps

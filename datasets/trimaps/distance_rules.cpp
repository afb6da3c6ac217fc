#include <algorithm>
#include <array>

#include "datasets/trimaps/entries.hpp"
#include "imaging/distance.hpp"

namespace mbench::datasets::trimaps {
namespace {

constexpr OptionSpec radius(std::string_view name, std::string_view help,
                            std::string_view standard) {
  return whole_number(name, help, standard, 0, 9999);
}

/// The unknown region of the optimal trimap with what lies near it: pixels of the background
/// within `background`, of the foreground within `foreground` pixels, measured exactly.
Trimap near_unknown(AlphaView alpha, int background, int foreground) {
  Trimap trimap = imaging::optimal_trimap(alpha);
  Plane<std::uint8_t> known{trimap.size()};
  std::ranges::transform(trimap.values(), known.values().begin(), [](std::uint8_t level) {
    return static_cast<std::uint8_t>(level == kUnknown ? 0 : 255);
  });
  const Plane<std::int64_t> distances = imaging::squared_distances(known);
  const auto squared = [](int r) { return std::int64_t{r} * r; };
  const std::int64_t background2 = squared(background);
  const std::int64_t foreground2 = squared(foreground);
  const auto levels = trimap.values();
  for (std::size_t i = 0; i < levels.size(); ++i) {
    const std::int64_t reach = levels[i] == kForeground ? foreground2 : background2;
    if (distances.values()[i] <= reach) levels[i] = kUnknown;
  }
  return trimap;
}

constexpr std::array kDistOptions{
    radius("r", "largest distance to the unknown region, in pixels", "20")};

constexpr std::array kLsaOptions{
    radius("b", "largest distance on the side of the background, in pixels", "12"),
    radius("f", "largest distance on the side of the foreground, in pixels", "12")};

constexpr std::array<std::string_view, 1> kLsaChoices{
    "The defaults are the middle of what the program draws (lsa-random); it names no fixed ones."};

}  // namespace

constinit const TrimapRule dist_rule{
    .facts = {.id = "dist",
              .title = "mmagic: what lies within a distance of the unknown region",
              .summary =
                  "T = 128 where the Euclidean distance to {0 < v < 255} is at most r, else v "
                  "(0 or 255). Distances are exact; without unknown pixels nothing grows, so "
                  "a hard edge stays one.",
              .source = "mmagic: GenerateTrimapWithDistTransform in "
                        "datasets/transforms/trimap_processors.py",
              .cite = "mmagic2023",
              .options = kDistOptions},
    .make = [](const TrimapInput& input, const Options& options) {
      const int r = options.integer("r");
      return near_unknown(input.alpha, r, r);
    }};

constinit const TrimapRule lsa_rule{
    .facts = {.id = "lsa",
              .title = "LSA-Matting: two distances, one on either side",
              .summary = "As dist, with the distance b for pixels that are not opaque and f for "
                         "those that are.",
              .source = "kfeng123/LSA-Matting: original_trimap in "
                        "matting/data/data_online_official.py",
              .cite = "wang2022",
              .options = kLsaOptions,
              .open_choices = kLsaChoices},
    .make = [](const TrimapInput& input, const Options& options) {
      return near_unknown(input.alpha, options.integer("b"), options.integer("f"));
    }};

constinit const TrimapRule opt_rule{
    .facts = {.id = "opt",
              .title = "The optimal trimap: unknown is exactly what is between 0 and 1",
              .summary = "T = 0 for v = 0, 255 for v = 255, 128 between: the target of trimap "
                         "accuracy and of mean IoU. Of a float matte, alpha within 1e-5 of 0 or 1 "
                         "counts as 0 or 1.",
              .source = "cai2019 eq. 2",
              .cite = "cai2019"},
    .make = [](const TrimapInput& input, const Options&) {
      return imaging::optimal_trimap(input.alpha);
    }};

}  // namespace mbench::datasets::trimaps

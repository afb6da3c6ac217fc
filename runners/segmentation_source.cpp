#include "runners/segmentation_source.hpp"

#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "core/error.hpp"
#include "core/options.hpp"

namespace mbench::runners {
namespace {

constexpr std::string_view kRule = "zhou2021";
constexpr std::string_view kRadius = ":radius";
constexpr std::array kOptions{OptionSpec{.name = "erosion",
                                         .help = "by how many pixels the segmentation is eroded",
                                         .type = OptionType::integer,
                                         .default_value = "20",
                                         .min = 1,
                                         .max = 32767}};

imaging::CoarseSegmentation parse_rule(std::string_view text) {
  const bool radius = text.ends_with(kRadius);
  const NameWithOptions name =
      parse_name_with_options(radius ? text.substr(0, text.size() - kRadius.size()) : text);
  if (name.name != kRule) {
    throw Error{ErrorKind::usage,
                {.what = fmt::format("unknown rule '{}' for segmentations", name.name),
                 .expected = "zhou2021, zhou2021:erosion=30 or zhou2021:erosion=30:radius"}};
  }
  const Options options{kOptions, name.values, fmt::format("--segmentation {}", kRule)};
  return {
      .erosion_px = options.integer("erosion"),
      .measure = radius ? imaging::ErosionMeasure::radius : imaging::ErosionMeasure::element_size};
}

std::string_view radius_if(const imaging::CoarseSegmentation& rule, std::string_view text) {
  return rule.measure == imaging::ErosionMeasure::radius ? text : std::string_view{};
}

}  // namespace

SegmentationSource segmentation_source(std::string_view text, const datasets::Dataset& dataset) {
  if (!text.empty()) return {.rule = parse_rule(text)};
  const bool has_files = std::ranges::any_of(
      dataset.samples, [](const SampleFiles& sample) { return !sample.segmentation.empty(); });
  if (has_files) return {};
  return {.rule = imaging::CoarseSegmentation{}};
}

std::string to_string(const SegmentationSource& source) {
  if (!source.rule) return "dataset";
  return fmt::format("{}:erosion={}{}", kRule, source.rule->erosion_px,
                     radius_if(*source.rule, kRadius));
}

std::string folder_suffix(std::string_view text) {
  if (text.empty()) return {};
  const imaging::CoarseSegmentation rule = parse_rule(text);
  return fmt::format("{}-{}{}", kRule, rule.erosion_px, radius_if(rule, "-radius"));
}

Plane<std::uint8_t> segmentation_of(const Sample& sample, const SegmentationSource& source) {
  if (source.rule) {
    if (sample.truth) return imaging::coarse_segmentation(sample.truth->view(), *source.rule);
    throw Error{ErrorKind::bad_input,
                {.what = "the method needs a segmentation, and this sample has no truth to make "
                         "it from",
                 .where = sample.id,
                 .fix = "add the truth, or a folder `segmentation` to the data set"}};
  }
  if (sample.segmentation) return *sample.segmentation;
  throw Error{ErrorKind::bad_input,
              {.what = "the method needs a segmentation and this sample has none",
               .where = sample.id,
               .fix = "add the segmentation, or leave the sample out"}};
}

void require_segmentations(const datasets::Dataset& dataset, const SegmentationSource& source,
                           std::string_view method_id) {
  if (dataset.samples.empty()) return;  // a shard may be
  const bool any = std::ranges::any_of(dataset.samples, [&](const SampleFiles& sample) {
    return !(source.rule ? sample.truth : sample.segmentation).empty();
  });
  if (any) return;
  throw Error{ErrorKind::bad_input,
              {.what = fmt::format("method '{}' needs segmentations, and data set '{}' has neither "
                                   "these nor truths to make them from",
                                   method_id, dataset.id),
               .where = dataset.root.string(),
               .expected = "a folder `segmentation` beside the images, or one of truths",
               .fix = "add either, or choose a method without that need: `mbench list methods`"}};
}

}  // namespace mbench::runners

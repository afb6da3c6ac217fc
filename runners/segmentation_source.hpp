#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "core/sample.hpp"
#include "datasets/dataset.hpp"
#include "imaging/segmentation.hpp"

namespace mbench::runners {

/// Where the coarse segmentations come from that some methods start from.
struct SegmentationSource {
  /// Makes them from the truth; nothing: they are files of the data set.
  std::optional<imaging::CoarseSegmentation> rule{};
};

/// The source that `text` names. "": the data set's files if it has any, else the rule with its
/// defaults. "zhou2021", "zhou2021:erosion=30", "zhou2021:erosion=30:radius": the rule of
/// imaging/segmentation.hpp for every sample, whatever files there are. Throws usage for anything
/// else.
[[nodiscard]] SegmentationSource segmentation_source(std::string_view text,
                                                     const datasets::Dataset& dataset);

/// "dataset", "zhou2021:erosion=20" or "zhou2021:erosion=20:radius", as records name it.
[[nodiscard]] std::string to_string(const SegmentationSource& source);

/// The same as part of a folder's name: "", "zhou2021-30" or "zhou2021-20-radius". Empty for what
/// is chosen by default.
[[nodiscard]] std::string folder_suffix(std::string_view text);

/// The segmentation of one sample. Throws bad_input if it has no file, or no truth to make it from.
[[nodiscard]] Plane<std::uint8_t> segmentation_of(const Sample& sample,
                                                  const SegmentationSource& source);

/// Throws bad_input if no sample of the data set has what the source needs.
void require_segmentations(const datasets::Dataset& dataset, const SegmentationSource& source,
                           std::string_view method_id);

}  // namespace mbench::runners

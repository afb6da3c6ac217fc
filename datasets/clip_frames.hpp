#pragma once
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/sample.hpp"
#include "datasets/dataset.hpp"

namespace mbench::datasets {

/// What the frames of one clip share: the value of the tag `clip` and, where an image has several
/// trimaps, of `trimap`. Nothing for a still: a sample without the tags `clip` and `frame`.
using ClipKey = std::pair<std::string, std::string>;
[[nodiscard]] std::optional<ClipKey> clip_key(const SampleFiles& sample);

/// Samples that belong together, in the order in which they must be looked at.
using SampleGroup = std::vector<const SampleFiles*>;

/// Clips, their frames in the order of the tag `frame` (2 before 10), and each still for itself;
/// in the order of the groups' first samples. The pointers are good as long as the samples.
[[nodiscard]] std::vector<SampleGroup> group_by_clip(std::span<const SampleFiles> samples);

/// Frames 1, 10, 2: where byte order puts 10 before 2, which is hardly what was filmed, a warning
/// ("frame-order"). `files`: a clip's, in byte order of their names.
[[nodiscard]] std::optional<Problem> frame_order_problem(
    const std::string& clip, std::span<const std::filesystem::path> files);

}  // namespace mbench::datasets

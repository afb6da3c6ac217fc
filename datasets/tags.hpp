#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/sample.hpp"
#include "datasets/dataset.hpp"
#include "imaging/trimap_rules.hpp"

namespace mbench::datasets {

/// What a tags file says about each image, by stem.
using TagsByStem = std::map<std::string, Tags>;

/// Reads a tags file:
///     .json  {"o_0c8f03f0": {"type": "SO", "category": "animal"}, ...}, as AIM-500 has it
///     .csv   a first line `id,type,category`, then one line per image
/// Throws bad_input naming the file: not readable, an image named twice, a value that is no text,
/// number or truth value, a tag called "image" or "trimap" (mbench sets those itself).
[[nodiscard]] TagsByStem read_tags(const std::filesystem::path& file);
/// The same of the text of a file of this extension, ".json" or ".csv".
[[nodiscard]] TagsByStem parse_tags(std::string_view text, std::string_view extension);

/// The type that the tags of that stem name; none if there are none, or it is none of AIM-500's.
[[nodiscard]] std::optional<imaging::ImageType> type_of(const TagsByStem& tags,
                                                        const std::string& stem);

/// Gives every sample the tags of its image, whose stem is the sample's id up to `/trimap`. An
/// image without tags becomes a problem of code "tags"; names in the file that no image has become
/// one warning.
void apply_tags(const TagsByStem& tags, const std::filesystem::path& file, Dataset& dataset);

}  // namespace mbench::datasets

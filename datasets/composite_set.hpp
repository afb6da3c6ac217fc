#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/dataset.hpp"
#include "datasets/published_names.hpp"

namespace mbench::datasets {

/// The folder in which one part of a published set of composites lies, and those of its sub-folders
/// that may hold the parts' own sub-folders (merged/, alpha/, trimaps/, fg/).
struct CompositePart {
  std::filesystem::path home{};
  std::vector<std::filesystem::path> places{};  ///< searched in this order
};

/// Is there a folder of composites, foregrounds or mattes in one of the places whose names pass?
[[nodiscard]] bool holds_foregrounds(const CompositePart& part, const NameCheck& is_foreground);
/// Is there any such folder at all?
[[nodiscard]] bool holds_foregrounds(const CompositePart& part);

/// Adds the composites of the part: those in merged/ (or another of folder_names()), each with its
/// truth (alpha_copy/, with a file for each composite, else alpha/ or another of folder_names(),
/// with one for each foreground) and trimap, paired by stem, with the tag `foreground`. Where
/// `trimaps_expected`, a set without any is a problem ("missing"). Throws bad_input if the
/// composites are still to be made; `title` and `backgrounds` serve that message.
void add_composites(const CompositePart& part, std::string_view title, std::string_view backgrounds,
                    bool trimaps_expected, Dataset& dataset);

/// The stems of the composites of a published pairing (compose::published_pairs), in byte order.
[[nodiscard]] std::vector<std::string> published_composites(std::string_view pairing);
/// Is it the stem of one of its foregrounds?
[[nodiscard]] bool is_published_foreground(std::string_view pairing, std::string_view stem);

/// Gives every composite `X_3` the tag `foreground=X` that has none yet, and is named after one.
void tag_foregrounds(Dataset& dataset);

}  // namespace mbench::datasets

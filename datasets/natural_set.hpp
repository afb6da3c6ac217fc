#pragma once
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/dataset.hpp"

namespace mbench::datasets {

/// The sub-folders of a data set of photographs, one truth and one trimap each; "" for a kind that
/// it has not.
struct NaturalFolders {
  std::string_view image, truth, trimap;
  std::string_view title;  ///< of the data set, for messages
};

/// Adds the samples of `folder`, paired by stem. A folder of truths or trimaps that is missing is a
/// problem ("missing"), and the samples then have none. Throws bad_input if that of the images is
/// missing.
void add_natural_samples(const std::filesystem::path& folder, const NaturalFolders& names,
                         Dataset& dataset);

/// One part of a published set of photographs.
struct NaturalPart {
  std::string_view choice;                  ///< the value of the option `part` that means it
  std::span<const std::string_view> homes;  ///< where it may lie below the root of the data set
  NaturalFolders folders;                   ///< with the part's own title
  const PartFacts* facts;
};

/// The part's folder below `root`; empty if there is none.
[[nodiscard]] std::filesystem::path find_home(const std::filesystem::path& root,
                                              const NaturalPart& part);

/// Is the folder that of a training set, opened alone? Its name says so, or the ingredients of
/// composites in it (fg/, bg/), which no test set has.
[[nodiscard]] bool is_training_folder(const std::filesystem::path& folder);

/// A part that was found, and its folder.
struct PartOnDisk {
  const NaturalPart* part;
  std::filesystem::path home;
  std::vector<std::string_view> others{};  ///< more that are there, where none was asked for
};

/// The part that the option asks for: for "auto" the first that is there, and which others are.
/// `here` is the part that `root` itself is, if the user opened a part alone. Throws bad_input if
/// it is not there, naming those that are.
[[nodiscard]] PartOnDisk choose_part(const std::filesystem::path& root,
                                     std::span<const NaturalPart> parts, const NaturalPart* here,
                                     const std::string& choice);

/// Opens one part: samples, title, comparison with the facts, and a note ("part") where there are
/// others.
[[nodiscard]] Dataset open_part(const std::filesystem::path& root, const PartOnDisk& chosen,
                                const PublishedFacts& facts);

}  // namespace mbench::datasets

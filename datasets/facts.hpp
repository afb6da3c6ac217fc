#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mbench::datasets {

/// How many images of a data set bear one value of a tag: {"category", "animal", 200}.
struct GroupFacts {
  std::string_view tag, value;
  int images{};
};

/// One part of a published data set: its test set, its training set.
struct PartFacts {
  std::string_view name;  ///< "test", "P3M-500-P"
  int images{};           ///< 0: no number is published
  int foregrounds{};      ///< of composites; 0: these are none
  /// The stems of all images, in byte order, where they are known; else nullptr.
  std::vector<std::string> (*stems)(){};
  int trimaps{};  ///< of each image, where it has several; 0: one, or none
};

/// What is published about a data set, against which its folder is compared when it is opened.
struct PublishedFacts {
  std::string_view source;   ///< who gives it to whom, and where
  std::string_view licence;  ///< what its makers say about use: a note, no legal advice
  std::span<const PartFacts> parts;
  std::string_view names{};  ///< "o_ and 8 hexadecimal digits: o_0c8f03f0"; "" for no rule
  bool (*is_name)(std::string_view stem){};  ///< the same as a check of an image's stem
  std::span<const GroupFacts> groups{};      ///< of its only part
  std::string_view protocol{};               ///< by which its own tables are measured
  std::span<const std::string_view> quirks{};
  std::string_view numbers{};  ///< where published results stand
};

}  // namespace mbench::datasets

#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "datasets/dataset.hpp"
#include "datasets/facts.hpp"

namespace mbench::datasets {

/// The stems of the images, each once, in byte order: a data set has several samples of an image
/// that has several trimaps.
[[nodiscard]] std::vector<std::string> image_stems(const Dataset& dataset);

/// Says that the data set is that part of a published one (`Dataset::published`), and adds what is
/// not as published to its problems:
///   count   another number of images, with the first missing names where all names are known
///   names   images that are not called as the published ones are
///   groups  tags with other values than published, or with more or fewer images
/// All of them are warnings or notes: a subset can be used, but its scores are no published ones.
/// `dataset.title` must be set: the messages name it.
void compare_with_facts(const PublishedFacts& facts, const PartFacts& part, Dataset& dataset);

/// "500 images", "1000 images of 50 foregrounds", "596 foregrounds"; "" where nothing is published.
[[nodiscard]] std::string counts_in_words(const PartFacts& part);

/// How much of a data set is there.
struct Completeness {
  std::size_t images{};       ///< each once, however many trimaps it has
  std::size_t foregrounds{};  ///< of composites, where their number is published; else 0
  std::size_t problems{};     ///< that opening it found; not notes, nor "ignored" and "count"
  bool complete{};            ///< a published set with all that belongs to it, and no problems
};
[[nodiscard]] Completeness completeness(const Dataset& dataset);

/// The same in words: "complete: 500 images", "498 of 500 images", "2 of 596
/// foregrounds"; "40 samples" for what is no published set. Problems that opening it found keep it
/// from being complete: "500 of 500 images, 3 problems: `mbench data check`"; not so notes, what is
/// there beside it ("ignored"), and "count", which the numbers say already.
[[nodiscard]] std::string completeness_in_words(const Dataset& dataset);

}  // namespace mbench::datasets

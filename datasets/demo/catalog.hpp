#pragma once
#include <array>
#include <span>
#include <string_view>

#include "datasets/demo/background.hpp"
#include "datasets/demo/stage.hpp"

namespace mbench::datasets::demo {

/// One subject: what it is called and counted as, how it is drawn and where it is photographed.
struct Recipe {
  std::string_view name;      ///< stem of the sample ids
  std::string_view type;      ///< "SO", "STM", "NS"
  std::string_view category;  ///< of AIM-500's seven
  void (*draw)(Stage&);
  std::span<const Place> places;
  double least_blur, most_blur;     ///< of the background, units
  std::span<const double> aspects;  ///< width / height
};

/// What sample `index` shows. The first 40 are 28 SO (portrait 6, animal 10, plant 5, furniture 3,
/// toy 2, fruit 2), 7 STM and 5 NS, in an order of which every beginning is mixed: the first 8 have
/// every type and category. Index 40 starts over with new variations.
struct Subject {
  const Recipe* recipe{};
  int variant{};  ///< how many samples before it show the same recipe
};
[[nodiscard]] Subject subject_of(int index);

}  // namespace mbench::datasets::demo

#pragma once
#include <optional>
#include <string>

#include "datasets/compose/explain_pixels.hpp"
#include "datasets/dataset.hpp"

namespace mbench::datasets::compose {

/// One file that is not as it should be.
struct Finding {
  Problem problem{};
  std::string path{};                  ///< relative to the set; of an input, its full path
  std::string made_by{};               ///< spelling of the rule that makes exactly these pixels
  std::optional<Distance> distance{};  ///< from what the first candidate makes
};

}  // namespace mbench::datasets::compose

#pragma once
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "datasets/dataset.hpp"
#include "datasets/names.hpp"

namespace mbench::app {

/// A data set that has a name on this machine, and what its folder turned out to be.
struct DatasetAtHand {
  datasets::Location location{};
  std::string adapter{};  ///< "" where it could not be opened
  /// "complete: 500 images", "498 of 500 images", "40 samples", or why it could not be opened.
  std::string status{};
};

enum class Look {
  names,     ///< adapter and status stay empty
  contents,  ///< every folder is opened, which reads no pixels
};

/// All registered names and the folders of MBENCH_DATA.
[[nodiscard]] std::vector<DatasetAtHand> datasets_at_hand(Look look);

/// Where data of an adapter are: "here: aim500 (498 of 500 images)", or where they come from; "" of
/// layouts that nobody published, and of what is built in.
[[nodiscard]] std::string status_in_words(const datasets::DatasetEntry& adapter,
                                          const std::vector<DatasetAtHand>& at_hand);

/// As app::describe() gives it of other things: kind, id, title, ...
[[nodiscard]] nlohmann::ordered_json describe(const datasets::DatasetEntry& adapter,
                                              const std::vector<DatasetAtHand>& at_hand);
[[nodiscard]] nlohmann::ordered_json describe(const DatasetAtHand& known);

}  // namespace mbench::app

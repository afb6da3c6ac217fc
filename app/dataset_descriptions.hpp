#pragma once
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "datasets/completeness.hpp"
#include "datasets/dataset.hpp"
#include "datasets/names.hpp"

namespace mbench::app {

/// One part of a data set that has a name on this machine.
struct PartAtHand {
  std::string options{};                   ///< that open it: "part=np"; "" for what the name opens
  const datasets::PartFacts* published{};  ///< nullptr for what nobody published
  datasets::Completeness completeness{};
};

/// A data set that has a name on this machine, and what its folder turned out to be.
struct DatasetAtHand {
  datasets::Location location{};
  std::string adapter{};  ///< "" where it could not be opened
  std::vector<PartAtHand> parts{};
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

/// The parts of a data set at hand: name, folder, part, options, complete, images, published, ...
/// of each.
[[nodiscard]] nlohmann::ordered_json describe_found(const DatasetAtHand& known);
/// Those of all that the adapter reads.
[[nodiscard]] nlohmann::ordered_json describe_found(const datasets::DatasetEntry& adapter,
                                                    const std::vector<DatasetAtHand>& at_hand);

/// As app::describe() gives it of other things: kind, id, title, ... A folder that is called as the
/// adapter stands in its description.
[[nodiscard]] nlohmann::ordered_json describe(const datasets::DatasetEntry& adapter,
                                              const std::vector<DatasetAtHand>& at_hand);
[[nodiscard]] nlohmann::ordered_json describe(const DatasetAtHand& known);

}  // namespace mbench::app

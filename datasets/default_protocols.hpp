#pragma once
#include <string_view>

#include "datasets/dataset.hpp"

namespace mbench::datasets {

/// Sets the protocol that fits the files: `with_trimaps`, or `without` where no sample has one.
/// Nothing can be scored without truth. Where `without` is empty the choice is the user's, which is
/// a note: published protocols look at trimaps.
void choose_protocols(std::string_view with_trimaps, std::string_view without, Dataset& dataset);

}  // namespace mbench::datasets

#pragma once
#include <span>
#include <string_view>

#include "datasets/dataset.hpp"

namespace mbench::datasets {

/// Adds to `other_parts` what else lies in the folder, and a note that says so. `choices` are
/// values of the option `part`; nothing is added where there are none.
void note_other_parts(std::span<const std::string_view> choices, Dataset& dataset);

}  // namespace mbench::datasets

#pragma once
#include <vector>

#include "imaging/io.hpp"

namespace CLI {
class App;
}

namespace mbench::app {

/// The option --trimap-levels of verbs that read trimaps. `levels` stays empty if it is not given.
void add_trimap_levels_option(CLI::App& verb, std::vector<int>& levels);

/// What the option was given. Throws usage unless these are three different values from 0 to 255.
[[nodiscard]] imaging::TrimapLevels trimap_levels(const std::vector<int>& levels);

}  // namespace mbench::app

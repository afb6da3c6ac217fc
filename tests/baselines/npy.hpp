#pragma once
#include <filesystem>

#include "core/plane.hpp"

namespace mbench::testing {

/// Reads a two-dimensional array of doubles in NumPy's format 1.0, C order, little endian: the form
/// of the golden mattes. Throws std::runtime_error for anything else.
[[nodiscard]] Plane<double> read_npy(const std::filesystem::path& file);

}  // namespace mbench::testing

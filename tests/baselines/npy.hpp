#pragma once
#include <filesystem>

#include "core/image.hpp"
#include "core/plane.hpp"

namespace mbench::testing {

/// Reads an array of rows x columns in NumPy's format .npy: the form of the golden mattes. Throws
/// Error or std::runtime_error for anything else.
[[nodiscard]] Plane<double> read_npy(const std::filesystem::path& file);
/// The same of rows x columns x 3: the form of the golden foregrounds.
[[nodiscard]] Plane<Rgb<double>> read_npy_colours(const std::filesystem::path& file);

}  // namespace mbench::testing

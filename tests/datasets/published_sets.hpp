#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/dataset.hpp"
#include "tests/support/files.hpp"

// Trees of published data sets, for the tests of their adapters. Opening reads no pixels, so all
// files are empty.

namespace mbench::testing {

/// Makes an empty file at every path, relative to `root`.
void make_files(const std::filesystem::path& root, const std::vector<std::string>& paths);

/// FOLDER/STEM.ENDING for every stem.
void make_files(const std::filesystem::path& root, std::string_view folder,
                const std::vector<std::string>& stems, std::string_view ending);

/// Opens a folder, with options: "part=train".
[[nodiscard]] datasets::Dataset open_folder(const std::filesystem::path& root,
                                            std::string_view options = {});

/// The first problem of that code; fails the test if there is none.
[[nodiscard]] datasets::Problem problem_of(const datasets::Dataset& dataset, std::string_view code);

/// The codes of all problems, in their order.
[[nodiscard]] std::vector<std::string> codes(const datasets::Dataset& dataset);

}  // namespace mbench::testing

#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/dataset.hpp"

namespace mbench::runners {

/// Image files by id: the path below their folder without extension, "GT01", "GT01/small".
using FilesById = std::map<std::string, std::filesystem::path>;

/// The image files of a folder and its sub-folders. `role` is what messages call it: "prediction".
/// A folder that is missing or holds no image is the problem "missing-folder"; two files of one
/// stem are "duplicate". A symbolic link back to a folder above it is not followed.
[[nodiscard]] FilesById collect_images(const std::filesystem::path& folder, std::string_view role,
                                       std::vector<datasets::Problem>& problems);

}  // namespace mbench::runners

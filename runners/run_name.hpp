#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mbench::runners {

/// The folder name of a method with those of its options that differ from their defaults:
/// "closed-form", "closed-form,lambda=100,solver=direct". Values that do not suit a file name
/// (paths, long texts) are replaced by a digest: "precomputed,dir=#1f3a9c04".
[[nodiscard]] std::string run_folder_name(
    std::string_view method_id,
    const std::vector<std::pair<std::string, std::string>>& changed_options);

}  // namespace mbench::runners

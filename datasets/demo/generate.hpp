#pragma once
#include <filesystem>
#include <functional>
#include <string>

#include "datasets/demo/sample.hpp"

namespace mbench::datasets::demo {

/// What a generation did.
enum class Generated {
  rendered,       ///< the folder was made
  already_there,  ///< it holds the same set, finished: nothing was done
};

/// Called after each finished sample, one call at a time, on any thread. Throwing stops the
/// generation; the exception reaches the caller.
using DemoProgress = std::function<void(int done, int count)>;

/// Renders samples 0 ... count - 1 into a folder of AIM-500's layout:
///     original/ mask/ trimap/ usr/ fg/ bg/ NAME.png   aim_category_type.json   manifest.json
/// on `threads` threads (0 = all cores); the bytes do not depend on their number. All is written
/// into OUT.partial-PROCESS beside it, the manifest last, and then renamed: OUT is either absent or
/// complete, whenever the program is stopped. What an exception leaves behind is removed.
///
/// Throws usage for a count below 1, a long side or trimap kernel out of range, and if OUT exists
/// and is neither empty nor the same finished set; bad_input for an unreadable photograph; internal
/// if the disk fails.
Generated generate_demo(const std::filesystem::path& out, const DemoOptions& options,
                        int threads = 0, const DemoProgress& progress = {});

/// The image files of a folder (PNG, JPEG, TIFF, WebP by their extension), sorted by name, for
/// DemoOptions::photographs. Throws bad_input if the folder is missing or holds none, and for the
/// first one whose header cannot be read.
[[nodiscard]] std::vector<std::filesystem::path> list_photographs(
    const std::filesystem::path& folder);

/// The manifest as it is written: recipe version, parameters and for every sample its name, type,
/// category, size, trimap kernel, background and the SHA-256 of the pixels of each image, row by
/// row, colours as red, green, blue. (Not of the files: another version of zlib packs the same
/// pixels into other bytes.)
inline constexpr std::string_view kDemoManifest = "manifest.json";

}  // namespace mbench::datasets::demo

#pragma once
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>

// Folders in which a method finds one image file for each sample.

namespace mbench::baselines {

/// What the files hold, for messages: "precomputed matte", "precomputed mattes".
struct SampleFileName {
  std::string_view one, several;
};

/// The sample's file: FOLDER/<id>.png or another of imaging::kExtensions, in lower or upper case;
/// an id with a slash lies in a sub-folder. Throws bad_input, naming what was looked for, if there
/// is none, or more than one.
[[nodiscard]] std::filesystem::path find_sample_file(const std::filesystem::path& folder,
                                                     std::string_view sample_id,
                                                     const SampleFileName& name);

/// Digest of these samples' files, for a run's identity. A file that `find` refuses counts as
/// missing: its sample will fail, and must not fail the whole run.
[[nodiscard]] std::string sample_files_sha256(
    std::span<const std::string> sample_ids,
    const std::function<std::filesystem::path(std::string_view id)>& find);

}  // namespace mbench::baselines

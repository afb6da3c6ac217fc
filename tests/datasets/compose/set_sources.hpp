#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/compose/plan.hpp"
#include "datasets/compose/set.hpp"
#include "tests/support/files.hpp"

// Small sources of composed sets.

namespace mbench::testing {

/// fg/ and alpha/ with f00.png ..., bg/ with b000.png ...: noise of sizes around 14x12, with mattes
/// that hold 0, 255 and all between.
void write_sources(const std::filesystem::path& root, int foregrounds, int backgrounds);

[[nodiscard]] datasets::compose::SourceFolders folders_of(const std::filesystem::path& root);

/// A set of these sources: by rule `dim`, paired by folders.
[[nodiscard]] datasets::compose::SetSettings settings_of(const std::filesystem::path& root,
                                                         const std::filesystem::path& out,
                                                         int copies, std::string_view rule = "dim");
[[nodiscard]] datasets::compose::Plan plan_of(const datasets::compose::SetSettings& settings,
                                              int limit = 0);

/// Sources of 3 foregrounds and 9 backgrounds, with folders for sets beside them.
class SetSources {
 public:
  SetSources() { write_sources(folder_.path(), 3, 9); }
  [[nodiscard]] std::filesystem::path operator/(std::string_view name) const {
    return folder_ / name;
  }
  [[nodiscard]] datasets::compose::SetSettings settings(std::string_view out,
                                                        std::string_view rule = "dim") const {
    return settings_of(folder_.path(), folder_ / out, rule == "dice" ? 2 : 3, rule);
  }

 private:
  TemporaryFolder folder_{};
};

/// Composes it on two threads.
datasets::compose::SetOutcome compose(const datasets::compose::SetSettings& settings,
                                      int limit = 0);

/// Names and bytes of all files of a folder, sub-folders included, but for hidden ones.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> contents_of(
    const std::filesystem::path& folder);

/// A rule that draws: the composite is the foreground plus a random level; not in the catalogue.
extern const datasets::compose::ComposeRule dice_rule;

}  // namespace mbench::testing

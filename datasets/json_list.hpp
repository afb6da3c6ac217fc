#pragma once
#include <filesystem>
#include <string_view>
#include <vector>

#include "datasets/list_layout.hpp"

namespace mbench::datasets {

/// Reads a list as mmagic writes it for Composition-1k, `test_list.json`:
///     [{"alpha_path": "...", "trimap_path": "...", "merged_path": "...", "fg_path": "..."}, ...]
/// with paths relative to the data set's folder; the older keys `alpha`, `trimap` and `merged` mean
/// the same, other keys are not read. An entry that cannot be used is a problem ("list"). Throws
/// bad_input if the file is no such list, or if none of its entries names a composite.
[[nodiscard]] std::vector<ListRow> read_json_list(const std::filesystem::path& file,
                                                  std::vector<Problem>& problems);

/// The same for its text; `file` stands in the messages.
[[nodiscard]] std::vector<ListRow> parse_json_list(std::string_view text,
                                                   const std::filesystem::path& file,
                                                   std::vector<Problem>& problems);

}  // namespace mbench::datasets

#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "selftest/references.hpp"
#include "selftest/report.hpp"

namespace mbench::selftest {

/// A kind of references of the form `compose`: a folder of its own beside the others, or the whole
/// folder of references.
struct ComposePart {
  std::string_view folder;  ///< "comp1k"
  /// Whether references of this kind lie at `prefix`: "" or "comp1k/".
  bool (*recognises)(const References& references, std::string_view prefix);
  /// Throws bad_input if they are damaged.
  std::vector<Row> (*rows)(const References& references, std::string_view prefix);
};

extern const ComposePart composites_part;
extern const ComposePart resize_part;
extern const ComposePart rssn_part;
extern const ComposePart refined_part;

/// "comp1k" of "comp1k/", "" of "": as References::files_in() and folders_in() want it.
[[nodiscard]] std::string folder_of(std::string_view prefix);

}  // namespace mbench::selftest

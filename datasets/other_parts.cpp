#include "datasets/other_parts.hpp"

#include <fmt/format.h>

namespace mbench::datasets {

void note_other_parts(std::span<const std::string_view> choices, Dataset& dataset) {
  if (choices.empty()) return;
  for (const std::string_view choice : choices) {
    dataset.other_parts.push_back(fmt::format("part={}", choice));
  }
  dataset.problems.push_back(
      {.code = "part",
       .parts = {.what = fmt::format("only {} is read: no part was asked for", dataset.title),
                 .where = dataset.root.string(),
                 .found = fmt::format("also here: {}", fmt::join(dataset.other_parts, ", ")),
                 .fix = fmt::format("ask for another with -d {}:{}", dataset.root.string(),
                                    dataset.other_parts.front())},
       .severity = Severity::note});
}

}  // namespace mbench::datasets

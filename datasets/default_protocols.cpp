#include "datasets/default_protocols.hpp"

#include <algorithm>
#include <string>

#include "datasets/roles.hpp"

namespace mbench::datasets {

void choose_protocols(std::string_view with_trimaps, std::string_view without, Dataset& dataset) {
  const auto has = [&](Role role) {
    return std::ranges::any_of(
        dataset.samples, [&](const SampleFiles& sample) { return !file_of(sample, role).empty(); });
  };
  dataset.default_protocols.clear();
  if (!has(Role::truth)) return;
  if (const std::string_view fitting = has(Role::trimap) ? with_trimaps : without;
      !fitting.empty()) {
    dataset.default_protocols.emplace_back(fitting);
    return;
  }
  dataset.problems.push_back(
      {.code = "protocol",
       .parts = {.what = "a data set without trimaps has no protocol of its own",
                 .where = dataset.root.string(),
                 .fix = "add trimaps, or choose with --protocol or in mbench.toml: protocols = "
                        "[\"...\"]"},
       .severity = Severity::note});
}

}  // namespace mbench::datasets

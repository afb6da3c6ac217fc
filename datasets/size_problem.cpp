#include "datasets/size_problem.hpp"

#include <fmt/core.h>

namespace mbench::datasets {

ErrorParts size_mismatch(const SampleFiles& files, Size image, Role role, Size other) {
  return {.what = fmt::format("image and {} differ in size", to_string(role)),
          .expected = fmt::format("{} (image {})", to_string(image), files.image.string()),
          .found = fmt::format("{} ({} {})", to_string(other), to_string(role),
                               file_of(files, role).string()),
          .fix =
              "nothing is resized: check that the two files belong together, and come from the "
              "same resolution of the data set"};
}

}  // namespace mbench::datasets

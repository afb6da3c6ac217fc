#include "baselines/segmentation_input.hpp"

#include <string>

#include <fmt/core.h>

#include "core/error.hpp"

namespace mbench::baselines {

const Plane<std::uint8_t>& require_segmentation(const MattingInput& input,
                                                std::string_view method_id) {
  if (input.segmentation == nullptr) {
    throw Error{ErrorKind::bad_input,
                {.what = fmt::format("method '{}' needs a segmentation", method_id),
                 .where = std::string{input.sample_id},
                 .fix = "use a data set with segmentations or with truths to make them from, or a "
                        "method that needs none"}};
  }
  if (input.segmentation->size() != input.image.size()) {
    throw Error{ErrorKind::bad_input,
                {.what = "image and segmentation must have one size",
                 .where = std::string{input.sample_id},
                 .expected = fmt::format("{} (image)", to_string(input.image.size())),
                 .found = fmt::format("{} (segmentation)", to_string(input.segmentation->size())),
                 .fix = "store the segmentation at the size of the image"}};
  }
  return *input.segmentation;
}

}  // namespace mbench::baselines

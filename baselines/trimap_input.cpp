#include "baselines/trimap_input.hpp"

#include <algorithm>
#include <cstddef>

#include <fmt/core.h>

#include "core/error.hpp"

namespace mbench::baselines {

const Trimap& require_trimap(const MattingInput& input, std::string_view method_id) {
  if (input.trimap == nullptr) {
    throw Error{ErrorKind::bad_input,
                {.what = fmt::format("method '{}' needs a trimap", method_id),
                 .where = std::string{input.sample_id},
                 .fix = "use a data set with trimaps, or a method that needs none"}};
  }
  if (input.trimap->size() != input.image.size()) {
    throw Error{ErrorKind::bad_input,
                {.what = "image and trimap must have one size",
                 .where = std::string{input.sample_id},
                 .expected = fmt::format("{} (image)", to_string(input.image.size())),
                 .found = fmt::format("{} (trimap)", to_string(input.trimap->size())),
                 .fix = "store the trimap at the size of the image"}};
  }
  if (const std::int64_t other = count_levels(*input.trimap).other; other != 0) {
    throw Error{ErrorKind::bad_input,
                {.what = "the trimap holds levels that are none of its three",
                 .where = std::string{input.sample_id},
                 .expected = fmt::format("{}, {}, {}", kBackground, kUnknown, kForeground),
                 .found = fmt::format("{} pixels at other levels", other),
                 .fix = "map its levels to 0, 128, 255 when reading it (trimap_levels)"}};
  }
  return *input.trimap;
}

std::string undetermined_reason(TrimapView trimap) {
  const TrimapCounts counts = count_levels(trimap);
  if (counts.unknown == 0) return {};
  if (counts.foreground == 0 && counts.background == 0) {
    return "trimap has neither foreground nor background pixels";
  }
  if (counts.foreground == 0) return "trimap has no foreground pixels";
  if (counts.background == 0) return "trimap has no background pixels";
  return {};
}

void impose_trimap(Plane<float>& alpha, TrimapView trimap) {
  for (int y = 0; y < trimap.size().height; ++y) {
    std::ranges::transform(alpha.row(y), trimap.row(y), alpha.row(y).begin(),
                           [](float value, std::uint8_t level) {
                             if (level == kForeground) return 1.0F;
                             return level == kBackground ? 0.0F : value;
                           });
  }
}

Matte half_where_unknown(TrimapView trimap) {
  Plane<float> alpha{trimap.size()};
  for (int y = 0; y < trimap.size().height; ++y) {
    std::ranges::transform(trimap.row(y), alpha.row(y).begin(), [](std::uint8_t level) {
      if (level == kUnknown) return 0.5F;
      return level == kForeground ? 1.0F : 0.0F;
    });
  }
  return alpha;
}

}  // namespace mbench::baselines

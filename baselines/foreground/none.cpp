#include "baselines/foreground/foreground.hpp"
#include "baselines/foreground/layers.hpp"
#include "core/plane_copy.hpp"

namespace mbench::baselines {

constinit const ForegroundEstimator no_foreground_estimator{
    .facts = {.id = "none",
              .title = "The picture as it is",
              .summary = "F = the published foreground, or the photograph itself.",
              .source = "composition of published foregrounds: no estimation",
              .cite = "xu2017"},
    .estimate = [](PixelView<Rgb<std::uint8_t>> picture, AlphaView alpha, const Options&) {
      require_picture_and_matte(picture.size(), alpha.size());
      return copy_of(picture);
    }};

}  // namespace mbench::baselines

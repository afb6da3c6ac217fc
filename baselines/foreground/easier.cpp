#include <array>

#include "baselines/foreground/foreground.hpp"
#include "baselines/foreground/layers.hpp"

namespace mbench::baselines {
namespace {

constexpr std::array<std::string_view, 1> kOpenChoices{
    "The program keeps F in single precision until it is composed; here F is an image of 8 bits, "
    "truncated as that program makes its composites."};

}  // namespace

constinit const ForegroundEstimator easier_foreground_estimator{
    .facts = {.id = "easier",
              .title = "Alpha times the picture (GFM's easier scripts)",
              .summary = "F = alpha I: a composite then holds alpha^2 I, dark where alpha is "
                         "between 0 and 1. Truncated.",
              .source = "JizhiziLi/GFM core/data.py process_fgbg, fg_generate=alpha_blending",
              .cite = "li2022gfm",
              .open_choices = kOpenChoices},
    .estimate = [](PixelView<Rgb<std::uint8_t>> picture, AlphaView alpha, const Options&) {
      require_picture_and_matte(picture.size(), alpha.size());
      const Plane<double> opacity = unit_alpha(alpha);
      Plane<Rgb<std::uint8_t>> result{picture.size()};
      for (int y = 0; y < picture.size().height; ++y) {
        for (int x = 0; x < picture.size().width; ++x) {
          const auto weight = static_cast<float>(opacity(y, x));
          const auto times = [weight](std::uint8_t level) {
            return static_cast<std::uint8_t>(weight * static_cast<float>(level));
          };
          const Rgb<std::uint8_t>& pixel = picture(y, x);
          result(y, x) = {times(pixel.r), times(pixel.g), times(pixel.b)};
        }
      }
      return result;
    }};

}  // namespace mbench::baselines

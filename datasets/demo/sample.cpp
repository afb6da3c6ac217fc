#include "datasets/demo/sample.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/error.hpp"
#include "datasets/demo/background.hpp"
#include "datasets/demo/catalog.hpp"
#include "datasets/demo/finish.hpp"
#include "imaging/io.hpp"
#include "imaging/resample.hpp"
#include "imaging/trimap_rules.hpp"

namespace mbench::datasets::demo {
namespace {

Size size_of(const Recipe& recipe, int long_side, Random random) {
  const double aspect = random.pick(recipe.aspects);
  const double narrow = std::min(aspect, 1.0 / aspect);
  const int short_side = static_cast<int>(std::floor(long_side * narrow + 0.5));
  return aspect >= 1.0 ? Size{long_side, short_side} : Size{short_side, long_side};
}

Vec3 mean_colour(const Plane<Vec3>& image, int first_row, int end_row) {
  Vec3 sum{};
  for (int y = first_row; y < end_row; ++y) {
    for (const Vec3& c : image.row(y)) sum = sum + c;
  }
  return (1.0 / (static_cast<double>(end_row - first_row) * image.size().width)) * sum;
}

/// A soft lamp from above; the surroundings take their colour from the background, so that the
/// subject looks as if it had been there.
Light light_of(const Plane<Vec3>& background, Random random) {
  const int middle = std::max(1, background.size().height / 2);
  const auto tinted = [](Vec3 surroundings, double strength) {
    const double level = std::max(0.05, brightness(surroundings));
    return strength * mix(Vec3{1, 1, 1}, (1.0 / level) * surroundings, 0.3);
  };
  const double sign = random.sign();
  const double side = sign * random.uniform(0.25, 0.85);
  const bool warm = random.chance(0.5);
  const double strength = random.uniform(0.78, 0.98);
  return {.direction = unit(Vec3{side, -random.uniform(0.35, 0.8), random.uniform(0.45, 0.9)}),
          .key = strength * (warm ? Vec3{1.0, .95, .87} : Vec3{.97, .98, 1.0}),
          .sky = tinted(mean_colour(background, 0, middle), 0.40),
          .ground = tinted(
              mean_colour(background, background.size().height - middle, background.size().height),
              0.22)};
}

template <typename Pixel>
void stretch(Plane<Pixel>& plane, Size size) {
  plane = imaging::resize_opencv(plane, size, imaging::Interpolation::linear);
}

/// k of gfm:k at a long side: `at_640` scaled, rounded to nearest.
int scaled_kernel(double at_640, int long_side) {
  return std::max(3, static_cast<int>(std::floor(at_640 * long_side / 640.0 + 0.5)));
}

}  // namespace

void require_valid(const DemoOptions& options) {
  if (options.long_side < kSmallestLongSide || options.long_side > kLargestLongSide) {
    throw Error{ErrorKind::usage,
                {.what = "the long side of the demo data set is out of range",
                 .expected = fmt::format("{} to {} pixels", kSmallestLongSide, kLargestLongSide),
                 .found = fmt::format("{}", options.long_side)}};
  }
  if (options.trimap_kernel < 1 || options.trimap_kernel > kLargestTrimapKernel) {
    throw Error{ErrorKind::usage,
                {.what = "the trimap kernel of the demo data set is out of range",
                 .expected = fmt::format("1 to {}", kLargestTrimapKernel),
                 .found = fmt::format("{}", options.trimap_kernel)}};
  }
}

DemoTitle demo_title(int index) {
  const Subject subject = subject_of(index);
  return {fmt::format("{}_{:02}", subject.recipe->name, subject.variant + 1),
          std::string{subject.recipe->type}, std::string{subject.recipe->category}};
}

DemoSample render_demo_sample(int index, const DemoOptions& options) {
  require_valid(options);
  const Subject subject = subject_of(index);
  const Recipe& recipe = *subject.recipe;
  const Random random =
      Random{options.seed}.fork(static_cast<std::uint64_t>(index)).fork(kRecipeVersion);
  const Size size = size_of(recipe, options.long_side, random.fork(1));

  Random setting = random.fork(2);
  const double blur = setting.uniform(recipe.least_blur, recipe.most_blur);
  const BackgroundStyle style{setting.pick(recipe.places), blur};
  std::string photograph;
  Plane<Vec3> background;
  if (options.photographs.empty()) {
    background = render_background(size, style, random.fork(3));
  } else {
    Random draw = random.fork(4);
    const auto& file = draw.pick(std::span<const std::filesystem::path>{options.photographs});
    photograph = file.filename().string();
    background = fit_photograph(imaging::read_image(file), size, blur);
  }

  Canvas canvas{size};
  Stage stage{.canvas = canvas,
              .light = light_of(background, random.fork(5)),
              .random = random.fork(6),
              .extent = canvas.extent(),
              .variant = subject.variant};
  recipe.draw(stage);

  DemoTitle title = demo_title(index);
  ForegroundPlanes planes = finish_foreground(canvas, random.fork(7).key());
  DemoSample sample{.id = std::move(title.id),
                    .type = std::move(title.type),
                    .category = std::move(title.category),
                    .image = {},
                    .alpha = std::move(planes.alpha),
                    .foreground = std::move(planes.foreground),
                    .background = to_u8(background, random.fork(8).key()),
                    .trimap = {},
                    .unified = {},
                    .photograph = std::move(photograph)};
  if (options.stretched_to) {
    stretch(sample.alpha, *options.stretched_to);
    stretch(sample.foreground, *options.stretched_to);
    stretch(sample.background, *options.stretched_to);
  }
  sample.image = compose(sample.alpha, sample.foreground, sample.background);
  const imaging::ImageType type = imaging::image_type(sample.type).value();
  const double wide = 1.2 * options.trimap_kernel;
  if (options.trimap_rule) {
    trimaps::MadeTrimap made =
        trimaps::make_trimap(*options.trimap_rule, {.alpha = sample.alpha.view(), .type = type},
                             options.seed, sample.id);
    sample.trimap = std::move(made.trimap);
    sample.made_by = std::move(made.made_by);
  } else {
    sample.trimap_kernel =
        scaled_kernel(sample.type == "SO" ? options.trimap_kernel : wide, options.long_side);
    sample.trimap = imaging::make_trimap(sample.alpha.view(), sample.trimap_kernel);
    sample.made_by = fmt::format("gfm:{}", sample.trimap_kernel);
  }
  const int unified_kernel = scaled_kernel(wide, options.long_side);
  sample.unified =
      imaging::unified_map(imaging::make_trimap(sample.alpha.view(), unified_kernel), type);
  return sample;
}

}  // namespace mbench::datasets::demo

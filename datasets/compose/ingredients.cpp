#include "datasets/compose/ingredients.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "core/error.hpp"

namespace mbench::datasets::compose {

void require_matte_size(Size foreground, Size matte, std::string_view name) {
  if (matte == foreground) return;
  throw Error{ErrorKind::bad_input,
              {.what = "a foreground and its matte must have one size",
               .expected = fmt::format("{} ({})", to_string(foreground), name),
               .found = fmt::format("{} (its matte)", to_string(matte)),
               .fix = "pair each foreground with the matte of the same name"}};
}

void require_matte_size(const Ingredients& ingredients) {
  require_matte_size(ingredients.foreground.size(), ingredients.alpha.size(), "foreground");
}

void require_one_size(Size foreground, Size alpha, Size background) {
  if (alpha == foreground && background == foreground) return;
  throw Error{
      ErrorKind::bad_input,
      {.what = "foreground, matte and fitted background must have one size",
       .expected = fmt::format("{} (foreground)", to_string(foreground)),
       .found = fmt::format("{} (matte), {} (background)", to_string(alpha), to_string(background)),
       .fix = "fit the background first, and give each foreground its own matte"}};
}

void require_pixels(Size background) {
  if (background.width >= 1 && background.height >= 1) return;
  throw Error{ErrorKind::bad_input,
              {.what = "a background without pixels cannot be resized",
               .expected = "at least one pixel",
               .found = to_string(background)}};
}

bool step_taken(std::string_view step, double probability, Random& random,
                Particulars& particulars) {
  const double drawn = random.uniform();
  const bool is_taken = drawn < probability;
  particulars.emplace_back(step, is_taken ? "yes" : "no");
  particulars.emplace_back(fmt::format("{}_drawn", step), fmt::format("{}", drawn));
  return is_taken;
}

Plane<std::uint8_t> grey_matte(ColourView alpha) {
  Plane<std::uint8_t> matte{alpha.size()};
  for (int y = 0; y < alpha.size().height; ++y) {
    std::ranges::transform(alpha.row(y), matte.row(y).begin(), grey_of);
  }
  return matte;
}

}  // namespace mbench::datasets::compose

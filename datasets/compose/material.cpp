#include "datasets/compose/material.hpp"

#include <algorithm>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "core/error.hpp"
#include "core/sha256.hpp"
#include "imaging/memory_io.hpp"

namespace mbench::datasets::compose {
namespace fs = std::filesystem;
namespace {

Plane<Rgb<std::uint8_t>> eight_bit_pixels(Image image) {
  if (image.depth() != Depth::u8) {
    throw Error{ErrorKind::bad_input,
                {.what = "a picture has more than 8 bits",
                 .expected = "8 bit: composition rules are defined on them",
                 .found = std::string{to_string(image.depth())},
                 .fix = "convert it to 8 bit"}};
  }
  return image.visit([](const auto& pixels) {
    using Pixels = std::decay_t<decltype(pixels)>;
    if constexpr (std::is_same_v<Pixels, Plane<Rgb<std::uint8_t>>>) return pixels;
    return Plane<Rgb<std::uint8_t>>{};  // other depths were refused
  });
}

}  // namespace

Picture read_picture(const fs::path& file) {
  try {
    const std::vector<std::byte> bytes = imaging::read_bytes(file);
    return {.pixels = eight_bit_pixels(imaging::decode_colours(bytes)),
            .sha256 = sha256_hex(std::span<const std::byte>{bytes})};
  } catch (const Error& error) {
    throw error.at(file.string());
  }
}

OwnPictures read_own_pictures(const PlannedComposite& composite) {
  OwnPictures own{.background = read_picture(composite.background)};
  for (const ExtraFile& extra : composite.extras) {
    own.extras.emplace_back(extra.extra, read_picture(extra.file));
  }
  return own;
}

Ingredients ingredients_of(const PlannedComposite& composite, const Material& material,
                           const OwnPictures& own) {
  Ingredients ingredients{.foreground = material.foreground.pixels,
                          .alpha = material.alpha.pixels,
                          .background = own.background.pixels,
                          .type = composite.type};
  for (const auto& [extra, picture] : own.extras) {
    switch (extra) {
      case Extra::denoised_foreground: ingredients.denoised_foreground = picture.pixels; break;
      case Extra::denoised_background: ingredients.denoised_background = picture.pixels; break;
      case Extra::second_foreground: ingredients.second_foreground = picture.pixels; break;
      case Extra::second_alpha: ingredients.second_alpha = picture.pixels; break;
    }
  }
  return ingredients;
}

MaterialCache::MaterialCache(std::size_t capacity, ForegroundEstimate estimate)
    : capacity_{capacity}, estimate_{std::move(estimate)} {}

std::shared_ptr<const Material> MaterialCache::get(const PlannedComposite& composite) {
  const Key key{composite.foreground, composite.alpha};
  std::promise<std::shared_ptr<const Material>> promise;
  Future future;
  {
    const std::lock_guard lock{mutex_};
    const auto known = std::ranges::find(
        latest_, key, [](const auto& entry) -> const Key& { return entry.first; });
    if (known != latest_.end()) {
      latest_.splice(latest_.begin(), latest_, known);
      future = known->second;
    } else {
      latest_.emplace_front(key, promise.get_future().share());
      if (latest_.size() > capacity_) latest_.pop_back();
    }
  }
  if (future.valid()) return future.get();  // waits if another thread is reading it
  try {
    std::shared_ptr<const Material> material = read(composite);
    promise.set_value(material);
    return material;
  } catch (...) {
    promise.set_exception(std::current_exception());
    throw;
  }
}

std::shared_ptr<const Material> MaterialCache::read(const PlannedComposite& composite) const {
  Material material{.foreground = read_picture(composite.foreground),
                    .alpha = read_picture(composite.alpha)};
  const Size size = material.foreground.pixels.size();
  if (material.alpha.pixels.size() != size) {
    throw Error{ErrorKind::bad_input,
                {.what = "a matte has not the size of its foreground",
                 .where = composite.alpha.string(),
                 .expected = to_string(size),
                 .found = to_string(material.alpha.pixels.size())}};
  }
  material.matte = Plane<std::uint8_t>{size};
  std::ranges::transform(material.alpha.pixels.values(), material.matte.values().begin(),
                         &Rgb<std::uint8_t>::r);
  if (estimate_) {
    try {
      material.foreground.pixels =
          estimate_(material.foreground.pixels, AlphaView{material.matte.view()});
    } catch (const Error& error) {
      throw error.at(composite.foreground.string());
    }
  }
  return std::make_shared<const Material>(std::move(material));
}

}  // namespace mbench::datasets::compose

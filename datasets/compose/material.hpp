#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <future>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "core/image.hpp"
#include "core/matte.hpp"
#include "core/plane.hpp"
#include "datasets/compose/plan.hpp"
#include "datasets/compose/rule.hpp"

namespace mbench::datasets::compose {

/// Colour channels of a file of 8 bits, and what it is.
struct Picture {
  Plane<Rgb<std::uint8_t>> pixels{};
  std::string sha256{};  ///< of the file's bytes
};

/// Throws bad_input if the file is missing, damaged or deeper than 8 bits.
[[nodiscard]] Picture read_picture(const std::filesystem::path& file);

/// Foreground colours for a picture with its matte.
using ForegroundEstimate =
    std::function<Plane<Rgb<std::uint8_t>>(PixelView<Rgb<std::uint8_t>> picture, AlphaView alpha)>;

/// What all copies of one foreground share.
struct Material {
  Picture foreground{};  ///< its pixels as estimated, if they are
  Picture alpha{};
  Plane<std::uint8_t> matte{};  ///< first channel of the file
};

/// What a composite shares with no other.
struct OwnPictures {
  Picture background{};
  std::vector<std::pair<Extra, Picture>> extras{};
};

/// Throws as read_picture() does.
[[nodiscard]] OwnPictures read_own_pictures(const PlannedComposite& composite);

/// The ingredients of a composite, as its rule gets them. They live as long as what they view.
[[nodiscard]] Ingredients ingredients_of(const PlannedComposite& composite,
                                         const Material& material, const OwnPictures& own);

/// Reads foregrounds and mattes, and keeps the latest: pairs come foreground by foreground, so that
/// each is decoded (and estimated) once, whatever the number of threads, and memory stays bounded.
class MaterialCache {
 public:
  /// `capacity` must be at least the number of threads.
  MaterialCache(std::size_t capacity, ForegroundEstimate estimate);

  /// Throws as read_picture() does, bad_input if the sizes differ, and what `estimate` throws.
  /// Shared, because it lives as long as one of the composites that are made of it.
  [[nodiscard]] std::shared_ptr<const Material> get(const PlannedComposite& composite);

 private:
  using Future = std::shared_future<std::shared_ptr<const Material>>;
  using Key = std::pair<std::filesystem::path, std::filesystem::path>;

  [[nodiscard]] std::shared_ptr<const Material> read(const PlannedComposite& composite) const;

  std::size_t capacity_;
  ForegroundEstimate estimate_;
  std::mutex mutex_{};
  std::list<std::pair<Key, Future>> latest_{};  ///< most recently used first
};

}  // namespace mbench::datasets::compose

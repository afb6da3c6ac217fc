#pragma once
#include <cstdint>
#include <utility>
#include <variant>

#include "core/matte.hpp"
#include "core/plane.hpp"

namespace mbench {

/// One pixel of a colour image, red first.
template <typename T>
struct Rgb {
  T r{}, g{}, b{};
  friend bool operator==(const Rgb&, const Rgb&) = default;
};

/// A colour image, red-green-blue, in the depth of its file. Grey files are read as three equal
/// channels.
class Image {
 public:
  using Variant =
      std::variant<Plane<Rgb<std::uint8_t>>, Plane<Rgb<std::uint16_t>>, Plane<Rgb<float>>>;

  Image() = default;
  Image(Plane<Rgb<std::uint8_t>> pixels) : pixels_{std::move(pixels)} {}   // NOLINT: lossless
  Image(Plane<Rgb<std::uint16_t>> pixels) : pixels_{std::move(pixels)} {}  // NOLINT
  Image(Plane<Rgb<float>> pixels) : pixels_{std::move(pixels)} {}          // NOLINT

  /// Calls `use` with the plane inside: Plane<Rgb<std::uint8_t>>, ...<std::uint16_t> or ...<float>.
  template <typename Use>
  decltype(auto) visit(Use&& use) const {
    return std::visit(std::forward<Use>(use), pixels_);
  }

  [[nodiscard]] Size size() const {
    return visit([](const auto& pixels) { return pixels.size(); });
  }
  [[nodiscard]] Depth depth() const { return static_cast<Depth>(pixels_.index()); }

  friend bool operator==(const Image&, const Image&) = default;

 private:
  Variant pixels_{};
};

/// The image as doubles in [0, 1]: value/255 or value/65535; floats as they are.
[[nodiscard]] Plane<Rgb<double>> to_f64(const Image& image);

}  // namespace mbench

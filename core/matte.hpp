#pragma once
#include <cstdint>
#include <string_view>
#include <utility>
#include <variant>

#include "core/plane.hpp"
#include "core/size.hpp"

namespace mbench {

/// How one sample of a matte or image is stored. Alpha in [0, 1] is value/255, value/65535, or the
/// float itself.
enum class Depth { u8, u16, f32 };

/// "8 bit", "16 bit" or "float".
[[nodiscard]] std::string_view to_string(Depth depth);

/// Non-owning view of a matte in the depth of its file. Lives for one call.
class AlphaView {
 public:
  using Variant = std::variant<PixelView<std::uint8_t>, PixelView<std::uint16_t>, PixelView<float>>;

  AlphaView() = default;
  AlphaView(PixelView<std::uint8_t> pixels) : pixels_{pixels} {}   // NOLINT: views convert freely
  AlphaView(PixelView<std::uint16_t> pixels) : pixels_{pixels} {}  // NOLINT
  AlphaView(PixelView<float> pixels) : pixels_{pixels} {}          // NOLINT

  /// Calls `use` with the PixelView<std::uint8_t>, PixelView<std::uint16_t> or PixelView<float>
  /// inside: the way for code that must stay in integers.
  template <typename Use>
  decltype(auto) visit(Use&& use) const {
    return std::visit(std::forward<Use>(use), pixels_);
  }

  [[nodiscard]] Size size() const {
    return visit([](const auto& pixels) { return pixels.size(); });
  }
  [[nodiscard]] Depth depth() const { return static_cast<Depth>(pixels_.index()); }

  /// Alpha in [0, 1] (floats may lie outside when the file did).
  [[nodiscard]] double alpha(int y, int x) const;

 private:
  Variant pixels_{};
};

/// An alpha matte: one value per pixel, kept in the depth of its file so that 8- and 16-bit mattes
/// are scored in integers.
class Matte {
 public:
  using Variant = std::variant<Plane<std::uint8_t>, Plane<std::uint16_t>, Plane<float>>;

  Matte() = default;
  Matte(Plane<std::uint8_t> pixels) : pixels_{std::move(pixels)} {}   // NOLINT: lossless
  Matte(Plane<std::uint16_t> pixels) : pixels_{std::move(pixels)} {}  // NOLINT
  Matte(Plane<float> pixels) : pixels_{std::move(pixels)} {}          // NOLINT

  template <typename Use>
  decltype(auto) visit(Use&& use) const {
    return std::visit(std::forward<Use>(use), pixels_);
  }

  [[nodiscard]] Size size() const {
    return visit([](const auto& pixels) { return pixels.size(); });
  }
  [[nodiscard]] Depth depth() const { return static_cast<Depth>(pixels_.index()); }
  [[nodiscard]] AlphaView view() const {
    return visit([](const auto& pixels) { return AlphaView{pixels.view()}; });
  }
  operator AlphaView() const { return view(); }  // NOLINT: a matte is usable as its view

  friend bool operator==(const Matte&, const Matte&) = default;

 private:
  Variant pixels_{};
};

/// The matte as integers of 8 bits, rounded to nearest (halves away from zero): round(255 alpha).
/// An 8-bit matte is returned unchanged. Throws bad_input if a float value is NaN or lies outside
/// [0, 1]: nothing is clamped in silence.
[[nodiscard]] Plane<std::uint8_t> to_u8(AlphaView matte);

/// The matte as integers of 16 bits: round(65535 alpha); 8-bit values times 257, exactly.
/// Throws as to_u8 does.
[[nodiscard]] Plane<std::uint16_t> to_u16(AlphaView matte);

/// The matte as floats: value/255 or value/65535 rounded once to float.
[[nodiscard]] Plane<float> to_f32(AlphaView matte);

}  // namespace mbench

#pragma once
#include <cstdint>
#include <optional>
#include <utility>
#include <variant>

#include "core/matte.hpp"
#include "core/region.hpp"
#include "core/trimap.hpp"
#include "metrics/matte_rows.hpp"

namespace mbench::metrics {

/// Two mattes as numbers of one type: alpha = value / full.
template <typename T>
struct TypedPair {
  MatteRows<T> predicted{};
  MatteRows<T> truth{};
  std::uint32_t full{1};  ///< 255 for 8 bits, 65535 for 16 bits, 1 for double
};

/// Smallest and largest value of a matte, in units of 1/full of its pair.
struct MatteRange {
  double min{};
  double max{};

  /// By what stretching to [0, 1] multiplies differences; 0 for a constant matte.
  [[nodiscard]] double stretching_factor() const { return min == max ? 0.0 : 1.0 / (max - min); }
};

struct MatteRanges {
  MatteRange predicted{};
  MatteRange truth{};
  bool both_full{};  ///< both mattes span [0, 1]: stretching changes nothing
};

/// Prediction and truth of one size, brought to one number type without loss:
///     8 and 8 bits       8-bit integers, in place
///     16 and 16 bits     16-bit integers, in place
///     8 and 16 bits      16-bit integers (8-bit values times 257, exactly)
///     a float and any    doubles in [0, 1]
/// What is not in place is converted row by row when it is read. Holds views of the mattes it was
/// made from and lives no longer than they do.
class MattePair {
 public:
  using Variant = std::variant<TypedPair<std::uint8_t>, TypedPair<std::uint16_t>,
                               TypedPair<std::uint32_t>, TypedPair<double>>;

  /// Throws bad_input if the sizes differ, the mattes have no pixels or more than 2^32 - 1, or a
  /// float matte holds a value that is not a finite number. Finite values outside [0, 1] are
  /// scored as they are.
  MattePair(AlphaView predicted, AlphaView truth);

  /// Calls `use` with the TypedPair inside: std::uint8_t, std::uint16_t, std::uint32_t or double.
  template <typename Use>
  decltype(auto) visit(Use&& use) const {
    return std::visit(std::forward<Use>(use), pixels_);
  }
  [[nodiscard]] Size size() const {
    return visit([](const auto& pair) { return pair.truth.size(); });
  }

  [[nodiscard]] MatteRanges ranges() const;

  /// Both mattes stretched to [0, 1] (Stretch::min_max), or nothing if both span it already.
  /// Integers stay exact: with ranges r_p and r_t the stretched mattes are
  ///     (p - min p) * r_t / (r_p * r_t)    and    (t - min t) * r_p / (r_p * r_t).
  [[nodiscard]] std::optional<MattePair> stretched() const;

 private:
  explicit MattePair(const Variant& pixels) : pixels_{pixels} {}

  template <typename Wide, typename T>
  [[nodiscard]] static std::optional<MattePair> stretched_integers(const TypedPair<T>& pair);

  Variant pixels_;
};

/// Throws bad_input unless the region has the size of the mattes.
void require_same_size(const MattePair& pair, const Region& region);

/// Whether the prediction is 0 where T = 0 and full where T = 255: clamping would change no pixel.
[[nodiscard]] bool obeys_trimap(AlphaView predicted, TrimapView trimap);

/// The prediction with 0 where T = 0 and full alpha where T = 255 (Clamp::to_trimap).
[[nodiscard]] Matte clamped_to_trimap(AlphaView predicted, TrimapView trimap);

}  // namespace mbench::metrics

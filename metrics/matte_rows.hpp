#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <vector>

#include "core/matte.hpp"
#include "core/plane.hpp"

namespace mbench::metrics {

/// A matte as numbers of type T: std::uint8_t, std::uint16_t, std::uint32_t or double. They stand
/// in place where the matte has them so; else a row is converted when it is read, so that no plane
/// of them is made. Conversions of integers are exact:
///     integers    (v - offset) * factor
///     doubles     alpha = v / full in [0, 1], then (alpha - low) / (high - low) if stretched
/// Holds a view and lives no longer than that.
template <typename T>
class MatteRows {
 public:
  MatteRows() = default;
  /// The values as they are, or in [0, 1] for double. A float matte can only be read as double, an
  /// integer one only in as many bits as it has or more.
  explicit MatteRows(AlphaView matte) : matte_{matte} {}
  /// (v - offset) * factor, with nothing lost in T.
  MatteRows(AlphaView matte, std::uint32_t offset,
            std::uint32_t factor) requires(!std::is_same_v<T, double>)
      : matte_{matte}, offset_{offset}, factor_{factor} {}

  [[nodiscard]] Size size() const { return matte_.size(); }

  /// Row y where it stands as T already, else nothing.
  [[nodiscard]] const T* in_place(int y) const;
  /// Columns begin ... end - 1 of row y.
  void read(int y, int begin, int end, T* to) const;
  [[nodiscard]] T operator()(int y, int x) const {
    T value{};
    read(y, x, x + 1, &value);
    return value;
  }

  /// (v - low) * factor for every v of this matte, all at least `low`.
  template <typename Wide>
  [[nodiscard]] MatteRows<Wide> shifted_and_scaled(T low, std::uint32_t factor) const
      requires(!std::is_same_v<T, double>) {
    // Every v is offset_ + a multiple of factor_, and so is the difference of two.
    return MatteRows<Wide>{matte_, offset_ + low / factor_, factor_ * factor};
  }
  /// (v - low) / (high - low) for every v of this matte, 0 if low == high.
  [[nodiscard]] MatteRows stretched(double low, double high) const
      requires(std::is_same_v<T, double>) {
    MatteRows result = *this;
    result.range_ = {low, high};
    return result;
  }

 private:
  struct Range {
    double low, high;
  };
  AlphaView matte_{};
  std::uint32_t offset_{0};
  std::uint32_t factor_{1};
  std::optional<Range> range_{};
};

/// Rows of a matte for loops down the image: the last two that were asked for stay valid.
template <typename T>
class RowReader {
 public:
  explicit RowReader(const MatteRows<T>& matte) : matte_{matte} {}

  [[nodiscard]] const T* row(int y) {
    if (const T* const there = matte_.in_place(y)) return there;
    Converted& converted = converted_[static_cast<std::size_t>(y) % converted_.size()];
    if (converted.y != y) {
      const int width = matte_.size().width;
      converted.values.resize(static_cast<std::size_t>(width));
      matte_.read(y, 0, width, converted.values.data());
      converted.y = y;
    }
    return converted.values.data();
  }

 private:
  struct Converted {
    int y{-1};
    std::vector<T> values{};
  };
  MatteRows<T> matte_;
  std::array<Converted, 2> converted_{};
};

extern template class MatteRows<std::uint8_t>;
extern template class MatteRows<std::uint16_t>;
extern template class MatteRows<std::uint32_t>;
extern template class MatteRows<double>;

}  // namespace mbench::metrics

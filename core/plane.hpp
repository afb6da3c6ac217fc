#pragma once
#include <cassert>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "core/size.hpp"

namespace mbench {

/// Non-owning, read-only view of pixels of type T stored row by row. Lives for one call.
template <typename T>
class PixelView {
 public:
  PixelView() = default;
  /// `stride` is the distance between two rows in pixels, at least `size.width`.
  PixelView(const T* data, Size size, std::ptrdiff_t stride)
      : data_{data}, size_{size}, stride_{stride} {}
  PixelView(const T* data, Size size) : PixelView{data, size, size.width} {}

  [[nodiscard]] Size size() const { return size_; }
  [[nodiscard]] const T* row_data(int y) const { return data_ + y * stride_; }
  [[nodiscard]] std::span<const T> row(int y) const {
    return {row_data(y), static_cast<std::size_t>(size_.width)};
  }
  [[nodiscard]] const T& operator()(int y, int x) const {
    assert(y >= 0 && y < size_.height && x >= 0 && x < size_.width);
    return row_data(y)[x];
  }

 private:
  const T* data_{};
  Size size_{};
  std::ptrdiff_t stride_{};
};

/// Owning rectangle of pixels of type T, row by row without gaps. A copy is a copy.
template <typename T>
class Plane {
 public:
  Plane() = default;
  explicit Plane(Size size, T fill = T{})
      : size_{size}, values_(static_cast<std::size_t>(size.pixels()), fill) {}
  /// `values` must hold `size.pixels()` pixels.
  Plane(Size size, std::vector<T> values) : size_{size}, values_{std::move(values)} {
    assert(values_.size() == static_cast<std::size_t>(size.pixels()));
  }

  [[nodiscard]] Size size() const { return size_; }
  [[nodiscard]] std::span<const T> values() const { return values_; }
  [[nodiscard]] std::span<T> values() { return values_; }
  [[nodiscard]] std::span<const T> row(int y) const {
    return {values_.data() + index(y, 0), static_cast<std::size_t>(size_.width)};
  }
  [[nodiscard]] std::span<T> row(int y) {
    return {values_.data() + index(y, 0), static_cast<std::size_t>(size_.width)};
  }
  [[nodiscard]] const T& operator()(int y, int x) const { return values_[index(y, x)]; }
  [[nodiscard]] T& operator()(int y, int x) { return values_[index(y, x)]; }

  [[nodiscard]] PixelView<T> view() const { return {values_.data(), size_}; }
  operator PixelView<T>() const { return view(); }  // NOLINT: a plane is usable as its view

  friend bool operator==(const Plane&, const Plane&) = default;

 private:
  [[nodiscard]] std::size_t index(int y, int x) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(size_.width) +
           static_cast<std::size_t>(x);
  }

  Size size_{};
  std::vector<T> values_{};
};

}  // namespace mbench

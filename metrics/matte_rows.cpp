#include "metrics/matte_rows.hpp"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <limits>

namespace mbench::metrics {

template <typename T>
const T* MatteRows<T>::in_place(int y) const {
  return matte_.visit([&]<typename Stored>(const PixelView<Stored>& pixels) -> const T* {
    if constexpr (std::is_same_v<Stored, T>) {
      if (offset_ == 0 && factor_ == 1) return pixels.row_data(y);
    }
    return nullptr;
  });
}

template <typename T>
void MatteRows<T>::read(int y, int begin, int end, T* to) const {
  matte_.visit([&]<typename Stored>(const PixelView<Stored>& pixels) {
    const Stored* const from = pixels.row_data(y) + begin;
    const int count = end - begin;
    if constexpr (std::is_same_v<T, double>) {
      if constexpr (std::is_same_v<Stored, float>) {
        for (int x = 0; x < count; ++x) to[x] = static_cast<double>(from[x]);
      } else {
        constexpr double kFull = std::numeric_limits<Stored>::max();
        for (int x = 0; x < count; ++x) to[x] = from[x] / kFull;
      }
    } else if constexpr (std::is_same_v<Stored, float> || sizeof(Stored) > sizeof(T)) {
      assert(false && "numbers that this type cannot hold");
    } else {
      for (int x = 0; x < count; ++x) to[x] = static_cast<T>((from[x] - offset_) * factor_);
    }
  });
  if constexpr (std::is_same_v<T, double>) {
    if (!range_) return;
    const auto [low, high] = *range_;
    if (low == high) {
      std::fill(to, to + (end - begin), 0.0);
    } else {
      for (int x = 0; x < end - begin; ++x) to[x] = (to[x] - low) / (high - low);
    }
  }
}

template class MatteRows<std::uint8_t>;
template class MatteRows<std::uint16_t>;
template class MatteRows<std::uint32_t>;
template class MatteRows<double>;

}  // namespace mbench::metrics

#include "tests/metrics/plain_quantised.hpp"

#include <stdexcept>
#include <type_traits>

namespace mbench::testing {
namespace {

/// 255 times alpha as a fraction; the numerator is exact in long double.
struct Product {
  long double numerator;
  int denominator;
};

template <typename T>
Product product_of(T value) {
  if constexpr (std::is_same_v<T, std::uint8_t>) return {static_cast<long double>(value), 1};
  if constexpr (std::is_same_v<T, std::uint16_t>) return {static_cast<long double>(value), 257};
  if constexpr (std::is_same_v<T, float>) {
    if (!(value >= 0 && value <= 1)) throw std::domain_error{"alpha outside [0, 1]"};
    const long double exact = 255.0L * static_cast<long double>(value);
    return {static_cast<long double>(static_cast<float>(exact)), 1};
  }
}

/// The largest integer k <= product, by trying them all.
int below(const Product& product) {
  int k = 0;
  while (k < 255 && static_cast<long double>((k + 1) * product.denominator) <= product.numerator) {
    ++k;
  }
  return k;
}

int nearest(const Product& product) {
  const int k = below(product);
  // Twice the distance from k against the distance from k to k + 1.
  const long double twice = 2 * (product.numerator - k * product.denominator);
  if (twice == product.denominator) return k % 2 == 0 ? k : k + 1;
  return twice < product.denominator ? k : k + 1;
}

template <typename Level>
Plane<std::uint8_t> quantised(AlphaView matte, Level level) {
  Plane<std::uint8_t> result{matte.size()};
  matte.visit([&](const auto& pixels) {
    for (int y = 0; y < pixels.size().height; ++y) {
      for (int x = 0; x < pixels.size().width; ++x) {
        result(y, x) = static_cast<std::uint8_t>(level(product_of(pixels(y, x))));
      }
    }
  });
  return result;
}

}  // namespace

Plane<std::uint8_t> plain_truncated(AlphaView matte) { return quantised(matte, below); }

Plane<std::uint8_t> plain_rounded(AlphaView matte) { return quantised(matte, nearest); }

}  // namespace mbench::testing

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "imaging/resample.hpp"
#include "imaging/resample_rows.hpp"

namespace mbench::imaging {
namespace {

using rows::ValueOf;

constexpr int kFixedBits = 11;
constexpr float kFixedOne = 1 << kFixedBits;

/// The weights of N inputs around position d in [0, 1) between the two in the middle, in the
/// operations' order of OpenCV.
template <int N>
std::array<float, N> weights(float d);

template <>
std::array<float, 2> weights<2>(float d) {
  return {1.0F - d, d};
}

template <>
std::array<float, 4> weights<4>(float d) {
  constexpr float a = -0.75F;
  const float far = d + 1.0F;
  const float rest = 1.0F - d;
  std::array<float, 4> w{};
  w[0] = ((a * far - 5.0F * a) * far + 8.0F * a) * far - 4.0F * a;
  w[1] = ((a + 2.0F) * d - (a + 3.0F)) * d * d + 1.0F;
  w[2] = ((a + 2.0F) * rest - (a + 3.0F)) * rest * rest + 1.0F;
  w[3] = 1.0F - w[0] - w[1] - w[2];
  return w;
}

template <>
std::array<float, 8> weights<8>(float d) {
  constexpr double kPi = 3.1415926535897932384626433832795;
  constexpr double h = 0.70710678118654752440084436210485;
  // sin(pi/4 (x - k)) for 8 neighbouring k, from one sine and one cosine.
  constexpr std::array<std::array<double, 2>, 8> turn{
      {{1, 0}, {-h, -h}, {0, 1}, {h, -h}, {-1, 0}, {h, h}, {0, -1}, {-h, h}}};
  const double start = -(d + 3.0F) * kPi * 0.25;
  const double sine = std::sin(start);
  const double cosine = std::cos(start);
  std::array<float, 8> w{};
  float sum = 0.0F;
  for (std::size_t k = 0; k < w.size(); ++k) {
    const float distance = d + 3.0F - static_cast<float>(k);
    if (std::abs(distance) >= 1e-6F) {
      const double y = -distance * kPi * 0.25;
      w[k] = static_cast<float>((turn[k][0] * sine + turn[k][1] * cosine) / (y * y));
    } else {
      w[k] = 1e30F;  // so large that the division by the sum leaves 1 here and 0 elsewhere
    }
    sum += w[k];
  }
  sum = 1.0F / sum;
  for (float& weight : w) weight *= sum;
  return w;
}

enum class Axis { along, down };

/// The N inputs of each output along one axis, within the image, and their weights.
template <int N, typename Weight>
struct Taps {
  std::vector<std::array<int, N>> inputs{};
  std::vector<std::array<Weight, N>> weights{};
};

template <int N, typename Weight>
Taps<N, Weight> taps(int n_in, int n_out, Axis axis) {
  Taps<N, Weight> result;
  result.inputs.reserve(static_cast<std::size_t>(n_out));
  result.weights.reserve(static_cast<std::size_t>(n_out));
  const double scale = 1.0 / (static_cast<double>(n_out) / n_in);
  for (int i = 0; i < n_out; ++i) {
    const auto at = static_cast<float>((i + 0.5) * scale - 0.5);
    int below = static_cast<int>(std::floor(at));
    float d = at - static_cast<float>(below);
    if (N == 2 && axis == Axis::along && (below < 0 || below >= n_in - 1)) {
      // Down an image both taps hold the edge instead, with weights that need not sum to 1 once
      // they are rounded.
      below = std::clamp(below, 0, n_in - 1);
      d = 0.0F;
    }
    std::array<int, N> inputs{};
    std::array<Weight, N> rounded{};
    const std::array<float, N> exact = weights<N>(d);
    for (int k = 0; k < N; ++k) {
      const auto j = static_cast<std::size_t>(k);
      inputs[j] = std::clamp(below - (N / 2 - 1) + k, 0, n_in - 1);
      if constexpr (std::numeric_limits<Weight>::is_integer) {
        rounded[j] = static_cast<Weight>(std::lrint(exact[j] * kFixedOne));
      } else {
        rounded[j] = exact[j];
      }
    }
    result.inputs.push_back(inputs);
    result.weights.push_back(rounded);
  }
  return result;
}

/// What a number type is between the two axes, and its weights.
template <typename Value, int N>
struct Arithmetic {
  using Between = Value;
  using Weight = float;
};
template <>
struct Arithmetic<std::uint8_t, 2> {
  using Between = std::int16_t;  // the sum of 19 bits without its lowest 4
  using Weight = std::int16_t;
};
template <int N>
struct Arithmetic<std::uint8_t, N> {
  using Between = std::int32_t;
  using Weight = std::int16_t;
};

std::uint8_t to_byte(int value) { return static_cast<std::uint8_t>(std::clamp(value, 0, 255)); }

/// One row along its axis.
template <int N, int kChannels, typename Value, typename Between, typename Weight>
void combine_along(const Value* from, const Taps<N, Weight>& taps, Between* __restrict to) {
  using Sum = std::conditional_t<std::numeric_limits<Value>::is_integer, int, Between>;
  for (std::size_t x = 0; x < taps.inputs.size(); ++x) {
    const std::array<int, N> inputs = taps.inputs[x];
    const std::array<Weight, N> weight = taps.weights[x];
    for (int c = 0; c < kChannels; ++c) {
      Sum sum{};
      for (std::size_t k = 0; k < N; ++k) {
        sum += static_cast<Sum>(from[kChannels * inputs[k] + c]) * static_cast<Sum>(weight[k]);
      }
      if constexpr (N == 2 && std::numeric_limits<Value>::is_integer) sum >>= 4;
      *to++ = static_cast<Between>(sum);
    }
  }
}

template <int N, typename Between>
using RowsOf = std::array<const Between*, N>;

/// N rows into one: sums from the last row to the first, as OpenCV's vector code does, for the
/// first `vectorised` numbers, from the first to the last for the rest.
template <int N>
void combine_down(const RowsOf<N, float>& from, const std::array<float, N>& weight,
                  float* __restrict to, std::size_t length) {
  const std::size_t vectorised = length / 4 * 4;
  for (std::size_t i = 0; i < vectorised; ++i) {
    float sum = from[N - 1][i] * weight[N - 1];
    for (std::size_t k = N - 1; k-- > 0;) sum = from[k][i] * weight[k] + sum;
    to[i] = sum;
  }
  for (std::size_t i = vectorised; i < length; ++i) {
    float sum = from[0][i] * weight[0];
    for (std::size_t k = 1; k < N; ++k) sum += from[k][i] * weight[k];
    to[i] = sum;
  }
}

template <int N>
void combine_down(const RowsOf<N, double>& from, const std::array<float, N>& weight,
                  double* __restrict to, std::size_t length) {
  for (std::size_t i = 0; i < length; ++i) {
    double sum = from[0][i] * static_cast<double>(weight[0]);
    for (std::size_t k = 1; k < N; ++k) sum += from[k][i] * static_cast<double>(weight[k]);
    to[i] = sum;
  }
}

template <int N>
void combine_down(const RowsOf<N, std::int16_t>& from, const std::array<std::int16_t, N>& weight,
                  std::uint8_t* __restrict to, std::size_t length) {
  static_assert(N == 2);
  const std::int16_t* const first = from[0];
  const std::int16_t* const second = from[1];
  for (std::size_t i = 0; i < length; ++i) {
    const auto upper = static_cast<std::int16_t>((first[i] * weight[0]) >> 16);
    const auto lower = static_cast<std::int16_t>((second[i] * weight[1]) >> 16);
    to[i] = static_cast<std::uint8_t>((upper + lower + 2) >> 2);
  }
}

template <int N>
void combine_down(const RowsOf<N, std::int32_t>& from, const std::array<std::int16_t, N>& weight,
                  std::uint8_t* __restrict to, std::size_t length) {
  std::size_t i = 0;
  if constexpr (N == 4) {
    constexpr float kScale = 1.0F / (kFixedOne * kFixedOne);
    std::array<float, N> scaled{};
    for (std::size_t k = 0; k < N; ++k) scaled[k] = weight[k] * kScale;
    const std::size_t vectorised = length / 8 * 8;
    for (; i < vectorised; ++i) {
      float sum = static_cast<float>(from[N - 1][i]) * scaled[N - 1];
      for (std::size_t k = N - 1; k-- > 0;) {
        sum = static_cast<float>(from[k][i]) * scaled[k] + sum;
      }
      // Adding 1.5 x 2^23 rounds to an integer, halves to even, and keeps it in the low bits:
      // lrint() as vector instructions, for sums far below 2^22.
      constexpr float kRounder = 12582912.0F;
      to[i] = to_byte(static_cast<int>((sum + kRounder) - kRounder));
    }
  }
  for (; i < length; ++i) {
    int sum = 1 << (2 * kFixedBits - 1);
    for (std::size_t k = 0; k < N; ++k) sum += from[k][i] * weight[k];
    to[i] = to_byte(sum >> (2 * kFixedBits));
  }
}

template <int N, typename Pixel>
Plane<Pixel> resize_with(PixelView<Pixel> image, Size size) {
  using Value = ValueOf<Pixel>;
  using Between = typename Arithmetic<Value, N>::Between;
  using Weight = typename Arithmetic<Value, N>::Weight;
  const auto along = taps<N, Weight>(image.size().width, size.width, Axis::along);
  const auto down = taps<N, Weight>(image.size().height, size.height, Axis::down);
  const std::size_t length = rows::row_length<Pixel>(size.width);
  RowCache<Between> resized_rows{N, length};
  Plane<Pixel> result{size};
  for (int y = 0; y < size.height; ++y) {
    const auto i = static_cast<std::size_t>(y);
    RowsOf<N, Between> from{};
    for (std::size_t k = 0; k < N; ++k) {
      from[k] = resized_rows.get(down.inputs[i][k], [&](int row, Between* to) {
        combine_along<N, rows::PixelTraits<Pixel>::kChannels>(rows::numbers(image.row_data(row)),
                                                              along, to);
      });
    }
    combine_down<N>(from, down.weights[i], rows::numbers(result.row(y).data()), length);
  }
  return result;
}

template <typename Pixel>
Plane<Pixel> resize_nearest(PixelView<Pixel> image, Size size) {
  const auto nearest = [](int n_in, int n_out) {
    std::vector<int> from(static_cast<std::size_t>(n_out));
    const double scale = 1.0 / (static_cast<double>(n_out) / n_in);
    for (std::size_t i = 0; i < from.size(); ++i) {
      from[i] = std::min(static_cast<int>(std::floor(static_cast<double>(i) * scale)), n_in - 1);
    }
    return from;
  };
  const std::vector<int> columns = nearest(image.size().width, size.width);
  const std::vector<int> lines = nearest(image.size().height, size.height);
  Plane<Pixel> result{size};
  for (int y = 0; y < size.height; ++y) {
    const Pixel* const from = image.row_data(lines[static_cast<std::size_t>(y)]);
    Pixel* const to = result.row(y).data();
    for (std::size_t x = 0; x < columns.size(); ++x) to[x] = from[columns[x]];
  }
  return result;
}

std::uint8_t mean(std::uint8_t a, std::uint8_t b, std::uint8_t c, std::uint8_t d) {
  return static_cast<std::uint8_t>((a + b + c + d + 2) >> 2);
}
template <typename Value>
Value mean(Value a, Value b, Value c, Value d) {
  return (a + b + c + d) * Value{0.25};
}

/// Half the size, each pixel the mean of 2 x 2: what OpenCV makes of linear interpolation then.
template <typename Pixel>
Plane<Pixel> halve(PixelView<Pixel> image) {
  constexpr int kChannels = rows::PixelTraits<Pixel>::kChannels;
  Plane<Pixel> result{{image.size().width / 2, image.size().height / 2}};
  for (int y = 0; y < result.size().height; ++y) {
    const auto* upper = rows::numbers(image.row_data(2 * y));
    const auto* lower = rows::numbers(image.row_data(2 * y + 1));
    auto* to = rows::numbers(result.row(y).data());
    for (int x = 0; x < result.size().width; ++x) {
      for (int c = 0; c < kChannels; ++c) {
        const int left = 2 * kChannels * x + c;
        const int right = left + kChannels;
        *to++ = mean(upper[left], upper[right], lower[left], lower[right]);
      }
    }
  }
  return result;
}

template <typename Pixel>
Plane<Pixel> resize(PixelView<Pixel> image, Size size, Interpolation interpolation) {
  rows::require_sides(image.size(), size);
  if (image.size() == size) return resize_nearest(image, size);  // a copy, as OpenCV makes one
  switch (interpolation) {
    case Interpolation::nearest: return resize_nearest(image, size);
    case Interpolation::linear:
      if (image.size() == Size{2 * size.width, 2 * size.height}) return halve(image);
      return resize_with<2>(image, size);
    case Interpolation::cubic: return resize_with<4>(image, size);
    case Interpolation::lanczos4: break;
  }
  return resize_with<8>(image, size);
}

}  // namespace

Plane<std::uint8_t> resize_opencv(PixelView<std::uint8_t> image, Size size,
                                  Interpolation interpolation) {
  return resize(image, size, interpolation);
}
Plane<Rgb<std::uint8_t>> resize_opencv(PixelView<Rgb<std::uint8_t>> image, Size size,
                                       Interpolation interpolation) {
  return resize(image, size, interpolation);
}
Plane<float> resize_opencv(PixelView<float> image, Size size, Interpolation interpolation) {
  return resize(image, size, interpolation);
}
Plane<Rgb<float>> resize_opencv(PixelView<Rgb<float>> image, Size size,
                                Interpolation interpolation) {
  return resize(image, size, interpolation);
}
Plane<double> resize_opencv(PixelView<double> image, Size size, Interpolation interpolation) {
  return resize(image, size, interpolation);
}
Plane<Rgb<double>> resize_opencv(PixelView<Rgb<double>> image, Size size,
                                 Interpolation interpolation) {
  return resize(image, size, interpolation);
}

}  // namespace mbench::imaging

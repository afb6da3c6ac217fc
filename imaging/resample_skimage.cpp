#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <type_traits>

#include "imaging/border.hpp"
#include "imaging/resample.hpp"
#include "imaging/resample_rows.hpp"

namespace mbench::imaging {
namespace {

using rows::RowCache;
using rows::ValueOf;

/// The two inputs of each output along one axis and their weights; indices count numbers, not
/// pixels, and lie within the image.
struct LinearTaps {
  std::vector<int> first{}, second{};
  std::vector<double> first_weight{}, second_weight{};
};

bool is_scipy(ResizeRule rule) { return rule != ResizeRule::skimage014; }

LinearTaps linear_taps(int n_in, int n_out, int step, ResizeRule rule) {
  LinearTaps taps;
  const auto count = static_cast<std::size_t>(n_out);
  for (std::vector<int>* indices : {&taps.first, &taps.second}) indices->reserve(count);
  for (auto* weights : {&taps.first_weight, &taps.second_weight}) weights->reserve(count);
  const double scale = static_cast<double>(n_in) / n_out;
  for (int i = 0; i < n_out; ++i) {
    double at = (i + 0.5) * scale - 0.5;
    // SciPy mirrors the place itself, not its two neighbours, and makes the second weight from the
    // first: that decides last digits.
    if (rule == ResizeRule::skimage019) at = std::abs(at);
    const double below = std::floor(at);
    const double first_weight = 1.0 - (at - below);
    const double second_weight = is_scipy(rule) ? 1.0 - first_weight : at - below;
    const auto add = [&](int index, double weight, std::vector<int>& indices,
                         std::vector<double>& weights) {
      const bool counts_as_0 = rule != ResizeRule::skimage019 && (index < 0 || index >= n_in);
      indices.push_back(step * mirrored_index(index, n_in));
      weights.push_back(counts_as_0 ? 0.0 : weight);
    };
    const int index = static_cast<int>(below);
    add(index, first_weight, taps.first, taps.first_weight);
    add(index + 1, second_weight, taps.second, taps.second_weight);
  }
  return taps;
}

/// One half of SciPy's symmetric Gaussian kernel, w[0] in its middle; empty if the axis is left
/// alone.
std::vector<double> smoothing_kernel(int n_in, int n_out, ResizeRule rule) {
  if (rule == ResizeRule::skimage014 || n_out >= n_in) return {};
  const double sigma = (static_cast<double>(n_in) / n_out - 1.0) / 2.0;
  if (sigma <= 1e-15) return {};
  const int radius = static_cast<int>(4.0 * sigma + 0.5);
  std::vector<double> kernel;
  double sum = 0.0;
  for (int x = 0; x <= radius; ++x) {
    kernel.push_back(std::exp(-0.5 / (sigma * sigma) * x * x));
    sum += x == 0 ? kernel.back() : 2.0 * kernel.back();
  }
  for (double& weight : kernel) weight /= sum;
  return kernel;
}

/// The image of smoothing_kernel() at n numbers: (left(k)[i], right(k)[i]) are k steps off i.
template <typename Left, typename Right>
void smooth(std::span<const double> kernel, const double* middle, Left left, Right right,
            double* __restrict result, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) result[i] = kernel[0] * middle[i];
  for (std::size_t k = kernel.size(); --k > 0;) {  // far to near: the order of SciPy's sum
    const double* const before = left(static_cast<int>(k));
    const double* const after = right(static_cast<int>(k));
    const double weight = kernel[k];
    for (std::size_t i = 0; i < n; ++i) result[i] += (before[i] + after[i]) * weight;
  }
}

/// SciPy keeps what it computes from single precision in single precision.
template <typename Stored>
void store(double* row, std::size_t n) {
  if constexpr (std::is_same_v<Stored, float>) {
    for (std::size_t i = 0; i < n; ++i) row[i] = static_cast<double>(static_cast<float>(row[i]));
  }
}

/// v/255 for every v, as scikit-image computes it.
constexpr std::array<double, 256> kUnit = [] {
  std::array<double, 256> unit{};
  for (std::size_t v = 0; v < unit.size(); ++v) unit[v] = static_cast<double>(v) * (1.0 / 255.0);
  return unit;
}();

double number(std::uint8_t value) { return kUnit[value]; }
double number(float value) { return static_cast<double>(value); }
double number(double value) { return value; }

/// The rows of an image as doubles, smoothed along the axes that shrink.
template <typename Pixel>
class SourceRows {
 public:
  SourceRows(PixelView<Pixel> image, Size size, ResizeRule rule)
      : image_{image},
        black_beyond_{rule == ResizeRule::skimage019_constant},
        length_{rows::row_length<Pixel>(image.size().width)},
        down_{smoothing_kernel(image.size().height, size.height, rule)},
        along_{smoothing_kernel(image.size().width, size.width, rule)},
        plain_{std::min(image.size().height, std::max(1, 2 * static_cast<int>(down_.size()) - 1)),
               length_},
        row_(length_),
        padded_(along_.empty() ? 0 : length_ + 2 * margin()) {}

  /// Row y; valid until the next call.
  const double* get(int y) {
    if (down_.empty()) {
      if (along_.empty()) return plain(y);
      std::copy_n(plain(y), length_, row_.begin());
    } else {
      smooth(
          down_, plain(y), [&](int k) { return extended(y - k); },
          [&](int k) { return extended(y + k); }, row_.data(), length_);
      store<Stored>(row_.data(), length_);
    }
    if (!along_.empty()) smooth_along();
    return row_.data();
  }

 private:
  using Stored = ValueOf<Pixel>;
  static constexpr int kChannels = rows::PixelTraits<Pixel>::kChannels;

  const double* plain(int y) {
    return plain_.get(y, [&](int row, double* to) {
      const auto* from = rows::numbers(image_.row_data(row));
      for (std::size_t i = 0; i < length_; ++i) to[i] = number(from[i]);
    });
  }
  /// Row y of the image as it goes on beyond its edges.
  const double* extended(int y) {
    const int height = image_.size().height;
    if (!black_beyond_ || (y >= 0 && y < height)) return plain(mirrored_index(y, height));
    if (black_.empty()) black_.resize(length_);
    return black_.data();
  }
  [[nodiscard]] std::size_t margin() const {
    return along_.empty() ? 0 : kChannels * (along_.size() - 1);
  }

  void smooth_along() {
    const int width = image_.size().width;
    const int radius = static_cast<int>(along_.size()) - 1;
    double* const inner = padded_.data() + margin();
    std::ranges::copy(row_, inner);
    const auto extend = [&](int x) {
      for (int c = 0; c < kChannels; ++c) {
        inner[kChannels * x + c] =
            black_beyond_ ? 0.0 : inner[kChannels * mirrored_index(x, width) + c];
      }
    };
    for (int x = 1; x <= radius; ++x) {
      extend(-x);
      extend(width - 1 + x);
    }
    smooth(
        along_, inner, [&](int k) { return inner - kChannels * k; },
        [&](int k) { return inner + kChannels * k; }, row_.data(), length_);
    store<Stored>(row_.data(), length_);
  }

  PixelView<Pixel> image_;
  bool black_beyond_;
  std::size_t length_;
  std::vector<double> down_, along_;
  RowCache<double> plain_;
  std::vector<double> row_, padded_, black_{};
};

struct Range {
  double low{};
  double high{};
};

template <typename Pixel>
Range range_of(PixelView<Pixel> image) {
  const auto length = rows::row_length<Pixel>(image.size().width);
  auto low = *rows::numbers(image.row_data(0));
  auto high = low;
  for (int y = 0; y < image.size().height; ++y) {
    const auto* row = rows::numbers(image.row_data(y));
    for (std::size_t i = 0; i < length; ++i) {
      low = std::min(low, row[i]);
      high = std::max(high, row[i]);
    }
  }
  return {.low = number(low), .high = number(high)};
}

/// Rounds to the type of the result, within the range.
template <typename Value>
Value stored(double value, const Range& range) {
  const double raised = value < range.low ? range.low : value;
  return static_cast<Value>(raised > range.high ? range.high : raised);
}

/// Along rows, then along columns: scikit-image 0.14.
template <typename Result, typename Pixel>
Plane<Result> resize_in_turn(SourceRows<Pixel>& source, const LinearTaps& along,
                             const LinearTaps& down, const Range& range, Size size) {
  constexpr int kChannels = rows::PixelTraits<Pixel>::kChannels;
  const std::size_t length = rows::row_length<Pixel>(size.width);
  RowCache<double> resized_rows{2, length};
  const auto resize_row = [&](int y, double* to) {
    const double* const from = source.get(y);
    for (std::size_t x = 0; x < along.first.size(); ++x) {
      const double* const first = from + along.first[x];
      const double* const second = from + along.second[x];
      for (int c = 0; c < kChannels; ++c) {
        *to++ = along.first_weight[x] * first[c] + along.second_weight[x] * second[c];
      }
    }
  };
  Plane<Result> result{size};
  for (int y = 0; y < size.height; ++y) {
    const auto i = static_cast<std::size_t>(y);
    const double* const first = resized_rows.get(down.first[i], resize_row);
    const double* const second = resized_rows.get(down.second[i], resize_row);
    const double first_weight = down.first_weight[i];
    const double second_weight = down.second_weight[i];
    auto* __restrict to = rows::numbers(result.row(y).data());
    for (std::size_t x = 0; x < length; ++x) {
      to[x] = stored<ValueOf<Result>>(first_weight * first[x] + second_weight * second[x], range);
    }
  }
  return result;
}

/// Each number from its four neighbours, each times its weight down and its weight along, summed
/// row by row: SciPy's order. It leaves some numbers of a constant 1 at 1 - 2^-53, which programs
/// that look for exactly 1 notice.
template <typename Result, typename Pixel>
Plane<Result> resize_at_once(SourceRows<Pixel>& source, std::size_t source_length,
                             const LinearTaps& along, const LinearTaps& down, const Range& range,
                             Size size) {
  constexpr int kChannels = rows::PixelTraits<Pixel>::kChannels;
  RowCache<double> source_rows{2, source_length};
  const auto copy_row = [&](int y, double* to) { std::copy_n(source.get(y), source_length, to); };
  Plane<Result> result{size};
  for (int y = 0; y < size.height; ++y) {
    const auto i = static_cast<std::size_t>(y);
    const double* const upper = source_rows.get(down.first[i], copy_row);
    const double* const lower = source_rows.get(down.second[i], copy_row);
    const double upper_weight = down.first_weight[i];
    const double lower_weight = down.second_weight[i];
    auto* to = rows::numbers(result.row(y).data());
    for (std::size_t x = 0; x < along.first.size(); ++x) {
      const double left_weight = along.first_weight[x];
      const double right_weight = along.second_weight[x];
      for (int c = 0; c < kChannels; ++c) {
        const int left = along.first[x] + c;
        const int right = along.second[x] + c;
        double sum = upper[left] * upper_weight * left_weight;
        sum += upper[right] * upper_weight * right_weight;
        sum += lower[left] * lower_weight * left_weight;
        sum += lower[right] * lower_weight * right_weight;
        *to++ = stored<ValueOf<Result>>(sum, range);
      }
    }
  }
  return result;
}

template <typename Result, typename Pixel>
Plane<Result> resize(PixelView<Pixel> image, Size size, ResizeRule rule) {
  rows::require_sides(image.size(), size);
  constexpr int kChannels = rows::PixelTraits<Pixel>::kChannels;
  const Range range = range_of(image);
  const LinearTaps along = linear_taps(image.size().width, size.width, kChannels, rule);
  const LinearTaps down = linear_taps(image.size().height, size.height, 1, rule);
  SourceRows<Pixel> source{image, size, rule};
  if (rule == ResizeRule::skimage014) {
    return resize_in_turn<Result>(source, along, down, range, size);
  }
  return resize_at_once<Result>(source, rows::row_length<Pixel>(image.size().width), along, down,
                                range, size);
}

}  // namespace

Plane<double> resize_skimage(PixelView<std::uint8_t> image, Size size, ResizeRule rule) {
  return resize<double>(image, size, rule);
}
Plane<Rgb<double>> resize_skimage(PixelView<Rgb<std::uint8_t>> image, Size size, ResizeRule rule) {
  return resize<Rgb<double>>(image, size, rule);
}
Plane<float> resize_skimage(PixelView<float> image, Size size, ResizeRule rule) {
  return resize<float>(image, size, rule);
}
Plane<Rgb<float>> resize_skimage(PixelView<Rgb<float>> image, Size size, ResizeRule rule) {
  return resize<Rgb<float>>(image, size, rule);
}
Plane<double> resize_skimage(PixelView<double> image, Size size, ResizeRule rule) {
  return resize<double>(image, size, rule);
}
Plane<Rgb<double>> resize_skimage(PixelView<Rgb<double>> image, Size size, ResizeRule rule) {
  return resize<Rgb<double>>(image, size, rule);
}

}  // namespace mbench::imaging

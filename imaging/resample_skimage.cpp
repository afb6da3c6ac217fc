#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>
#include <span>
#include <type_traits>
#include <vector>

#include "core/simd_clones.hpp"
#include "imaging/border.hpp"
#include "imaging/resample.hpp"
#include "imaging/resample_rows.hpp"

namespace mbench::imaging {
namespace {

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

/// The first of the terms that smooth() adds up.
MBENCH_SIMD_CLONES void start_smoothing(const double* middle, double middle_weight,
                                        const double* before, const double* after, double weight,
                                        double* __restrict result, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) {
    result[i] = middle_weight * middle[i] + (before[i] + after[i]) * weight;
  }
}
MBENCH_SIMD_CLONES void go_on_smoothing(const double* before, const double* after, double weight,
                                        double* __restrict result, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) result[i] += (before[i] + after[i]) * weight;
}

/// The image of smoothing_kernel() at n numbers: (left(k)[i], right(k)[i]) are k steps off i.
template <typename Left, typename Right>
void smooth(std::span<const double> kernel, const double* middle, Left left, Right right,
            double* result, std::size_t n) {
  std::size_t k = kernel.size() - 1;  // far to near: the order of SciPy's sum
  if (k == 0) {
    for (std::size_t i = 0; i < n; ++i) result[i] = kernel[0] * middle[i];
    return;
  }
  const auto far = static_cast<int>(k);
  start_smoothing(middle, kernel[0], left(far), right(far), kernel[k], result, n);
  for (--k; k > 0; --k) {
    const auto steps = static_cast<int>(k);
    go_on_smoothing(left(steps), right(steps), kernel[k], result, n);
  }
}

/// SciPy keeps what it computes from single precision in single precision.
template <typename Stored>
void store(double* row, std::size_t n) {
  if constexpr (std::is_same_v<Stored, float>) {
    for (std::size_t i = 0; i < n; ++i) row[i] = static_cast<double>(static_cast<float>(row[i]));
  }
}

/// v/255, as scikit-image computes it.
MBENCH_SIMD_BODY double number(std::uint8_t value) {
  return static_cast<double>(value) * (1.0 / 255.0);
}
double number(float value) { return static_cast<double>(value); }
double number(double value) { return value; }

MBENCH_SIMD_CLONES void to_numbers(const std::uint8_t* from, double* __restrict to, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) to[i] = number(from[i]);
}
void to_numbers(const float* from, double* to, std::size_t n) { std::copy_n(from, n, to); }
void to_numbers(const double* from, double* to, std::size_t n) { std::copy_n(from, n, to); }

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
        padded_(along_.empty() ? 0 : length_ + 2 * margin()) {}

  /// Writes row y.
  void write(int y, double* to) {
    double* const down = along_.empty() ? to : padded_.data() + margin();
    if (down_.empty()) {
      convert(y, down);
    } else {
      smooth(
          down_, plain(y), [&](int k) { return extended(y - k); },
          [&](int k) { return extended(y + k); }, down, length_);
      store<Stored>(down, length_);
    }
    if (!along_.empty()) smooth_along(down, to);
  }

 private:
  using Stored = ValueOf<Pixel>;
  static constexpr int kChannels = rows::PixelTraits<Pixel>::kChannels;

  void convert(int y, double* to) const {
    to_numbers(rows::numbers(image_.row_data(y)), to, length_);
  }
  const double* plain(int y) {
    return plain_.get(y, [&](int row, double* to) { convert(row, to); });
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

  void smooth_along(double* inner, double* to) const {
    const int width = image_.size().width;
    const int radius = static_cast<int>(along_.size()) - 1;
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
        [&](int k) { return inner + kChannels * k; }, to, length_);
    store<Stored>(to, length_);
  }

  PixelView<Pixel> image_;
  bool black_beyond_;
  std::size_t length_;
  std::vector<double> down_, along_;
  RowCache<double> plain_;
  std::vector<double> padded_, black_{};
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
MBENCH_SIMD_BODY Value stored(double value, const Range& range) {
  const double raised = value < range.low ? range.low : value;
  return static_cast<Value>(raised > range.high ? range.high : raised);
}

/// What mix_four() reads: two rows of the source with their weights, and the taps along them.
struct Mixing {
  const double* upper;
  const double* lower;
  double upper_weight, lower_weight;
  const LinearTaps& along;
  Range range;
};

/// Each number from its four neighbours, each times its weight down and its weight along, summed
/// row by row: SciPy's order. It leaves some numbers of a constant 1 at 1 - 2^-53, which programs
/// that look for exactly 1 notice.
template <typename Value>
MBENCH_SIMD_BODY Value mix_four(const Mixing& mix, std::size_t x, int channel) {
  const int left = mix.along.first[x] + channel;
  const int right = mix.along.second[x] + channel;
  const double left_weight = mix.along.first_weight[x];
  const double right_weight = mix.along.second_weight[x];
  double sum = mix.upper[left] * mix.upper_weight * left_weight;
  sum += mix.upper[right] * mix.upper_weight * right_weight;
  sum += mix.lower[left] * mix.lower_weight * left_weight;
  sum += mix.lower[right] * mix.lower_weight * right_weight;
  return stored<Value>(sum, mix.range);
}

/// A row of grey values.
template <typename Value>
void mix_row(const Mixing& mix, Value* to, std::size_t width) {
  for (std::size_t x = 0; x < width; ++x) to[x] = mix_four<Value>(mix, x, 0);
}

/// A row of colours: the three numbers of a pixel side by side in one vector of four, whose last is
/// whatever follows them in the row. The operations on each number are those of mix_four().
template <typename Value>
MBENCH_SIMD_BODY void mix_colours(const Mixing& mix, Rgb<Value>* to, std::size_t width) {
  using Four [[gnu::vector_size(4 * sizeof(double))]] = double;
  using Stored [[gnu::vector_size(4 * sizeof(Value))]] = Value;
  const double* const upper = mix.upper;
  const double* const lower = mix.lower;
  for (std::size_t x = 0; x < width; ++x) {
    const int left = mix.along.first[x];
    const int right = mix.along.second[x];
    Four upper_left, upper_right, lower_left, lower_right;
    std::memcpy(&upper_left, upper + left, sizeof(Four));
    std::memcpy(&upper_right, upper + right, sizeof(Four));
    std::memcpy(&lower_left, lower + left, sizeof(Four));
    std::memcpy(&lower_right, lower + right, sizeof(Four));
    const double left_weight = mix.along.first_weight[x];
    const double right_weight = mix.along.second_weight[x];
    Four sum = upper_left * mix.upper_weight * left_weight;
    sum += upper_right * mix.upper_weight * right_weight;
    sum += lower_left * mix.lower_weight * left_weight;
    sum += lower_right * mix.lower_weight * right_weight;
    const Four low = Four{} + mix.range.low;
    const Four high = Four{} + mix.range.high;
    sum = sum < low ? low : sum;
    sum = sum > high ? high : sum;
    const Stored result = __builtin_convertvector(sum, Stored);
    to[x] = {result[0], result[1], result[2]};
  }
}

MBENCH_SIMD_CLONES void mix_row(const Mixing& mix, Rgb<double>* to, std::size_t width) {
  mix_colours(mix, to, width);
}
MBENCH_SIMD_CLONES void mix_row(const Mixing& mix, Rgb<float>* to, std::size_t width) {
  mix_colours(mix, to, width);
}

/// The rows of the result, in any order; neighbours share what they have in common.
template <typename Result, typename Pixel>
class Resizer {
 public:
  Resizer(PixelView<Pixel> image, Size size, ResizeRule rule)
      : size_{size},
        in_turn_{rule == ResizeRule::skimage014},
        range_{range_of(image)},
        along_{linear_taps(image.size().width, size.width, kChannels, rule)},
        down_{linear_taps(image.size().height, size.height, 1, rule)},
        source_{image, size, rule},
        source_row_(in_turn_ ? rows::row_length<Pixel>(image.size().width) : 0),
        rows_{2, in_turn_ ? rows::row_length<Pixel>(size.width)
                          : rows::row_length<Pixel>(image.size().width) + kBeyond} {}

  void write(int y, Result* to) {
    const auto i = static_cast<std::size_t>(y);
    const auto make_row = [&](int row, double* held) { make(row, held); };
    const Mixing mix{.upper = rows_.get(down_.first[i], make_row),
                     .lower = rows_.get(down_.second[i], make_row),
                     .upper_weight = down_.first_weight[i],
                     .lower_weight = down_.second_weight[i],
                     .along = along_,
                     .range = range_};
    if (in_turn_) {
      mix_down(mix, rows::numbers(to));
    } else {
      mix_row(mix, to, static_cast<std::size_t>(size_.width));
    }
  }

 private:
  static constexpr int kChannels = rows::PixelTraits<Pixel>::kChannels;
  static constexpr std::size_t kBeyond = 1;  // number that mix_colours() reads behind a row

  /// A row of the source; for scikit-image 0.14, which works along rows, then along columns, one
  /// that was resized already.
  void make(int y, double* to) {
    if (!in_turn_) return source_.write(y, to);
    source_.write(y, source_row_.data());
    const double* const from = source_row_.data();
    for (std::size_t x = 0; x < along_.first.size(); ++x) {
      const double* const first = from + along_.first[x];
      const double* const second = from + along_.second[x];
      for (int c = 0; c < kChannels; ++c) {
        *to++ = along_.first_weight[x] * first[c] + along_.second_weight[x] * second[c];
      }
    }
  }
  void mix_down(const Mixing& mix, ValueOf<Result>* __restrict to) const {
    const std::size_t length = rows::row_length<Pixel>(size_.width);
    for (std::size_t i = 0; i < length; ++i) {
      to[i] = stored<ValueOf<Result>>(
          mix.upper_weight * mix.upper[i] + mix.lower_weight * mix.lower[i], range_);
    }
  }

  Size size_;
  bool in_turn_;
  Range range_;
  LinearTaps along_, down_;
  SourceRows<Pixel> source_;
  std::vector<double> source_row_;
  RowCache<double> rows_;
};

template <typename Result, typename Pixel>
Plane<Result> resize(PixelView<Pixel> image, Size size, ResizeRule rule) {
  rows::require_sides(image.size(), size);
  Resizer<Result, Pixel> resizer{image, size, rule};
  Plane<Result> result{size};
  for (int y = 0; y < size.height; ++y) resizer.write(y, result.row(y).data());
  return result;
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

struct SkimageRows::State {
  Resizer<Rgb<double>, Rgb<std::uint8_t>> resizer;
};

SkimageRows::SkimageRows(PixelView<Rgb<std::uint8_t>> image, Size size, ResizeRule rule) {
  rows::require_sides(image.size(), size);
  state_ = std::make_unique<State>(State{{image, size, rule}});
}
SkimageRows::~SkimageRows() = default;

void SkimageRows::write(int y, Rgb<double>* to) { state_->resizer.write(y, to); }

}  // namespace mbench::imaging

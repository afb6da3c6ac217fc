#include "metrics/gradient.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

#include "metrics/gradient_kernels.hpp"
#include "metrics/simd_clones.hpp"

namespace mbench::metrics {
namespace {

/// The pixel of 0 ... size-1 that stands at `index`, which may lie outside.
int inside_index(int index, int size, Border border) {
  if (index >= 0 && index < size) return index;
  if (border == Border::replicate) return std::clamp(index, 0, size - 1);
  const int period = 2 * size;  // 0 ... n-1, n-1 ... 0, and again
  const int phase = ((index % period) + period) % period;
  return phase < size ? phase : period - 1 - phase;
}

/// Columns [begin, end) of a row.
struct Span {
  int begin;
  int end;
};

/// Gaps up to this many pixels between scored pixels are computed along: a new span costs as much.
constexpr int kMaxGap = 16;

/// Where the ones of `inside` lie.
void find_spans(const std::vector<std::uint8_t>& inside, std::vector<Span>& spans) {
  spans.clear();
  const int width = static_cast<int>(inside.size());
  for (int x = 0; x < width; ++x) {
    if (inside[static_cast<std::size_t>(x)] == 0) continue;
    if (!spans.empty() && x - spans.back().end <= kMaxGap) {
      spans.back().end = x + 1;
    } else {
      spans.push_back({x, x + 1});
    }
  }
}

/// The last 2R + 1 rows of a matte as doubles, each R columns wider on both sides.
template <typename T, int R>
class RowWindow {
 public:
  static constexpr int kRows = 2 * R + 1;

  RowWindow(const PixelView<T>& pixels, Border border)
      : pixels_{pixels},
        border_{border},
        stride_{static_cast<std::size_t>(pixels.size().width) + 2 * R},
        values_(stride_ * kRows) {
    held_.fill(-1);
  }

  /// Pointers to the rows y-R ... y+R. Column x of the image stands at index x + R. The rows that a
  /// border rule puts outside the image are all among the rows y-R ... y+R inside, so one place per
  /// row, y modulo 2R + 1, is enough.
  [[nodiscard]] std::array<const double*, kRows> around(int y) {
    std::array<const double*, kRows> rows{};
    for (int i = 0; i < kRows; ++i) {
      const int source = inside_index(y + i - R, pixels_.size().height, border_);
      rows[static_cast<std::size_t>(i)] = row(source);
    }
    return rows;
  }

 private:
  const double* row(int y) {
    const auto place = static_cast<std::size_t>(y % kRows);
    double* const values = values_.data() + place * stride_;
    if (held_[place] == y) return values;
    held_[place] = y;
    const T* const source = pixels_.row_data(y);
    const int width = pixels_.size().width;
    for (int x = 0; x < width; ++x) values[x + R] = static_cast<double>(source[x]);
    for (int x = 1; x <= R; ++x) {
      values[R - x] = static_cast<double>(source[inside_index(-x, width, border_)]);
      values[R + width - 1 + x] =
          static_cast<double>(source[inside_index(width - 1 + x, width, border_)]);
    }
    return values;
  }

  PixelView<T> pixels_;
  Border border_;
  std::size_t stride_;
  std::vector<double> values_;
  std::array<int, kRows> held_{};  ///< which row of the matte each place holds
};

/// Down the columns: smoothed and derived, `width` values from the start of each row.
template <int R>
MBENCH_SIMD_BODY void filter_columns(const double* const* rows, const GradientTaps<R>& taps,
                                     double* __restrict smoothed, double* __restrict derived,
                                     int width) {
  std::array<const double*, 2 * R + 1> row;
  for (std::size_t i = 0; i < row.size(); ++i) row[i] = rows[i];
  for (int x = 0; x < width; ++x) {
    double smooth = taps.smooth[0] * row[R][x];
    double derive = 0.0;
    for (std::size_t k = 1; k <= R; ++k) {
      const double before = row[R - k][x];
      const double after = row[R + k][x];
      smooth += taps.smooth[k] * (after + before);
      derive += taps.derive[k] * (after - before);
    }
    smoothed[x] = smooth;
    derived[x] = derive;
  }
}

/// Along the row, then the length of the gradient. Inputs start R columns before the output.
template <int R>
MBENCH_SIMD_BODY void filter_row(const double* smoothed, const double* derived,
                                 const GradientTaps<R>& taps, double* __restrict magnitude,
                                 int width) {
  const double* const s = smoothed + R;
  const double* const d = derived + R;
  for (int x = 0; x < width; ++x) {
    double along_x = 0.0;
    double along_y = taps.smooth[0] * d[x];
    for (int k = 1; k <= R; ++k) {
      const auto i = static_cast<std::size_t>(k);
      along_x += taps.derive[i] * (s[x + k] - s[x - k]);
      along_y += taps.smooth[i] * (d[x + k] + d[x - k]);
    }
    magnitude[x] = std::sqrt(along_x * along_x + along_y * along_y);
  }
}

/// Rows of intermediate values, reused from row to row.
struct Scratch {
  explicit Scratch(std::size_t width) : smoothed(width), derived(width) {}
  std::vector<double> smoothed;
  std::vector<double> derived;
};

/// |grad| at `width` pixels; the rows start R columns before the first.
MBENCH_SIMD_CLONES void magnitude_row(const double* const* rows, const GradientTaps<4>& taps,
                                      Scratch& scratch, double* magnitude, int width) {
  filter_columns(rows, taps, scratch.smoothed.data(), scratch.derived.data(), width + 8);
  filter_row(scratch.smoothed.data(), scratch.derived.data(), taps, magnitude, width);
}

MBENCH_SIMD_CLONES void magnitude_row(const double* const* rows, const GradientTaps<6>& taps,
                                      Scratch& scratch, double* magnitude, int width) {
  filter_columns(rows, taps, scratch.smoothed.data(), scratch.derived.data(), width + 12);
  filter_row(scratch.smoothed.data(), scratch.derived.data(), taps, magnitude, width);
}

/// Adds up one row in a fixed order: four sums, for the columns x = 0, 1, 2, 3 modulo 4, from the
/// left. Columns outside add 0, so the spans do not matter.
class RowSum {
 public:
  void add(int x, double value) { lanes_[static_cast<std::size_t>(x & 3)] += value; }
  [[nodiscard]] double total() const { return (lanes_[0] + lanes_[1]) + (lanes_[2] + lanes_[3]); }

 private:
  std::array<double, 4> lanes_{};
};

template <typename T, int R>
double error_sum(const TypedPair<T>& mattes, const Region& region, const GradientTaps<R>& taps,
                 Border border) {
  const Size size = mattes.truth.size();
  const auto width = static_cast<std::size_t>(size.width);
  RowWindow<T, R> predicted_window{mattes.predicted, border};
  RowWindow<T, R> truth_window{mattes.truth, border};
  Scratch scratch{width + 2 * R};
  std::vector<double> predicted_magnitude(width);
  std::vector<double> truth_magnitude(width);
  std::vector<std::uint8_t> inside(width);
  std::vector<Span> spans;
  double total = 0.0;
  for (int y = 0; y < size.height; ++y) {
    region.mask_row(y, inside);
    find_spans(inside, spans);
    if (spans.empty()) continue;
    const auto predicted_rows = predicted_window.around(y);
    const auto truth_rows = truth_window.around(y);
    RowSum sum;
    for (const Span span : spans) {
      const int length = span.end - span.begin;
      const auto from = [&](std::array<const double*, 2 * R + 1> rows) {
        for (const double*& row : rows) row += span.begin;
        return rows;
      };
      magnitude_row(from(predicted_rows).data(), taps, scratch, predicted_magnitude.data(), length);
      magnitude_row(from(truth_rows).data(), taps, scratch, truth_magnitude.data(), length);
      for (int i = 0; i < length; ++i) {
        const auto at = static_cast<std::size_t>(i);
        const double difference = predicted_magnitude[at] - truth_magnitude[at];
        const bool counts = inside[static_cast<std::size_t>(span.begin + i)] != 0;
        sum.add(span.begin + i, counts ? difference * difference : 0.0);
      }
    }
    total += sum.total();
  }
  return total;
}

}  // namespace

double gradient_error_sum(const MattePair& pair, const Region& region, GradientKernel kernel,
                          Border border) {
  require_same_size(pair, region);
  return pair.visit([&](const auto& mattes) {
    return kernel == GradientKernel::taps9 ? error_sum(mattes, region, kTaps9, border)
                                           : error_sum(mattes, region, kTaps13, border);
  });
}

Score gradient(PreparedMattes& mattes, const GradientSwitches& switches) {
  const PixelSwitches& pixels = switches.pixels;
  const MattePair& pair = mattes.pair(pixels.clamp, pixels.stretch);
  const double sum =
      gradient_error_sum(pair, mattes.region(pixels.region), switches.kernel, switches.border);
  const double full = pair.visit([](const auto& typed) { return static_cast<double>(typed.full); });
  return mattes.normalised(sum, full * full, pixels.region, switches.normalisation);
}

constinit const Metric gradient_metric{
    .id = "grad",
    .title = "Grad",
    .unit = "10^3",
    .better = Better::lower,
    .decimals = 2,
    .cite = "rhemann2009",
    .formula = "1/1000 * sum_{i in R} (|grad p|_i - |grad t|_i)^2, grad of a Gaussian, sigma 1.4"};

}  // namespace mbench::metrics

#include "metrics/gradient_sums.hpp"

#include <cmath>

#include "metrics/gradient_kernels.hpp"
#include "metrics/gradient_rows.hpp"
#include "metrics/simd_clones.hpp"

namespace mbench::metrics {
namespace {

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

/// The lengths of the gradients of one matte, row after row.
template <typename T, int R>
class Magnitudes {
 public:
  Magnitudes(const PixelView<T>& pixels, const GradientTaps<R>& taps, Border border)
      : width_{pixels.size().width},
        taps_{taps},
        flat_{pixels},
        window_{pixels, border},
        scratch_{static_cast<std::size_t>(width_) + 2 * R},
        values_(static_cast<std::size_t>(block_count(width_) * kBlockColumns)) {}

  void go_to(int y) { flat_.go_to(y); }
  [[nodiscard]] bool flat(int block) const { return flat_.flat(block); }

  /// Works out the blocks of row y that are on.
  void compute(int y, const std::vector<std::uint8_t>& on) {
    const auto rows = window_.around(y);
    for_each_run(on, [&](int first, int end) {
      window_.prepare(y, first, end);
      const int begin = first * kBlockColumns;
      auto from = rows;
      for (const double*& row : from) row += begin;
      magnitude_row(from.data(), taps_, scratch_, values_.data() + begin,
                    std::min(width_, end * kBlockColumns) - begin);
    });
  }

  void set_zero(int block) {
    std::fill_n(values_.begin() + block * kBlockColumns, kBlockColumns, 0.0);
  }
  /// By column; whole blocks, so beyond the image as well, where they are 0.
  [[nodiscard]] const double* values() const { return values_.data(); }

 private:
  int width_;
  const GradientTaps<R>& taps_;
  FlatBlocks<T, R> flat_;
  RowWindow<T, R> window_;
  Scratch scratch_;
  std::vector<double> values_;
};

/// A row is added up in eight sums, for the columns x = 0 ... 7 modulo 8, from the left. Columns
/// outside and flat areas add 0, so it does not matter which of them are left out.
using Lanes = std::array<double, 8>;

/// Adds `width` columns, a multiple of eight, to the sums.
MBENCH_SIMD_CLONES void add_columns(const double* predicted, const double* truth,
                                    const std::uint8_t* inside, double predicted_scale,
                                    double truth_scale, int width, Lanes& sums) {
  Lanes lanes = sums;
  for (int x = 0; x < width; x += static_cast<int>(lanes.size())) {
    for (std::size_t lane = 0; lane < lanes.size(); ++lane) {
      const auto at = static_cast<std::size_t>(x) + lane;
      const double difference = predicted_scale * predicted[at] - truth_scale * truth[at];
      const double counted = difference * static_cast<double>(int{inside[at]});
      lanes[lane] += counted * counted;
    }
  }
  sums = lanes;
}

/// One request on its way through the image.
class Accumulator {
 public:
  Accumulator(const GradientRequest& request, std::size_t padded_width)
      : request_{request}, inside_(padded_width, 0) {
    if (request.region.is_whole()) request.region.mask_row(0, row());
  }

  void start_row(int y) {
    if (!request_.region.is_whole()) request_.region.mask_row(y, row());
    lanes_.fill(0.0);
  }
  [[nodiscard]] bool needs(int block) const {
    return request_.region.is_whole() ||
           any_set<kBlockColumns>(inside_.data() + block * kBlockColumns);
  }
  void add(const double* predicted, const double* truth, int first, int end) {
    const int begin = first * kBlockColumns;
    add_columns(predicted + begin, truth + begin, inside_.data() + begin, request_.predicted_scale,
                request_.truth_scale, (end - first) * kBlockColumns, lanes_);
  }
  void end_row() {
    total_ += ((lanes_[0] + lanes_[1]) + (lanes_[2] + lanes_[3])) +
              ((lanes_[4] + lanes_[5]) + (lanes_[6] + lanes_[7]));
  }
  [[nodiscard]] double total() const { return total_; }

 private:
  [[nodiscard]] std::span<std::uint8_t> row() {
    return {inside_.data(), static_cast<std::size_t>(request_.region.size().width)};
  }

  GradientRequest request_;
  std::vector<std::uint8_t> inside_;  ///< whole blocks; 0 beyond the image
  Lanes lanes_{};
  double total_{};
};

template <typename T, int R>
std::vector<double> error_sums(const TypedPair<T>& mattes, const GradientTaps<R>& taps,
                               Border border, std::span<const GradientRequest> requests,
                               FlatAreas flat_areas) {
  const Size size = mattes.truth.size();
  const auto blocks = static_cast<std::size_t>(block_count(size.width));
  Magnitudes<T, R> predicted{mattes.predicted, taps, border};
  Magnitudes<T, R> truth{mattes.truth, taps, border};
  std::vector<Accumulator> sums;
  for (const GradientRequest& request : requests) {
    sums.emplace_back(request, blocks * kBlockColumns);
  }
  std::vector<std::uint8_t> predicted_on(blocks);
  std::vector<std::uint8_t> truth_on(blocks);
  std::vector<std::uint8_t> either_on(blocks);
  for (int y = 0; y < size.height; ++y) {
    predicted.go_to(y);
    truth.go_to(y);
    for (Accumulator& sum : sums) sum.start_row(y);
    for (std::size_t i = 0; i < blocks; ++i) {
      const int block = static_cast<int>(i);
      const bool needed =
          std::ranges::any_of(sums, [block](const Accumulator& sum) { return sum.needs(block); });
      const bool all = flat_areas == FlatAreas::compute;
      predicted_on[i] = needed && (all || !predicted.flat(block)) ? 1 : 0;
      truth_on[i] = needed && (all || !truth.flat(block)) ? 1 : 0;
      either_on[i] = predicted_on[i] | truth_on[i];
      if (predicted_on[i] < either_on[i]) predicted.set_zero(block);
      if (truth_on[i] < either_on[i]) truth.set_zero(block);
    }
    predicted.compute(y, predicted_on);
    truth.compute(y, truth_on);
    for_each_run(either_on, [&](int first, int end) {
      for (Accumulator& sum : sums) sum.add(predicted.values(), truth.values(), first, end);
    });
    for (Accumulator& sum : sums) sum.end_row();
  }
  std::vector<double> totals;
  for (const Accumulator& sum : sums) totals.push_back(sum.total());
  return totals;
}

}  // namespace

std::vector<double> gradient_error_sums(const MattePair& pair, GradientKernel kernel, Border border,
                                        std::span<const GradientRequest> requests,
                                        FlatAreas flat_areas) {
  for (const GradientRequest& request : requests) require_same_size(pair, request.region);
  return pair.visit([&](const auto& mattes) {
    return kernel == GradientKernel::taps9
               ? error_sums(mattes, kTaps9, border, requests, flat_areas)
               : error_sums(mattes, kTaps13, border, requests, flat_areas);
  });
}

}  // namespace mbench::metrics

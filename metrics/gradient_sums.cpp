#include "metrics/gradient_sums.hpp"

#include <cassert>
#include <cmath>
#include <cstdint>
#include <limits>
#include <type_traits>

#include "core/simd_clones.hpp"
#include "metrics/gradient_kernels.hpp"
#include "metrics/gradient_rows.hpp"

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
  Magnitudes(const MatteRows<T>& matte, const GradientTaps<R>& taps, Border border)
      : width_{matte.size().width},
        reader_{matte},
        taps_{taps},
        changes_{matte.size()},
        window_{matte, border},
        scratch_{static_cast<std::size_t>(width_) + 2 * R},
        on_(static_cast<std::size_t>(block_count(width_))),
        values_(on_.size() * kBlockColumns) {}

  void go_to(int y) {
    changes_.go_to(y, [this](int row, std::uint8_t* rows_left, std::uint8_t window) {
      note_changes(reader_.row(row), reader_.row(std::max(row - 1, 0)), rows_left, window, width_);
    });
  }
  /// A row of the matte itself.
  [[nodiscard]] const T* row(int y) { return reader_.row(y); }
  /// Whether the gradients of a block are zero because the matte has one value all around. May say
  /// no although it has.
  [[nodiscard]] bool flat(int block) const { return changes_.none(block); }

  void set_on(int block, bool on) { on_[static_cast<std::size_t>(block)] = on ? 1 : 0; }
  [[nodiscard]] bool on(int block) const { return on_[static_cast<std::size_t>(block)] != 0; }
  /// Works out the blocks of row y that are on.
  void compute(int y) {
    const auto rows = window_.around(y);
    for_each_run(on_, [&](int first, int end) {
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
  void copy(int block, const Magnitudes& other) {
    std::copy_n(other.values_.begin() + block * kBlockColumns, kBlockColumns,
                values_.begin() + block * kBlockColumns);
  }
  /// By column; whole blocks, so beyond the image as well, where they are 0.
  [[nodiscard]] const double* values() const { return values_.data(); }

 private:
  int width_;
  RowReader<T> reader_;
  const GradientTaps<R>& taps_;
  NotesInReach<R> changes_;
  RowWindow<T, R> window_;
  Scratch scratch_;
  std::vector<std::uint8_t> on_;
  std::vector<double> values_;
};

/// The gradients of several predictions that may have much in common with the first.
template <typename T, int R>
class Predictions {
 public:
  Predictions(std::span<const MatteRows<T>> mattes, const GradientTaps<R>& taps, Border border)
      : width_{mattes[0].size().width},
        differences_(mattes.size(), NotesInReach<R>{mattes[0].size()}) {
    for (const MatteRows<T>& matte : mattes) magnitudes_.emplace_back(matte, taps, border);
  }

  void go_to(int y) {
    for (std::size_t i = 0; i < magnitudes_.size(); ++i) {
      magnitudes_[i].go_to(y);
      if (i == 0) continue;
      differences_[i].go_to(y, [&](int row, std::uint8_t* rows_left, std::uint8_t window) {
        note_differences(magnitudes_[0].row(row), magnitudes_[i].row(row), rows_left, window,
                         width_);
      });
    }
  }
  /// Decides what compute() will do for a block: nothing where it is not needed, or where it is
  /// flat or as in the first prediction unless `all`. Returns whether any is computed.
  bool choose(int block, bool needed, bool all) {
    bool any = false;
    for (std::size_t i = 0; i < magnitudes_.size(); ++i) {
      Magnitudes<T, R>& own = magnitudes_[i];
      own.set_on(block, needed && (all || (!own.flat(block) && !as_first(i, block))));
      any |= own.on(block);
    }
    return any;
  }
  /// Works out row y; `on` are the blocks whose values will be used.
  void compute(int y, const std::vector<std::uint8_t>& on) {
    for (std::size_t i = 0; i < magnitudes_.size(); ++i) {
      Magnitudes<T, R>& own = magnitudes_[i];
      own.compute(y);
      for (std::size_t b = 0; b < on.size(); ++b) {
        const int block = static_cast<int>(b);
        if (on[b] == 0 || own.on(block)) continue;
        if (as_first(i, block)) {
          own.copy(block, magnitudes_[0]);
        } else {
          own.set_zero(block);
        }
      }
    }
  }
  [[nodiscard]] const double* values(std::size_t i) const { return magnitudes_[i].values(); }

 private:
  [[nodiscard]] bool as_first(std::size_t i, int block) const {
    return i > 0 && differences_[i].none(block);
  }

  int width_;
  std::vector<Magnitudes<T, R>> magnitudes_;
  std::vector<NotesInReach<R>> differences_;  ///< from the first
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
  [[nodiscard]] std::size_t pair() const { return request_.pair; }
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
std::vector<double> error_sums(std::span<const MatteRows<T>> predicted_mattes,
                               const MatteRows<T>& truth_matte, const GradientTaps<R>& taps,
                               Border border, std::span<const GradientRequest> requests,
                               FlatAreas flat_areas) {
  const Size size = truth_matte.size();
  const auto blocks = static_cast<std::size_t>(block_count(size.width));
  Predictions<T, R> predicted{predicted_mattes, taps, border};
  Magnitudes<T, R> truth{truth_matte, taps, border};
  std::vector<Accumulator> sums;
  for (const GradientRequest& request : requests) {
    sums.emplace_back(request, blocks * kBlockColumns);
  }
  const bool all = flat_areas == FlatAreas::compute;
  std::vector<std::uint8_t> on(blocks);
  for (int y = 0; y < size.height; ++y) {
    predicted.go_to(y);
    truth.go_to(y);
    for (Accumulator& sum : sums) sum.start_row(y);
    for (std::size_t i = 0; i < blocks; ++i) {
      const int block = static_cast<int>(i);
      const bool needed =
          std::ranges::any_of(sums, [block](const Accumulator& sum) { return sum.needs(block); });
      truth.set_on(block, needed && (all || !truth.flat(block)));
      on[i] = predicted.choose(block, needed, all) || truth.on(block) ? 1 : 0;
      if (on[i] != 0 && !truth.on(block)) truth.set_zero(block);
    }
    predicted.compute(y, on);
    truth.compute(y);
    for_each_run(on, [&](int first, int end) {
      for (Accumulator& sum : sums) {
        sum.add(predicted.values(sum.pair()), truth.values(), first, end);
      }
    });
    for (Accumulator& sum : sums) sum.end_row();
  }
  std::vector<double> totals;
  for (const Accumulator& sum : sums) totals.push_back(sum.total());
  return totals;
}

}  // namespace

std::vector<double> gradient_error_sums(std::span<const MattePair* const> pairs,
                                        GradientKernel kernel, Border border,
                                        std::span<const GradientRequest> requests,
                                        FlatAreas flat_areas) {
  for (const GradientRequest& request : requests) {
    require_same_size(*pairs[request.pair], request.region);
  }
  return pairs[0]->visit([&]<typename T>(const TypedPair<T>& first) -> std::vector<double> {
    if constexpr (std::is_same_v<T, std::uint32_t>) {
      assert(false &&
             "stretched mattes: give the mattes as they were and the factors in the requests");
      return std::vector<double>(requests.size(), std::numeric_limits<double>::quiet_NaN());
    } else {
      std::vector<MatteRows<T>> predicted;
      for (const MattePair* pair : pairs) {
        predicted.push_back(pair->visit([]<typename Other>(const TypedPair<Other>& typed) {
          assert((std::is_same_v<Other, T>));
          if constexpr (std::is_same_v<Other, T>) return typed.predicted;
          return MatteRows<T>{};
        }));
      }
      const std::span<const MatteRows<T>> mattes{predicted};
      return kernel == GradientKernel::taps9
                 ? error_sums(mattes, first.truth, kTaps9, border, requests, flat_areas)
                 : error_sums(mattes, first.truth, kTaps13, border, requests, flat_areas);
    }
  });
}

std::vector<double> gradient_error_sums(const MattePair& pair, GradientKernel kernel, Border border,
                                        std::span<const GradientRequest> requests,
                                        FlatAreas flat_areas) {
  const MattePair* const alone = &pair;
  return gradient_error_sums({&alone, 1}, kernel, border, requests, flat_areas);
}

}  // namespace mbench::metrics

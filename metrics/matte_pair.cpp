#include "metrics/matte_pair.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>
#include <type_traits>

#include <fmt/core.h>

#include "core/error.hpp"

namespace mbench::metrics {
namespace {

constexpr std::uint32_t kFull8 = 255;
constexpr std::uint32_t kFull16 = 65535;
/// Components and their pixels are counted in 32 bits (metrics/component_tree.hpp); sums would hold
/// more.
constexpr std::int64_t kMaxPixels = std::numeric_limits<std::uint32_t>::max();

/// What an opaque pixel holds in a file of this type.
template <typename T>
constexpr T kFullAlpha = std::is_same_v<T, float> ? T{1} : std::numeric_limits<T>::max();

/// Whether clamping would change a pixel of the row.
template <typename T>
bool differs_from_trimap(const T* row, const std::uint8_t* known, int width) {
  std::uint8_t differs = 0;  // not bool, so that the loop vectorises
  for (int x = 0; x < width; ++x) {
    const auto in_background = static_cast<std::uint8_t>(known[x] == kBackground);
    const auto in_foreground = static_cast<std::uint8_t>(known[x] == kForeground);
    const auto not_zero = static_cast<std::uint8_t>(row[x] != T{0});
    const auto not_full = static_cast<std::uint8_t>(row[x] != kFullAlpha<T>);
    differs = static_cast<std::uint8_t>(differs | (in_background & not_zero) |
                                        (in_foreground & not_full));
  }
  return differs != 0;
}

template <typename T>
void clamp_row(const T* row, const std::uint8_t* known, T* __restrict clamped, int width) {
  // Two simple loops vectorise, one with both questions does not.
  for (int x = 0; x < width; ++x) clamped[x] = known[x] == kBackground ? T{0} : row[x];
  for (int x = 0; x < width; ++x) {
    clamped[x] = known[x] == kForeground ? kFullAlpha<T> : clamped[x];
  }
}

void require_same_size(AlphaView predicted, AlphaView truth) {
  if (predicted.size() == truth.size()) return;
  throw Error{ErrorKind::bad_input,
              {.what = "prediction and ground truth must have one size",
               .expected = fmt::format("{} (ground truth)", to_string(truth.size())),
               .found = fmt::format("{} (prediction)", to_string(predicted.size())),
               .fix = "write predictions at the size of the ground truth"}};
}

void require_scorable_size(Size size) {
  if (size.pixels() > 0 && size.pixels() <= kMaxPixels) return;
  throw Error{ErrorKind::bad_input,
              {.what = "mattes of this size cannot be scored",
               .expected = fmt::format("1 to {} pixels", kMaxPixels),
               .found = to_string(size),
               .fix = "check the file, or cut the image into parts"}};
}

/// `role` is "prediction" or "ground truth".
void require_finite(AlphaView matte, std::string_view role) {
  matte.visit([&]<typename T>(const PixelView<T>& pixels) {
    if constexpr (std::is_same_v<T, float>) {
      for (int y = 0; y < pixels.size().height; ++y) {
        const auto row = pixels.row(y);
        const auto bad =
            std::ranges::find_if(row, [](float value) { return !std::isfinite(value); });
        if (bad == row.end()) continue;
        throw Error{ErrorKind::bad_input,
                    {.what = fmt::format("the {} holds a value that is not a finite number", role),
                     .expected = "finite alpha values",
                     .found = fmt::format("{} at row {}, column {}", *bad, y, bad - row.begin()),
                     .fix = "look for a division by zero in the program that wrote it"}};
      }
    }
  });
}

template <typename T>
struct Range {
  T min, max;
};

template <typename T>
Range<T> range_of(const MatteRows<T>& matte) {
  const auto [width, height] = matte.size();
  RowReader<T> reader{matte};
  Range<T> range{matte(0, 0), matte(0, 0)};
  for (int y = 0; y < height; ++y) {
    T low = range.min;  // local copies, so that the loop vectorises
    T high = range.max;
    const T* const row = reader.row(y);
    for (int x = 0; x < width; ++x) {
      low = std::min(low, row[x]);
      high = std::max(high, row[x]);
    }
    range = {low, high};
  }
  return range;
}

MatteRows<std::uint16_t> as_16_bits(AlphaView matte) {
  return {matte, 0, matte.depth() == Depth::u8 ? kFull16 / kFull8 : 1};
}

}  // namespace

MattePair::MattePair(AlphaView predicted, AlphaView truth) {
  require_same_size(predicted, truth);
  require_scorable_size(truth.size());
  require_finite(predicted, "prediction");
  require_finite(truth, "ground truth");
  const auto either = [&](Depth depth) {
    return predicted.depth() == depth || truth.depth() == depth;
  };
  if (either(Depth::f32)) {
    pixels_ = TypedPair<double>{MatteRows<double>{predicted}, MatteRows<double>{truth}, 1};
  } else if (either(Depth::u16)) {
    pixels_ = TypedPair<std::uint16_t>{as_16_bits(predicted), as_16_bits(truth), kFull16};
  } else {
    pixels_ = TypedPair<std::uint8_t>{MatteRows<std::uint8_t>{predicted},
                                      MatteRows<std::uint8_t>{truth}, kFull8};
  }
}

MatteRanges MattePair::ranges() const {
  return visit([](const auto& pair) {
    const auto in_double = [](const auto& range) {
      return MatteRange{.min = static_cast<double>(range.min),
                        .max = static_cast<double>(range.max)};
    };
    const double full = static_cast<double>(pair.full);
    const auto is_full = [full](const MatteRange& range) {
      return range.min == 0.0 && range.max == full;
    };
    MatteRanges ranges{.predicted = in_double(range_of(pair.predicted)),
                       .truth = in_double(range_of(pair.truth))};
    ranges.both_full = is_full(ranges.predicted) && is_full(ranges.truth);
    return ranges;
  });
}

template <typename Wide, typename T>
std::optional<MattePair> MattePair::stretched_integers(const TypedPair<T>& pair) {
  const Range<T> predicted = range_of(pair.predicted);
  const Range<T> truth = range_of(pair.truth);
  const auto spans_all = [&](const Range<T>& range) {
    return range.min == 0 && range.max == pair.full;
  };
  if (spans_all(predicted) && spans_all(truth)) return std::nullopt;
  // A constant matte has no range; with 1 in its place it becomes 0 everywhere.
  const Wide predicted_range = std::max<Wide>(1, static_cast<Wide>(predicted.max - predicted.min));
  const Wide truth_range = std::max<Wide>(1, static_cast<Wide>(truth.max - truth.min));
  return MattePair{
      TypedPair<Wide>{pair.predicted.template shifted_and_scaled<Wide>(predicted.min, truth_range),
                      pair.truth.template shifted_and_scaled<Wide>(truth.min, predicted_range),
                      std::uint32_t{predicted_range} * std::uint32_t{truth_range}}};
}

std::optional<MattePair> MattePair::stretched() const {
  return visit([]<typename T>(const TypedPair<T>& pair) -> std::optional<MattePair> {
    if constexpr (std::is_same_v<T, std::uint8_t>) {
      return stretched_integers<std::uint16_t>(pair);  // at most 255 * 255
    } else if constexpr (std::is_same_v<T, std::uint16_t>) {
      return stretched_integers<std::uint32_t>(pair);  // at most 65535 * 65535
    } else if constexpr (std::is_same_v<T, std::uint32_t>) {
      return std::nullopt;  // only stretched mattes have this type
    } else {
      const Range<double> predicted = range_of(pair.predicted);
      const Range<double> truth = range_of(pair.truth);
      return MattePair{TypedPair<double>{pair.predicted.stretched(predicted.min, predicted.max),
                                         pair.truth.stretched(truth.min, truth.max), 1}};
    }
  });
}

void require_same_size(const MattePair& pair, const Region& region) {
  if (pair.size() == region.size()) return;
  throw Error{ErrorKind::bad_input,
              {.what = "mattes and scored region must have one size",
               .expected = fmt::format("{} (mattes)", to_string(pair.size())),
               .found = fmt::format("{} (region)", to_string(region.size())),
               .fix = "use the trimap that belongs to this ground truth"}};
}

bool obeys_trimap(AlphaView predicted, TrimapView trimap) {
  return predicted.visit([&](const auto& source) {
    for (int y = 0; y < source.size().height; ++y) {
      if (differs_from_trimap(source.row_data(y), trimap.row_data(y), source.size().width)) {
        return false;
      }
    }
    return true;
  });
}

Matte clamped_to_trimap(AlphaView predicted, TrimapView trimap) {
  return predicted.visit([&]<typename T>(const PixelView<T>& source) -> Matte {
    Plane<T> result{source.size()};
    for (int y = 0; y < source.size().height; ++y) {
      clamp_row(source.row_data(y), trimap.row_data(y), result.row(y).data(), source.size().width);
    }
    return result;
  });
}

}  // namespace mbench::metrics

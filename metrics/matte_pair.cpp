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

/// Alpha as doubles. `role` is "prediction" or "ground truth".
Plane<double> to_f64(AlphaView matte, std::string_view role) {
  Plane<double> result{matte.size()};
  matte.visit([&]<typename T>(const PixelView<T>& source) {
    for (int y = 0; y < source.size().height; ++y) {
      const auto from = source.row(y);
      const auto to = result.row(y);
      for (std::size_t x = 0; x < from.size(); ++x) {
        if constexpr (std::is_same_v<T, float>) {
          if (!std::isfinite(from[x])) {
            throw Error{
                ErrorKind::bad_input,
                {.what = fmt::format("the {} holds a value that is not a finite number", role),
                 .expected = "finite alpha values",
                 .found = fmt::format("{} at row {}, column {}", from[x], y, x),
                 .fix = "look for a division by zero in the program that wrote it"}};
          }
          to[x] = static_cast<double>(from[x]);
        } else {
          to[x] = from[x] / static_cast<double>(std::is_same_v<T, std::uint8_t> ? kFull8 : kFull16);
        }
      }
    }
  });
  return result;
}

template <typename T>
struct Range {
  T min, max;
};

template <typename T>
Range<T> range_of(const PixelView<T>& pixels) {
  Range<T> range{pixels(0, 0), pixels(0, 0)};
  for (int y = 0; y < pixels.size().height; ++y) {
    T low = range.min;  // local copies, so that the loop vectorises
    T high = range.max;
    for (const T value : pixels.row(y)) {
      low = std::min(low, value);
      high = std::max(high, value);
    }
    range = {low, high};
  }
  return range;
}

/// (v - offset) * factor
template <typename Wide, typename T>
Plane<Wide> shifted_and_scaled(const PixelView<T>& pixels, T offset, Wide factor) {
  Plane<Wide> result{pixels.size()};
  for (int y = 0; y < pixels.size().height; ++y) {
    const auto from = pixels.row(y);
    const auto to = result.row(y);
    for (std::size_t x = 0; x < from.size(); ++x) {
      to[x] = static_cast<Wide>(static_cast<Wide>(from[x] - offset) * factor);
    }
  }
  return result;
}

Plane<double> stretched_doubles(const PixelView<double>& pixels, Range<double> range) {
  Plane<double> result{pixels.size()};
  if (range.min == range.max) return result;
  for (int y = 0; y < pixels.size().height; ++y) {
    const auto from = pixels.row(y);
    const auto to = result.row(y);
    for (std::size_t x = 0; x < from.size(); ++x) {
      to[x] = (from[x] - range.min) / (range.max - range.min);
    }
  }
  return result;
}

}  // namespace

MattePair::MattePair(AlphaView predicted, AlphaView truth) {
  require_same_size(predicted, truth);
  require_scorable_size(truth.size());
  if (predicted.depth() == Depth::f32 || truth.depth() == Depth::f32) {
    own(to_f64(predicted, "prediction"), to_f64(truth, "ground truth"), 1);
    return;
  }
  predicted.visit([&](const auto& predicted_pixels) {
    truth.visit([&](const auto& truth_pixels) {
      using P = std::remove_cvref_t<decltype(predicted_pixels(0, 0))>;
      using T = std::remove_cvref_t<decltype(truth_pixels(0, 0))>;
      if constexpr (std::is_same_v<P, float> || std::is_same_v<T, float>) {
        return;  // done above
      } else if constexpr (std::is_same_v<P, T>) {
        pixels_ = TypedPair<T>{predicted_pixels, truth_pixels,
                               std::is_same_v<T, std::uint8_t> ? kFull8 : kFull16};
      } else {
        own(to_u16(predicted), to_u16(truth), kFull16);
      }
    });
  });
}

template <typename T>
void MattePair::own(Plane<T> predicted, Plane<T> truth, std::uint32_t full) {
  storage_.clear();
  storage_.reserve(2);
  storage_.emplace_back(std::move(predicted));
  storage_.emplace_back(std::move(truth));
  pixels_ = TypedPair<T>{std::get<Plane<T>>(storage_[0]), std::get<Plane<T>>(storage_[1]), full};
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
  MattePair result;
  result.own(shifted_and_scaled<Wide>(pair.predicted, predicted.min, truth_range),
             shifted_and_scaled<Wide>(pair.truth, truth.min, predicted_range),
             std::uint32_t{predicted_range} * std::uint32_t{truth_range});
  return result;
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
      MattePair result;
      result.own(stretched_doubles(pair.predicted, predicted), stretched_doubles(pair.truth, truth),
                 1);
      return result;
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

#include "imaging/trimap_levels.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "core/error.hpp"

namespace mbench::imaging {
namespace {

constexpr int kLevelsShown = 8;
constexpr int kScale16 = 257;  // 16-bit code of an 8-bit level: 255 becomes 65535

/// A level and the number of its pixels.
using LevelCount = std::pair<int, std::int64_t>;

std::string setting(TrimapLevels levels) {
  return fmt::format("[{}, {}, {}]", levels.background, levels.unknown, levels.foreground);
}

void require_distinct(TrimapLevels levels) {
  const auto in_range = [](int level) { return level >= 0 && level <= 255; };
  if (in_range(levels.background) && in_range(levels.unknown) && in_range(levels.foreground) &&
      levels.background != levels.unknown && levels.unknown != levels.foreground &&
      levels.background != levels.foreground) {
    return;
  }
  throw Error{ErrorKind::usage,
              {.what = "trimap_levels must be three different values",
               .expected = "[background, unknown, foreground], each from 0 to 255",
               .found = setting(levels)}};
}

template <typename T>
std::vector<LevelCount> levels_of(const Plane<T>& plane) {
  std::vector<std::int64_t> histogram(std::size_t{1} << (8 * sizeof(T)));
  for (const T value : plane.values()) ++histogram[value];
  std::vector<LevelCount> found;
  for (std::size_t level = 0; level < histogram.size(); ++level) {
    if (histogram[level] != 0) found.emplace_back(static_cast<int>(level), histogram[level]);
  }
  return found;
}

/// The setting that accepts up to three found levels, in ascending order. Where fewer than three
/// were found, the others are those of `usual` that move least.
std::optional<TrimapLevels> accepting_levels(const std::vector<LevelCount>& found,
                                             TrimapLevels usual) {
  if (found.empty() || found.size() > 3) return std::nullopt;
  const auto is_found = [&](int level) {
    return std::ranges::any_of(found, [&](const LevelCount& f) { return f.first == level; });
  };
  const std::array standard{usual.background, usual.unknown, usual.foreground};
  std::optional<TrimapLevels> best;
  int best_change = 0;
  // Every way of handing the found levels to the three slots, the rest staying as usual.
  for (unsigned slots = 1; slots < 8; ++slots) {
    std::array<int, 3> candidate = standard;
    std::size_t next = 0;
    int change = 0;
    for (std::size_t slot = 0; slot < 3; ++slot) {
      if ((slots >> slot & 1U) == 0 || next >= found.size()) continue;
      candidate[slot] = found[next++].first;
      change += std::abs(candidate[slot] - standard[slot]);
    }
    const bool ascends = candidate[0] < candidate[1] && candidate[1] < candidate[2];
    const auto accepted = std::ranges::count_if(candidate, is_found);
    if (!ascends || accepted != static_cast<std::ptrdiff_t>(found.size())) continue;
    if (!best || change < best_change) {
      best = TrimapLevels{candidate[0], candidate[1], candidate[2]};
      best_change = change;
    }
  }
  return best;
}

std::string describe(const std::vector<LevelCount>& found) {
  std::string text = fmt::format("{} level{}: ", found.size(), found.size() == 1 ? "" : "s");
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (i == kLevelsShown) return text + fmt::format(" and {} more", found.size() - i);
    text += fmt::format("{}{} ({} px)", i == 0 ? "" : ", ", found[i].first, found[i].second);
  }
  return text;
}

/// What the values of a file are.
enum class Coding { bytes, wide };  ///< wide: 16-bit values that are no multiples of 257

[[noreturn]] void throw_levels(const std::vector<LevelCount>& found, TrimapLevels levels,
                               Coding coding) {
  std::string fix =
      "save the trimap as PNG with exactly three levels; resize it, if at all, with "
      "nearest neighbour";
  std::string expected =
      fmt::format("{}, {} and {} only", levels.background, levels.unknown, levels.foreground);
  if (coding == Coding::wide) {
    // Half of 65535 is what many programs write for unknown.
    expected = fmt::format("{}, {} and {} only: in 16 bits {}, {} and {}, each times 257",
                           kScale16 * levels.background, kScale16 * levels.unknown,
                           kScale16 * levels.foreground, levels.background, levels.unknown,
                           levels.foreground);
    fix = fmt::format(
        "write {} for background, {} for unknown and {} for foreground, or save the "
        "trimap as 8-bit PNG with {}, {} and {}",
        kScale16 * levels.background, kScale16 * levels.unknown, kScale16 * levels.foreground,
        levels.background, levels.unknown, levels.foreground);
  } else {
    if (const auto accepting = accepting_levels(found, levels)) {
      fix = fmt::format(
          "set trimap_levels = {} (background, unknown, foreground) in the data set's mbench.toml, "
          "or give --trimap-levels {},{},{} to `mbench eval` or `mbench explain`",
          setting(*accepting), accepting->background, accepting->unknown, accepting->foreground);
    }
  }
  throw Error{ErrorKind::bad_input,
              {.what = "the trimap holds other levels than background, unknown and foreground",
               .expected = std::move(expected),
               .found = describe(found),
               .fix = std::move(fix)}};
}

Trimap map_levels(const Plane<std::uint8_t>& plane, TrimapLevels levels) {
  constexpr std::uint8_t kInvalid = 1;  // no level of a trimap
  std::array<std::uint8_t, 256> code{};
  code.fill(kInvalid);
  code[static_cast<std::size_t>(levels.background)] = kBackground;
  code[static_cast<std::size_t>(levels.unknown)] = kUnknown;
  code[static_cast<std::size_t>(levels.foreground)] = kForeground;
  Trimap trimap{plane.size()};
  const auto from = plane.values();
  const auto to = trimap.values();
  std::uint8_t seen = 0;
  for (std::size_t i = 0; i < from.size(); ++i) {
    to[i] = code[from[i]];
    seen |= static_cast<std::uint8_t>(to[i] == kInvalid);
  }
  if (seen != 0) throw_levels(levels_of(plane), levels, Coding::bytes);
  return trimap;
}

}  // namespace

Trimap trimap_from_levels(const Matte& channel, TrimapLevels levels) {
  require_distinct(levels);
  return channel.visit([&]<typename T>(const Plane<T>& plane) -> Trimap {
    if constexpr (std::is_same_v<T, std::uint8_t>) {
      return map_levels(plane, levels);
    } else if constexpr (std::is_same_v<T, std::uint16_t>) {
      Plane<std::uint8_t> narrow{plane.size()};
      const std::span<const T> from = plane.values();
      const bool codes_bytes =
          std::ranges::all_of(from, [](T value) { return value % kScale16 == 0; });
      if (!codes_bytes) throw_levels(levels_of(plane), levels, Coding::wide);
      std::ranges::transform(from, narrow.values().begin(),
                             [](T value) { return static_cast<std::uint8_t>(value / kScale16); });
      return map_levels(narrow, levels);
    } else {
      throw Error{ErrorKind::bad_input,
                  {.what = "a trimap must hold integers",
                   .expected = "an 8- or 16-bit file",
                   .found = "a float file",
                   .fix = "save the trimap as 8-bit PNG with the levels 0, 128, 255"}};
    }
  });
}

}  // namespace mbench::imaging

#include "metrics/connectivity_sums.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <type_traits>
#include <vector>

#include "core/simd_clones.hpp"
#include "metrics/component_tree.hpp"
#include "metrics/level_scale.hpp"
#include "metrics/levels_kept.hpp"
#include "metrics/wide_integer.hpp"

namespace mbench::metrics {
namespace {

/// d [d >= 0.15] in units of 1/(10 full): d = 10 value - full level. No 8- or 16-bit value has
/// d = 0.15 exactly (3 full is odd, 2 d even).
template <typename Wide>
MBENCH_SIMD_BODY Wide disconnected(Wide value, Wide level_times_full, Wide three_full) {
  const auto d = static_cast<Wide>(static_cast<Wide>(10) * value - level_times_full);
  return static_cast<Wide>(2 * d) >= three_full ? d : Wide{0};
}

/// Small enough for the partial sums: 1024 * 10 * 65535 fits into 32 bits.
constexpr int kBlock = 1024;

template <typename T, typename Wide, typename Partial>
MBENCH_SIMD_BODY std::uint64_t sum_row_of(const T* predicted, const T* truth,
                                          const std::uint8_t* level, const std::uint8_t* inside,
                                          Wide full, int width) {
  const auto three_full = static_cast<Wide>(3 * full);
  std::uint64_t total = 0;
  for (int begin = 0; begin < width; begin += kBlock) {
    const int end = std::min(width, begin + kBlock);
    Partial partial = 0;
    for (int x = begin; x < end; ++x) {
      const auto level_times_full = static_cast<Wide>(static_cast<Wide>(level[x]) * full);
      const Wide of_predicted =
          disconnected(static_cast<Wide>(predicted[x]), level_times_full, three_full);
      const Wide of_truth = disconnected(static_cast<Wide>(truth[x]), level_times_full, three_full);
      const auto difference =
          static_cast<Wide>(std::max(of_predicted, of_truth) - std::min(of_predicted, of_truth));
      partial += static_cast<Partial>(static_cast<Wide>(difference * inside[x]));
    }
    total += partial;
  }
  return total;
}

MBENCH_SIMD_CLONES std::uint64_t sum_row(const std::uint8_t* predicted, const std::uint8_t* truth,
                                         const std::uint8_t* level, const std::uint8_t* inside,
                                         std::uint32_t full, int width) {
  return sum_row_of<std::uint8_t, std::int16_t, std::uint32_t>(
      predicted, truth, level, inside, static_cast<std::int16_t>(full), width);
}

MBENCH_SIMD_CLONES std::uint64_t sum_row(const std::uint16_t* predicted, const std::uint16_t* truth,
                                         const std::uint8_t* level, const std::uint8_t* inside,
                                         std::uint32_t full, int width) {
  return sum_row_of<std::uint16_t, std::int32_t, std::uint32_t>(
      predicted, truth, level, inside, static_cast<std::int32_t>(full), width);
}

std::uint64_t sum_row(const std::uint32_t* predicted, const std::uint32_t* truth,
                      const std::uint8_t* level, const std::uint8_t* inside, std::uint32_t full,
                      int width) {
  return sum_row_of<std::uint32_t, std::int64_t, std::uint64_t>(
      predicted, truth, level, inside, static_cast<std::int64_t>(full), width);
}

double sum_row(const double* predicted, const double* truth, const std::uint8_t* level,
               const std::uint8_t* inside, std::uint32_t /*full*/, int width) {
  const auto disconnected_part = [](double value, int from_level) {
    const double d = value - from_level / 10.0;
    return d >= 0.15 ? d : 0.0;
  };
  double total = 0.0;
  for (int x = 0; x < width; ++x) {
    if (inside[x] == 0) continue;
    total +=
        std::abs(disconnected_part(predicted[x], level[x]) - disconnected_part(truth[x], level[x]));
  }
  return total;
}

/// Requests with the same rules: they differ in their regions.
struct Column {
  ConnectionRules rules{};
  ThresholdLevels thresholds{};
  std::vector<std::uint8_t> kept{};     ///< by node of the tree
  std::vector<std::size_t> requests{};  ///< their numbers
};

/// Columns that one tree serves.
template <typename T>
struct Group {
  LevelScale<T> scale{};
  std::vector<Column> columns{};
};

/// What a request asks of the tree. Whether an empty level is an error is for the caller to say.
ConnectionRules connection_rules(const ConnectivityRequest& request) {
  return {.empty_level =
              request.empty_level == EmptyLevel::error ? EmptyLevel::drop : request.empty_level,
          .tie_order = request.tie_order,
          .components = request.components};
}

template <typename T>
std::vector<Group<T>> grouped(std::span<const ConnectivityRequest> requests, std::uint32_t full) {
  struct Placed {
    ThresholdMisses<T> misses{};
    std::size_t group{};
  };
  std::vector<Group<T>> groups;
  std::vector<Placed> placed;
  for (const ConnectivityRequest& request : requests) {
    const auto misses =
        threshold_misses<T>(request.predicted_threshold, request.truth_threshold, full);
    auto group = std::ranges::find_if(groups, [&](Group<T>& g) { return g.scale.add(misses); });
    if (group == groups.end()) {
      group = groups.emplace(groups.end());
      group->scale.add(misses);
    }
    placed.push_back({misses, static_cast<std::size_t>(group - groups.begin())});
  }
  // The scales are complete now, so that levels stand for thresholds.
  for (std::size_t i = 0; i < requests.size(); ++i) {
    Group<T>& group = groups[placed[i].group];
    const ConnectionRules rules = connection_rules(requests[i]);
    const ThresholdLevels thresholds = group.scale.levels_of(placed[i].misses);
    auto column = std::ranges::find_if(group.columns, [&](const Column& known) {
      return known.rules == rules && known.thresholds == thresholds;
    });
    if (column == group.columns.end()) {
      column = group.columns.insert(column, {.rules = rules, .thresholds = thresholds});
    }
    column->requests.push_back(i);
  }
  return groups;
}

/// The lowest j that no pixel reaches in both mattes, 0 if there is none.
int empty_threshold(const ComponentTree& tree, const ThresholdLevels& thresholds) {
  for (int j = 1; j <= kTopLevel; ++j) {
    if (tree.pixels_from(thresholds[static_cast<std::size_t>(j)]) == 0) return j;
  }
  return 0;
}

/// Runs are written in steps of so many pixels, over the end: the next run covers what is too much.
constexpr std::size_t kStep = 16;

/// The levels kept in row y; `row` has room for kStep pixels more.
void write_row(const ComponentTree& tree, const std::vector<std::uint8_t>& kept, int y,
               std::uint8_t* row) {
  tree.for_each_run(y, [&](std::size_t begin, std::size_t end, ComponentTree::Node node) {
    const std::uint8_t level = kept[node];
    for (std::size_t x = begin; x < end; x += kStep) std::memset(row + x, level, kStep);
  });
}

template <typename T>
void measure(const TypedPair<T>& mattes, Group<T>& group,
             std::span<const ConnectivityRequest> requests, std::vector<ConnectivitySum>& sums) {
  constexpr bool kIsFloat = std::is_same_v<T, double>;
  const Size size = mattes.truth.size();
  const ComponentTree tree{group.scale.levels(mattes).view(), group.scale.top_level()};
  for (Column& column : group.columns) {
    column.kept = levels_kept(tree, column.thresholds, column.rules);
  }
  const auto width = static_cast<std::size_t>(size.width);
  std::vector<std::uint8_t> kept(width + kStep);
  std::vector<std::uint8_t> inside(width);
  const std::vector<std::uint8_t> everywhere(width, 1);
  std::vector<std::conditional_t<kIsFloat, double, UInt128>> totals(requests.size());
  RowReader<T> predicted{mattes.predicted}, truth{mattes.truth};
  for (int y = 0; y < size.height; ++y) {
    for (const Column& column : group.columns) {
      write_row(tree, column.kept, y, kept.data());
      for (const std::size_t i : column.requests) {
        const bool whole = requests[i].region.is_whole();
        if (!whole) requests[i].region.mask_row(y, inside);
        totals[i] += sum_row(predicted.row(y), truth.row(y), kept.data(),
                             (whole ? everywhere : inside).data(), mattes.full, size.width);
      }
    }
  }
  for (const Column& column : group.columns) {
    for (const std::size_t i : column.requests) {
      sums[i] = {.value = static_cast<double>(totals[i]),
                 .sum_unit = kIsFloat ? 1.0 : 10.0 * mattes.full};
      if (requests[i].empty_level == EmptyLevel::error) {
        sums[i].empty_threshold = empty_threshold(tree, column.thresholds);
      }
    }
  }
}

}  // namespace

std::vector<ConnectivitySum> connectivity_sums(const MattePair& pair,
                                               std::span<const ConnectivityRequest> requests) {
  for (const ConnectivityRequest& request : requests) require_same_size(pair, request.region);
  std::vector<ConnectivitySum> sums(requests.size());
  pair.visit([&]<typename T>(const TypedPair<T>& mattes) {
    std::vector<Group<T>> groups = grouped<T>(requests, mattes.full);
    for (Group<T>& group : groups) measure(mattes, group, requests, sums);
  });
  return sums;
}

}  // namespace mbench::metrics

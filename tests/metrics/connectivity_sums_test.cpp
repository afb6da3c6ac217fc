#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "core/error.hpp"
#include "metrics/connected_levels_plain.hpp"
#include "metrics/connectivity.hpp"
#include "metrics/level_scale.hpp"
#include "tests/metrics/allocation_peak.hpp"
#include "tests/metrics/level_planes.hpp"
#include "tests/metrics/small_planes.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"

using namespace mbench;
using namespace mbench::metrics;
using testing::common_levels;

namespace {

/// Every combination of rules, over the whole image and over the unknown pixels.
std::vector<ConnectivityRequest> every_request(TrimapView trimap) {
  std::vector<ConnectivityRequest> all;
  using enum ThresholdRule;
  for (const Region& region : {Region::whole(trimap.size()), Region::unknown(trimap)}) {
    for (const ThresholdRule predicted : {inclusive, f64}) {
      for (const ThresholdRule truth : {inclusive, f64}) {
        for (const EmptyLevel empty : {EmptyLevel::drop, EmptyLevel::skip, EmptyLevel::error}) {
          for (const TieOrder order : {TieOrder::row_major, TieOrder::column_major}) {
            for (const Components components :
                 {Components::foreground_only, Components::with_background}) {
              all.push_back({region, predicted, truth, empty, order, components});
            }
          }
        }
      }
    }
  }
  return all;
}

/// From the labelings of every threshold, in double precision.
double plain_sum(const MattePair& pair, const ConnectivityRequest& request) {
  const Plane<std::uint8_t> kept = connected_levels_plain(
      common_levels(pair, request.predicted_threshold, request.truth_threshold),
      {request.empty_level, request.tie_order, request.components});
  return pair.visit([&](const auto& mattes) {
    double sum = 0.0;
    request.region.for_each([&](int y, int x) {
      const auto phi = [&](double value) {
        const double d = value / mattes.full - kept(y, x) / 10.0;
        return 1.0 - (d >= 0.15 ? d : 0.0);
      };
      sum += std::abs(phi(static_cast<double>(mattes.predicted(y, x))) -
                      phi(static_cast<double>(mattes.truth(y, x))));
    });
    return sum;
  });
}

int highest(const MattePair& pair, const ConnectivityRequest& request) {
  const Plane<std::uint8_t> common =
      common_levels(pair, request.predicted_threshold, request.truth_threshold);
  return *std::ranges::max_element(common.values());
}

void check_together_alone_and_plain(const MattePair& pair, TrimapView trimap) {
  const std::vector<ConnectivityRequest> requests = every_request(trimap);
  const std::vector<ConnectivitySum> together = connectivity_sums(pair, requests);
  REQUIRE(together.size() == requests.size());
  int different = 0;
  for (std::size_t i = 0; i < requests.size(); ++i) {
    const ConnectivitySum alone = connectivity_sums(pair, {&requests[i], 1}).front();
    if (alone.value != together[i].value || alone.sum_unit != together[i].sum_unit ||
        alone.empty_threshold != together[i].empty_threshold) {
      ++different;
    }
    const double plain = plain_sum(pair, requests[i]);
    if (std::abs(alone.value / alone.sum_unit - plain) > 1e-9) ++different;
    const int top = highest(pair, requests[i]);
    const bool stops = requests[i].empty_level == EmptyLevel::error && top < kTopLevel;
    if (alone.empty_threshold != (stops ? top + 1 : 0)) ++different;
  }
  CHECK(different == 0);
}

/// Values near the thresholds and at their ties, so that the rules differ.
Plane<std::uint8_t> near_thresholds(Size size, std::mt19937& random) {
  Plane<std::uint8_t> plane{size};
  const std::uint32_t highest = random() % 2 == 0 ? 10 : 8;
  for (std::uint8_t& value : plane.values()) {
    const auto tie = static_cast<int>(255 * (random() % (highest + 1)) / 10);
    value = static_cast<std::uint8_t>(std::clamp(tie + static_cast<int>(random() % 3) - 1, 0, 255));
  }
  return plane;
}

}  // namespace

TEST_CASE("requests made together give what each gives alone, and what the definition gives",
          "[metrics][conn]") {
  std::mt19937 random{99};
  for (int round = 0; round < 25; ++round) {
    const Size size{1 + static_cast<int>(random() % 20), 1 + static_cast<int>(random() % 20)};
    const Plane<std::uint8_t> predicted = near_thresholds(size, random);
    const Plane<std::uint8_t> truth = near_thresholds(size, random);
    const Trimap trimap = testing::noise_trimap(size, random());
    const MattePair bytes{predicted.view(), truth.view()};
    check_together_alone_and_plain(bytes, trimap.view());
    const Plane<std::uint16_t> wide = to_u16(predicted.view());
    check_together_alone_and_plain(MattePair{wide.view(), truth.view()}, trimap.view());
    const Plane<float> floats = testing::as_floats(predicted);
    check_together_alone_and_plain(MattePair{floats.view(), truth.view()}, trimap.view());
    if (const auto stretched = bytes.stretched()) {
      check_together_alone_and_plain(*stretched, trimap.view());
    }
  }
}

TEST_CASE(
    "both threshold rules of 8-bit mattes make one scale of 11 levels; crossed rules need two",
    "[metrics][conn]") {
  using enum ThresholdRule;
  LevelScale<std::uint8_t> scale;
  CHECK(scale.add(threshold_misses<std::uint8_t>(inclusive, inclusive, 255)));
  CHECK(scale.top_level() == 10);
  CHECK(scale.add(threshold_misses<std::uint8_t>(f64, f64, 255)));
  CHECK(scale.top_level() == 11);
  CHECK(scale.levels_of(threshold_misses<std::uint8_t>(inclusive, inclusive, 255)) ==
        ThresholdLevels{0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11});
  CHECK(scale.levels_of(threshold_misses<std::uint8_t>(f64, f64, 255)) ==
        ThresholdLevels{0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11});
  CHECK(scale.add(threshold_misses<std::uint8_t>(f64, inclusive, 255)));
  CHECK(scale.top_level() == 12);
  CHECK_FALSE(scale.add(threshold_misses<std::uint8_t>(inclusive, f64, 255)));
  CHECK(scale.top_level() == 12);
}

TEST_CASE("mattes of two values reach all thresholds at once", "[metrics][conn]") {
  // Stretched by a range of 1, full alpha is 1: nothing lies between the thresholds.
  const auto predicted = testing::rows_u8({{7, 8, 7, 8}, {7, 7, 7, 7}});
  const auto truth = testing::rows_u8({{3, 4, 3, 4}, {3, 4, 3, 3}});
  const Trimap trimap{predicted.size(), kUnknown};
  const auto stretched = MattePair{predicted.view(), truth.view()}.stretched();
  REQUIRE(stretched);
  CHECK(common_levels(*stretched, ThresholdRule::inclusive, ThresholdRule::inclusive) ==
        testing::rows_u8({{0, 10, 0, 10}, {0, 0, 0, 0}}));
  check_together_alone_and_plain(*stretched, trimap.view());
}

TEST_CASE("no requests give no sums, and a region of another size is refused", "[metrics][conn]") {
  const Plane<std::uint8_t> plane{{4, 3}, 255};
  const MattePair pair{plane.view(), plane.view()};
  CHECK(connectivity_sums(pair, {}).empty());
  const ConnectivityRequest request{.region = Region::whole({3, 3})};
  CHECK_THROWS_AS(connectivity_sums(pair, {&request, 1}), Error);
}

TEST_CASE("on random noise the connectivity error takes at most 8 bytes of memory per pixel",
          "[metrics][conn]") {
  const Size size{512, 512};
  const Plane<std::uint8_t> predicted = testing::noise_plane(size, 1);
  for (const Plane<std::uint8_t>& truth :
       {testing::noise_plane(size, 2), Plane<std::uint8_t>{size, 255}}) {
    const MattePair pair{predicted.view(), truth.view()};
    const std::vector<ConnectivityRequest> requests{
        {.region = Region::whole(size)},
        {.region = Region::whole(size), .tie_order = TieOrder::column_major}};
    const testing::AllocationPeak peak;
    static_cast<void>(connectivity_sums(pair, requests));
    CHECK(peak.bytes() > size.pixels());
    CHECK(peak.bytes() <= 8 * size.pixels());
  }
}

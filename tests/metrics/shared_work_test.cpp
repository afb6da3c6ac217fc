#include <algorithm>
#include <bit>
#include <random>
#include <vector>

#include "metrics/gradient.hpp"
#include "metrics/gradient_sums.hpp"
#include "metrics/protocol.hpp"
#include "metrics/sad.hpp"
#include "tests/metrics/allocation_peak.hpp"
#include "tests/metrics/golden.hpp"
#include "tests/metrics/small_planes.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"

using namespace mbench;
using namespace mbench::metrics;

namespace {

bool same_bits(double first, double second) {
  return std::bit_cast<std::uint64_t>(first) == std::bit_cast<std::uint64_t>(second);
}

/// Every protocol in company against itself alone, to the bit.
void check_company(std::vector<const Protocol*> protocols, const ScoreInput& input) {
  const std::vector<ColumnScores> together = evaluate(protocols, input);
  REQUIRE(together.size() == protocols.size());
  for (std::size_t i = 0; i < protocols.size(); ++i) {
    CAPTURE(protocols[i]->id);
    const ColumnScores alone = evaluate(*protocols[i], input);
    REQUIRE(together[i].size() == alone.size());
    for (std::size_t column = 0; column < alone.size(); ++column) {
      const auto& [id, score] = together[i][column];
      CAPTURE(id);
      CHECK(id == alone[column].first);
      CHECK(score.defined == alone[column].second.defined);
      CHECK(score.reason == alone[column].second.reason);
      if (score.defined) CHECK(same_bits(score.value, alone[column].second.value));
    }
  }
}

std::vector<const Protocol*> every_protocol() {
  return {all_protocols().begin(), all_protocols().end()};
}

/// Flat but for some rectangles of noise, of other flat values and single pixels.
Plane<std::uint8_t> patches(Size size, std::mt19937& random) {
  const auto below = [&random](int limit) {
    return static_cast<int>(random() % static_cast<std::uint32_t>(limit));
  };
  Plane<std::uint8_t> result{size, static_cast<std::uint8_t>(random() % 256)};
  for (int patch = 0; patch < 6; ++patch) {
    const bool noise = patch % 2 == 0;
    const int height = patch < 4 ? 1 + below(12) : 1;
    const int width = patch < 4 ? 1 + below(40) : 1;
    const int top = below(size.height);
    const int left = below(size.width);
    const auto value = static_cast<std::uint8_t>(random() % 256);
    for (int y = top; y < std::min(size.height, top + height); ++y) {
      for (int x = left; x < std::min(size.width, left + width); ++x) {
        result(y, x) = noise ? static_cast<std::uint8_t>(random() % 256) : value;
      }
    }
  }
  return result;
}

Trimap patchy_trimap(Size size, std::mt19937& random) {
  Trimap trimap = patches(size, random);
  for (int y = 0; y < size.height; ++y) {
    for (std::uint8_t& level : trimap.row(y)) {
      level = level % 4 == 0 ? kBackground : level % 4 == 1 ? kForeground : kUnknown;
    }
  }
  return trimap;
}

}  // namespace

TEST_CASE("protocols evaluated together give the bits that each gives alone",
          "[metrics][protocol]") {
  for (const std::string& name : testing::golden_case_names()) {
    CAPTURE(name);
    const testing::GoldenCase pair = testing::load_golden_case(name);
    check_company(every_protocol(), {.predicted = pair.predicted.view(),
                                     .truth = pair.truth.view(),
                                     .trimap = pair.trimap.view(),
                                     .predicted_trimap = pair.predicted_trimap.view()});
  }
}

TEST_CASE("the order of protocols, and naming one twice, change no bit", "[metrics][protocol]") {
  std::mt19937 random{1};
  const Size size{90, 50};
  const auto predicted = patches(size, random);
  const auto truth = patches(size, random);
  const Trimap trimap = patchy_trimap(size, random);
  std::vector<const Protocol*> protocols = every_protocol();
  protocols.insert(protocols.begin(), protocols.back());
  std::ranges::reverse(protocols);
  const auto check = [&](AlphaView predicted_view, AlphaView truth_view) {
    check_company(protocols, {.predicted = predicted_view,
                              .truth = truth_view,
                              .trimap = trimap.view(),
                              .predicted_trimap = trimap.view()});
  };
  check(predicted.view(), truth.view());
  check(to_u16(predicted.view()).view(), truth.view());
  check(testing::as_floats(predicted).view(), truth.view());
}

TEST_CASE("a frame has the dtSSD in company that it has alone, in mattes of any depth",
          "[metrics][protocol][dtssd]") {
  std::mt19937 random{2};
  const Size size{37, 21};
  const Trimap trimap = patchy_trimap(size, random);
  const auto predicted = patches(size, random), truth = patches(size, random);
  const auto before = patches(size, random), truth_before = patches(size, random);
  const Matte fine{to_u16(before.view())}, floats{testing::as_floats(before)};
  for (const AlphaView previous : {AlphaView{before.view()}, fine.view(), floats.view()}) {
    check_company(every_protocol(),
                  {.predicted = predicted.view(),
                   .truth = truth.view(),
                   .trimap = trimap.view(),
                   .predicted_trimap = trimap.view(),
                   .frame = SequenceFrame{.previous_predicted = previous,
                                          .previous_truth = truth_before.view()}});
  }
}

TEST_CASE("no protocols give no scores", "[metrics][protocol]") {
  CHECK(evaluate(std::span<const Protocol* const>{}, {}).empty());
}

TEST_CASE("a column that was not announced is computed alone", "[metrics]") {
  const Size size{40, 30};
  const auto predicted = testing::noise_plane(size, 1);
  const auto truth = testing::noise_plane(size, 2);
  const Trimap trimap = testing::noise_trimap(size, 3);
  PreparedMattes announced{predicted.view(), truth.view(), trimap.view()};
  announced.expect(find_protocol("dim-matlab").columns);
  announced.expect(find_protocol("aim").columns);
  PreparedMattes plain{predicted.view(), truth.view(), trimap.view()};
  const GradientSwitches grad{.pixels = {.region = ScoredRegion::detail}};
  const SadSwitches detail{.pixels = {.region = ScoredRegion::detail}};
  const SadSwitches whole{};
  CHECK(same_bits(gradient(announced, grad).value, gradient(plain, grad).value));
  CHECK(same_bits(sad(announced, whole).value, sad(plain, whole).value));
  CHECK(same_bits(sad(announced, detail).value, sad(plain, detail).value));
  // Columns that need a trimap and have none do not spoil those that need none.
  PreparedMattes without{predicted.view(), truth.view()};
  without.expect(find_protocol("dim-matlab").columns);
  CHECK(same_bits(sad(without, whole).value, sad(plain, whole).value));
}

TEST_CASE("skipping flat areas changes no bit of Grad", "[metrics][grad]") {
  const auto kernel = GENERATE(GradientKernel::taps9, GradientKernel::taps13);
  const auto border = GENERATE(Border::replicate, Border::reflect);
  std::mt19937 random{9};
  for (const Size size :
       {Size{1, 1}, Size{3, 2}, Size{15, 40}, Size{16, 5}, Size{17, 60}, Size{32, 32}, Size{33, 21},
        Size{150, 70}, Size{160, 3}, Size{5, 90}, Size{1, 50}, Size{70, 1}}) {
    for (int round = 0; round < 8; ++round) {
      CAPTURE(size.width, size.height, round, static_cast<int>(kernel), static_cast<int>(border));
      const auto predicted = patches(size, random);
      const auto truth = patches(size, random);
      const Trimap trimap = patchy_trimap(size, random);
      const std::vector<GradientRequest> requests{
          {.region = Region::whole(size)},
          {.region = Region::unknown(trimap.view())},
          {.region = Region::unknown(trimap.view()),
           .predicted_scale = 1.0 / 150.0,
           .truth_scale = 1.0 / 255.0},
          {.region = Region::not_equal(trimap.view(), kBackground), .predicted_scale = 0.0}};
      const auto check = [&](const MattePair& pair) {
        const auto skipped = gradient_error_sums(pair, kernel, border, requests);
        const auto computed =
            gradient_error_sums(pair, kernel, border, requests, FlatAreas::compute);
        for (std::size_t i = 0; i < requests.size(); ++i) {
          CAPTURE(i);
          const auto alone = gradient_error_sums(pair, kernel, border, {&requests[i], 1});
          CHECK(same_bits(skipped[i], computed[i]));
          CHECK(same_bits(skipped[i], alone[0]));
        }
      };
      check(MattePair{predicted.view(), truth.view()});
      check(MattePair{to_u16(predicted.view()).view(), truth.view()});
      check(MattePair{testing::as_floats(predicted).view(), truth.view()});
    }
  }
}

TEST_CASE("a clamped prediction beside the plain one has the bits of Grad that it has alone",
          "[metrics][grad]") {
  const auto kernel = GENERATE(GradientKernel::taps9, GradientKernel::taps13);
  std::mt19937 random{10};
  for (const Size size : {Size{1, 1}, Size{20, 9}, Size{150, 70}, Size{33, 90}}) {
    for (int round = 0; round < 8; ++round) {
      CAPTURE(size.width, size.height, round, static_cast<int>(kernel));
      const auto predicted = patches(size, random);
      const auto truth = patches(size, random);
      const Trimap trimap = patchy_trimap(size, random);
      const Matte clamped = clamped_to_trimap(predicted.view(), trimap.view());
      const MattePair plain_pair{predicted.view(), truth.view()};
      const MattePair clamped_pair{clamped.view(), truth.view()};
      const std::vector<const MattePair*> pairs{&plain_pair, &clamped_pair};
      std::vector<GradientRequest> requests;
      for (const std::size_t pair : {std::size_t{0}, std::size_t{1}}) {
        requests.push_back({.region = Region::whole(size), .pair = pair});
        requests.push_back(
            {.region = Region::unknown(trimap.view()), .truth_scale = 1.5, .pair = pair});
      }
      const auto together = gradient_error_sums(pairs, kernel, Border::reflect, requests);
      const auto computed =
          gradient_error_sums(pairs, kernel, Border::reflect, requests, FlatAreas::compute);
      for (std::size_t i = 0; i < requests.size(); ++i) {
        CAPTURE(i);
        GradientRequest request = requests[i];
        request.pair = 0;
        const auto alone =
            gradient_error_sums(*pairs[requests[i].pair], kernel, Border::reflect, {&request, 1});
        CHECK(same_bits(together[i], alone[0]));
        CHECK(same_bits(together[i], computed[i]));
      }
    }
  }
}

TEST_CASE("a prediction that obeys the trimap is not clamped", "[metrics]") {
  const auto trimap = testing::rows_u8({{0, 128, 255, 127}});
  const auto obeys = testing::rows_u8({{0, 20, 255, 40}});
  const auto differs = testing::rows_u8({{0, 20, 254, 40}});
  const auto truth = testing::rows_u8({{0, 50, 255, 60}});
  CHECK(obeys_trimap(obeys.view(), trimap.view()));
  CHECK(obeys_trimap(to_u16(obeys.view()).view(), trimap.view()));
  CHECK(obeys_trimap(testing::as_floats(obeys).view(), trimap.view()));
  CHECK_FALSE(obeys_trimap(differs.view(), trimap.view()));
  CHECK_FALSE(obeys_trimap(testing::as_floats(differs).view(), trimap.view()));
  const auto one_pair = [&](AlphaView predicted) {
    PreparedMattes mattes{predicted, truth.view(), trimap.view()};
    return &mattes.pair({.clamp = Clamp::to_trimap}) == &mattes.pair({});
  };
  CHECK(one_pair(obeys.view()));
  CHECK_FALSE(one_pair(differs.view()));
}

TEST_CASE("switches that change nothing for these mattes are simplified away", "[metrics]") {
  const auto trimap = testing::rows_u8({{0, 128, 255}});
  const auto full = testing::rows_u8({{0, 20, 255}});
  const auto narrow = testing::rows_u8({{0, 20, 250}});
  const PixelSwitches all{
      .region = ScoredRegion::unknown, .clamp = Clamp::to_trimap, .stretch = Stretch::min_max};
  PreparedMattes plain{full.view(), full.view(), trimap.view()};
  CHECK(plain.simplified(all) == PixelSwitches{.region = ScoredRegion::unknown});
  // Clamping makes 255 of the 250 here, so there is nothing left to stretch.
  PreparedMattes clamped{narrow.view(), full.view(), trimap.view()};
  CHECK(clamped.simplified(all) ==
        PixelSwitches{.region = ScoredRegion::unknown, .clamp = Clamp::to_trimap});
  PreparedMattes stretched{narrow.view(), full.view(), trimap.view()};
  CHECK(stretched.simplified({.stretch = Stretch::min_max}) ==
        PixelSwitches{.stretch = Stretch::min_max});
}

TEST_CASE("a protocol takes at most 12 bytes of memory per pixel in any depth, all of them 14",
          "[metrics][protocol]") {
  const Size size{600, 500};
  // Neither spans [0, 1] nor obeys the trimap, so nothing is simplified away.
  std::mt19937 random{3};
  const auto predicted = testing::random_plane<std::uint8_t>(size, 250, random);
  const auto truth = testing::random_plane<std::uint8_t>(size, 240, random);
  const Trimap trimap = testing::noise_trimap(size, 3);
  const std::vector<Matte> predictions{predicted, to_u16(predicted.view()),
                                       testing::as_floats(predicted)};
  const std::vector<Matte> truths{truth, to_u16(truth.view()), testing::as_floats(truth)};
  const auto check = [&](const std::vector<const Protocol*>& protocols, double bytes_per_pixel) {
    for (const Matte& prediction : predictions) {
      for (const Matte& alpha : truths) {
        const testing::AllocationPeak peak;
        static_cast<void>(evaluate(protocols, {.predicted = prediction.view(),
                                               .truth = alpha.view(),
                                               .trimap = trimap.view(),
                                               .predicted_trimap = trimap.view()}));
        CAPTURE(protocols.front()->id, to_string(prediction.depth()), to_string(alpha.depth()));
        CHECK(static_cast<double>(peak.bytes()) <=
              bytes_per_pixel * static_cast<double>(size.pixels()));
      }
    }
  };
  for (const Protocol* protocol : all_protocols()) check({protocol}, 12.0);
  check(every_protocol(), 14.0);
}

TEST_CASE("Grad takes a few rows of memory, stretched or not", "[metrics][grad]") {
  const Size size{300, 900};
  const auto predicted = testing::noise_plane(size, 1);
  Plane<std::uint8_t> truth = testing::noise_plane(size, 2);
  std::ranges::replace(truth.values(), std::uint8_t{255}, std::uint8_t{254});
  PreparedMattes mattes{predicted.view(), truth.view()};
  const testing::AllocationPeak peak;
  static_cast<void>(gradient(mattes, {.pixels = {.stretch = Stretch::min_max}}));
  CHECK(peak.bytes() <= size.pixels());
}

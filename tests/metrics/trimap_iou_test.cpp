#include "metrics/trimap_iou.hpp"

#include "core/error.hpp"
#include "tests/metrics/small_planes.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"

using namespace mbench;
using namespace mbench::metrics;
using Catch::Contains;
using testing::rows_u8;

namespace {

Score score(const Trimap& predicted, const Trimap& truth, TrimapScore which) {
  return trimap_score(trimap_overlap(predicted.view(), truth.view()), {which});
}

}  // namespace

TEST_CASE("accuracy and IoU of eight pixels are those worked out by hand", "[metrics][trimap]") {
  const Trimap predicted = rows_u8({{0, 0, 128, 255}, {0, 128, 128, 255}});
  const Trimap truth = rows_u8({{0, 0, 128, 255}, {128, 128, 255, 255}});
  CHECK(score(predicted, truth, TrimapScore::accuracy).value == 6.0 / 8.0);
  CHECK(score(predicted, truth, TrimapScore::iou_background).value == 2.0 / 3.0);
  CHECK(score(predicted, truth, TrimapScore::iou_unknown).value == 2.0 / 4.0);
  CHECK(score(predicted, truth, TrimapScore::iou_foreground).value == 2.0 / 3.0);
  const double mean = (2.0 / 3.0 + 2.0 / 4.0 + 2.0 / 3.0) / 3.0;
  CHECK(score(predicted, truth, TrimapScore::miou_of_three).value == Approx(mean).epsilon(1e-15));
  CHECK(score(predicted, truth, TrimapScore::miou_of_present).value == Approx(mean).epsilon(1e-15));
}

TEST_CASE("a class in neither trimap has no IoU, and is left out of the mean over those present",
          "[metrics][trimap]") {
  const Trimap predicted = rows_u8({{0, 128}});
  const Trimap truth = rows_u8({{0, 0}});
  CHECK(score(predicted, truth, TrimapScore::iou_foreground) ==
        Score::undefined("no foreground pixels in either trimap"));
  CHECK(score(predicted, truth, TrimapScore::miou_of_three) ==
        Score::undefined("no foreground pixels in either trimap"));
  CHECK(score(predicted, truth, TrimapScore::miou_of_present).value == (1.0 / 2.0 + 0.0) / 2.0);
}

TEST_CASE("pixels of other levels belong to no class and are errors", "[metrics][trimap]") {
  const Trimap predicted = rows_u8({{127, 0}});
  const Trimap truth = rows_u8({{127, 0}});
  CHECK(score(predicted, truth, TrimapScore::accuracy).value == 0.5);
  const Trimap none = rows_u8({{127, 1}});
  CHECK(score(none, none, TrimapScore::miou_of_present) ==
        Score::undefined("none of the three classes in either trimap"));
}

TEST_CASE("a trimap against itself is perfect; swapping and transposing change nothing",
          "[metrics][trimap]") {
  const Trimap predicted = testing::noise_trimap({40, 30}, 1);
  const Trimap truth = testing::noise_trimap({40, 30}, 2);
  for (const TrimapScore which : {TrimapScore::accuracy, TrimapScore::iou_unknown,
                                  TrimapScore::miou_of_three, TrimapScore::miou_of_present}) {
    CHECK(score(truth, truth, which).value == 1.0);
    CHECK(score(predicted, truth, which) == score(truth, predicted, which));
    CHECK(score(predicted, truth, which) ==
          score(testing::transposed(predicted), testing::transposed(truth), which));
  }
}

TEST_CASE("trimaps of different sizes or without pixels are refused", "[metrics][trimap]") {
  CHECK_THROWS_WITH(trimap_overlap(Trimap{{3, 2}}.view(), Trimap{{2, 2}}.view()),
                    Contains("2x2 (true trimap)") && Contains("3x2 (predicted trimap)"));
  CHECK_THROWS_WITH(trimap_overlap(Trimap{}.view(), Trimap{}.view()), Contains("without pixels"));
}

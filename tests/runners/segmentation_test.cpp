#include "runners/segmentation_source.hpp"

#include "imaging/io.hpp"
#include "runners/runner.hpp"
#include "runners/scoring.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"
#include "tests/support/images.hpp"

using namespace mbench;
using namespace mbench::runners;
using Catch::Contains;

namespace {

constexpr Size kSize{90, 70};

/// A solid rectangle.
Matte solid_truth() {
  Plane<std::uint8_t> alpha{kSize};
  for (int y = 8; y < 62; ++y) {
    for (int x = 10; x < 80; ++x) alpha(y, x) = 255;
  }
  return alpha;
}

/// Answers with the segmentation that it was given.
class Echo final : public baselines::Method {
 public:
  [[nodiscard]] baselines::Estimate estimate(const baselines::MattingInput& input) const override {
    REQUIRE(input.segmentation != nullptr);
    return {.alpha = Matte{*input.segmentation}};
  }
};

void write_set(const testing::TemporaryFolder& folder) {
  imaging::write_image(folder / "set/image/a.png", testing::noise_image(kSize, 1));
  imaging::write_matte(folder / "set/alpha/a.png", solid_truth(), Depth::u8);
}

datasets::Dataset open_set(const testing::TemporaryFolder& folder) {
  return datasets::open_dataset((folder / "set").string());
}

RunJob job_for(const baselines::Method& method, const datasets::Dataset& dataset,
               std::string_view segmentation) {
  return {.method = method,
          .needs = {.segmentation = true},
          .method_info = {.id = "echo", .title = "Echo"},
          .dataset = dataset,
          .manifest_sha256 = "0",
          .protocols = find_protocols({"whole"}),
          .segmentation = segmentation_source(segmentation, dataset)};
}

std::string error_text(const Error& error) {
  return error.parts().what + " | " + error.parts().where + " | " + error.parts().fix;
}

}  // namespace

TEST_CASE("a segmentation is made from the truth where the data set has none",
          "[runners][segmentation]") {
  const testing::TemporaryFolder folder;
  write_set(folder);
  const datasets::Dataset dataset = open_set(folder);
  const Echo echo;
  const RunOutcome outcome =
      run(job_for(echo, dataset, ""), {.folder = folder / "run", .threads = 1});
  REQUIRE(outcome.record.failed == 0);
  const auto options = outcome.record.method.options;
  REQUIRE(options.size() == 1);
  CHECK(options.front() ==
        std::pair<std::string, std::string>{"segmentation", "zhou2021:erosion=20"});
  CHECK(imaging::read_matte(folder / "run/mattes/a.png") ==
        Matte{imaging::coarse_segmentation(solid_truth().view(), {.erosion_px = 20})});
}

TEST_CASE("the data set's own segmentations are used unless a rule is named",
          "[runners][segmentation]") {
  const testing::TemporaryFolder folder;
  write_set(folder);
  const Plane<std::uint8_t> own = testing::noise_plane(kSize, 7);
  imaging::write_matte(folder / "set/segmentation/a.png", own.view(), Depth::u8);
  const datasets::Dataset dataset = open_set(folder);
  const Echo echo;
  const RunOutcome given =
      run(job_for(echo, dataset, ""), {.folder = folder / "given", .threads = 1});
  REQUIRE(given.record.failed == 0);
  CHECK(given.record.method.options.front().second == "dataset");
  CHECK(imaging::read_matte(folder / "given/mattes/a.png") == Matte{own});

  const RunJob by_rule = job_for(echo, dataset, "zhou2021:erosion=30:radius");
  const RunOutcome made = run(by_rule, {.folder = folder / "made", .threads = 1});
  REQUIRE(made.record.failed == 0);
  CHECK(made.record.method.options.front().second == "zhou2021:erosion=30:radius");
  CHECK(imaging::read_matte(folder / "made/mattes/a.png") ==
        Matte{imaging::coarse_segmentation(
            solid_truth().view(), {.erosion_px = 30, .measure = imaging::ErosionMeasure::radius})});
}

TEST_CASE("where segmentations come from is part of a run's identity", "[runners][segmentation]") {
  const testing::TemporaryFolder folder;
  write_set(folder);
  const datasets::Dataset dataset = open_set(folder);
  const Echo echo;
  const auto identity = [&](std::string_view segmentation) {
    return run_identity(job_for(echo, dataset, segmentation), {.folder = folder / "run"});
  };
  CHECK(identity("") == identity("zhou2021:erosion=20"));
  CHECK(identity("") != identity("zhou2021:erosion=30"));
  CHECK(identity("zhou2021:erosion=30") != identity("zhou2021:erosion=30:radius"));
}

TEST_CASE("a data set with neither segmentations nor truths is refused before a run",
          "[runners][segmentation]") {
  const testing::TemporaryFolder folder;
  imaging::write_image(folder / "set/image/a.png", testing::noise_image(kSize, 1));
  const datasets::Dataset dataset = open_set(folder);
  const Echo echo;
  const RunJob job = job_for(echo, dataset, "");
  try {
    require_runnable(job, {.folder = folder / "run"});
    FAIL("nothing was thrown");
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::bad_input);
    CHECK_THAT(error_text(error), Contains("method 'echo' needs segmentations") &&
                                      Contains("neither these nor truths"));
  }
}

TEST_CASE("a sample without truth fails where segmentations are made from truths",
          "[runners][segmentation]") {
  const Sample sample{.id = "b", .image = testing::noise_image(kSize, 1)};
  for (const bool by_rule : {true, false}) {
    const SegmentationSource source =
        by_rule ? SegmentationSource{imaging::CoarseSegmentation{}} : SegmentationSource{};
    try {
      (void)segmentation_of(sample, source);
      FAIL("nothing was thrown");
    } catch (const Error& error) {
      CHECK_THAT(error_text(error), Contains("b") && Contains("segmentation"));
      CHECK_THAT(error_text(error), Contains(by_rule ? "no truth" : "has none"));
    }
  }
}

TEST_CASE("rules for segmentations are read and written in one form", "[runners][segmentation]") {
  const datasets::Dataset none;
  CHECK(to_string(segmentation_source("", none)) == "zhou2021:erosion=20");
  CHECK(to_string(segmentation_source("zhou2021", none)) == "zhou2021:erosion=20");
  CHECK(to_string(segmentation_source("zhou2021:radius", none)) == "zhou2021:erosion=20:radius");
  CHECK(to_string(segmentation_source("zhou2021:erosion=50", none)) == "zhou2021:erosion=50");
  CHECK(folder_suffix("").empty());
  CHECK(folder_suffix("zhou2021:erosion=50") == "zhou2021-50");
  CHECK(folder_suffix("zhou2021:erosion=50:radius") == "zhou2021-50-radius");
  for (const std::string_view wrong :
       {"zhou", "zhou2021:erosion=0", "zhou2021:erosion=x", "zhou2021:blur=3", "zhou2021:half"}) {
    CAPTURE(wrong);
    CHECK_THROWS_AS(segmentation_source(wrong, none), Error);
  }
}

TEST_CASE("a folder of masks holds segmentations where mbench.toml says so",
          "[runners][segmentation]") {
  const testing::TemporaryFolder folder;
  write_set(folder);
  const Plane<std::uint8_t> own = testing::noise_plane(kSize, 9);
  imaging::write_matte(folder / "set/mask/a.png", own.view(), Depth::u8);
  testing::write_text(folder / "set/mbench.toml", "[folders]\nsegmentation = \"mask\"\n");
  const datasets::Dataset dataset = open_set(folder);
  CHECK(dataset.samples.front().segmentation == folder / "set/mask/a.png");
  CHECK(dataset.samples.front().truth == folder / "set/alpha/a.png");
  const Sample sample = datasets::load_sample(dataset, dataset.samples.front());
  REQUIRE(sample.segmentation.has_value());
  CHECK(*sample.segmentation == own);
}

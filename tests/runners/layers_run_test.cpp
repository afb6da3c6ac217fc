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

constexpr Size kSize{6, 4};

/// Answers colours of `layers` size, or none.
class LayerFinder final : public baselines::Method {
 public:
  explicit LayerFinder(std::optional<Size> layers) : layers_{layers} {}
  [[nodiscard]] baselines::Estimate estimate(const baselines::MattingInput& input) const override {
    baselines::Estimate estimate{.alpha = Matte{Plane<std::uint8_t>{input.image.size()}}};
    if (layers_) {
      estimate.foreground = Plane<Rgb<float>>{*layers_, {1.0F, 0.5F, 0.0F}};
      estimate.background = Plane<Rgb<float>>{*layers_, {0.2F, 0.4F, 0.6F}};
    }
    return estimate;
  }

 private:
  std::optional<Size> layers_;
};

datasets::Dataset make_set(const testing::TemporaryFolder& folder) {
  imaging::write_image(folder.path() / "set/image/a.png", testing::noise_image(kSize, 3));
  imaging::write_matte(folder.path() / "set/alpha/a.png", testing::noise_matte(kSize, 4).view(),
                       Depth::u8);
  return datasets::open_dataset((folder / "set").string());
}

RunJob job_for(const baselines::Method& method, const datasets::Dataset& dataset) {
  return {.method = method,
          .method_info = {.id = "finder", .title = "Finder"},
          .dataset = dataset,
          .manifest_sha256 = "0",
          .protocols = find_protocols(std::vector<std::string>{"whole"})};
}

}  // namespace

TEST_CASE("foregrounds and backgrounds that a method finds are saved in 8 bits",
          "[runners][layers]") {
  const testing::TemporaryFolder folder;
  const datasets::Dataset dataset = make_set(folder);
  const LayerFinder finder{kSize};
  const RunOutcome outcome =
      run(job_for(finder, dataset), {.folder = folder / "run", .threads = 1});
  REQUIRE(outcome.record.failed == 0);
  CHECK(imaging::read_image(folder / "run/foregrounds/a.png") ==
        Image{Plane<Rgb<std::uint8_t>>{kSize, {255, 128, 0}}});
  CHECK(imaging::read_image(folder / "run/backgrounds/a.png") ==
        Image{Plane<Rgb<std::uint8_t>>{kSize, {51, 102, 153}}});
  const auto& digests = outcome.record.samples.front().sha256;
  REQUIRE(digests.size() == 4);
  CHECK(digests[2].first == "pred_foreground");
  CHECK(digests[3].first == "pred_background");
}

TEST_CASE("a method that finds no layers makes no folders for them, nor does a run without mattes",
          "[runners][layers]") {
  const testing::TemporaryFolder folder;
  const datasets::Dataset dataset = make_set(folder);
  const LayerFinder plain{std::nullopt};
  (void)run(job_for(plain, dataset), {.folder = folder / "plain", .threads = 1});
  CHECK_FALSE(std::filesystem::exists(folder / "plain/foregrounds"));
  const LayerFinder finder{kSize};
  (void)run(job_for(finder, dataset),
            {.folder = folder / "unsaved", .threads = 1, .keep_mattes = false});
  CHECK_FALSE(std::filesystem::exists(folder / "unsaved/foregrounds"));
}

TEST_CASE("a run whose foreground was lost makes that sample again, and --fresh discards all",
          "[runners][layers]") {
  const testing::TemporaryFolder folder;
  const datasets::Dataset dataset = make_set(folder);
  const LayerFinder finder{kSize};
  const RunJob job = job_for(finder, dataset);
  (void)run(job, {.folder = folder / "run", .threads = 1});
  std::filesystem::remove(folder / "run/foregrounds/a.png");
  const RunOutcome again =
      run(job, {.folder = folder / "run", .threads = 1, .existing = Existing::resume});
  CHECK_FALSE(again.taken_over);
  CHECK(std::filesystem::exists(folder / "run/foregrounds/a.png"));

  const LayerFinder plain{std::nullopt};
  (void)run(job_for(plain, dataset),
            {.folder = folder / "run", .threads = 1, .existing = Existing::fresh});
  CHECK_FALSE(std::filesystem::exists(folder / "run/backgrounds"));
}

TEST_CASE("a foreground of another size than the image fails the sample", "[runners][layers]") {
  const testing::TemporaryFolder folder;
  const datasets::Dataset dataset = make_set(folder);
  const LayerFinder wrong{Size{3, 3}};
  const RunOutcome outcome = run(job_for(wrong, dataset), {.folder = folder / "run", .threads = 1});
  REQUIRE(outcome.record.failed == 1);
  CHECK_THAT(outcome.record.samples.front().error->parts.what, Contains("foreground's size"));
}

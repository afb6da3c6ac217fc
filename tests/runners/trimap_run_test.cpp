#include <map>
#include <string>

#include "baselines/trimap_input.hpp"
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

constexpr Size kSize{20, 12};

/// The left half background, the right half foreground, and between them `unknown` columns.
Trimap striped(int unknown) {
  Trimap trimap{kSize};
  for (int y = 0; y < kSize.height; ++y) {
    for (int x = 0; x < kSize.width; ++x) {
      const bool is_unknown = x >= 10 - unknown / 2 && x < 10 + unknown / 2;
      trimap(y, x) = is_unknown ? kUnknown : x < 10 ? kBackground : kForeground;
    }
  }
  return trimap;
}

/// Finds the same trimap in every image.
class TrimapFinder final : public baselines::Method {
 public:
  explicit TrimapFinder(Trimap trimap) : trimap_{std::move(trimap)} {}
  [[nodiscard]] baselines::Estimate estimate(const baselines::MattingInput&) const override {
    return {.alpha = baselines::half_where_unknown(trimap_), .trimap = trimap_};
  }

 private:
  Trimap trimap_;
};

enum class Truth { absent, present };

/// Samples a and b with trimaps of 4 and 8 unknown columns.
datasets::Dataset make_set(const testing::TemporaryFolder& folder, Truth truth) {
  for (const auto& [id, unknown] : std::map<std::string, int>{{"a", 4}, {"b", 8}}) {
    const std::string name = id + ".png";
    imaging::write_image(folder.path() / "set/image" / name, testing::noise_image(kSize, 3));
    imaging::write_trimap(folder.path() / "set/trimap" / name, striped(unknown));
    if (truth == Truth::present) {
      imaging::write_matte(folder.path() / "set/alpha" / name, striped(0).view(), Depth::u8);
    }
  }
  return datasets::open_dataset((folder / "set").string());
}

RunJob job_for(const baselines::Method& method, const datasets::Dataset& dataset,
               const std::vector<std::string>& protocols, bool gives_trimap = true) {
  return {.method = method,
          .gives_trimap = gives_trimap,
          .method_info = {.id = "finder", .title = "Finder"},
          .dataset = dataset,
          .manifest_sha256 = "0",
          .protocols = find_protocols(protocols)};
}

double mean(const results::RunRecord& record, std::string_view protocol, std::string_view column) {
  for (const auto& [protocol_id, columns] : record.means) {
    for (const auto& [column_id, summary] : columns) {
      if (protocol_id == protocol && column_id == column) return summary.mean;
    }
  }
  return -1.0;
}

}  // namespace

TEST_CASE("trimaps that a method finds are scored against the samples' and saved",
          "[runners][trimap]") {
  const testing::TemporaryFolder folder;
  const datasets::Dataset dataset = make_set(folder, Truth::present);
  const TrimapFinder finder{striped(4)};
  const RunOutcome outcome =
      run(job_for(finder, dataset, {"trimap", "whole"}), {.folder = folder / "run", .threads = 2});
  REQUIRE(outcome.record.failed == 0);
  // a: all right. b: 4 of 20 columns are unknown and called known.
  CHECK(mean(outcome.record, "trimap", "accuracy") == Approx((1.0 + 0.8) / 2));
  CHECK(mean(outcome.record, "trimap", "iou_unknown") == Approx((1.0 + 0.5) / 2));
  CHECK(mean(outcome.record, "whole", "sad") >= 0.0);
  for (const results::SampleResult& row : outcome.record.samples) {
    const auto file = trimap_file(folder / "run", row.id);
    CHECK(imaging::read_trimap(file) == striped(4));
    CHECK(row.sha256.back().first == "pred_trimap");
  }
}

TEST_CASE("trimaps are scored where there is no truth", "[runners][trimap]") {
  const testing::TemporaryFolder folder;
  const datasets::Dataset dataset = make_set(folder, Truth::absent);
  const TrimapFinder finder{striped(8)};
  const RunOutcome outcome =
      run(job_for(finder, dataset, {"trimap", "whole"}), {.folder = folder / "run", .threads = 1});
  REQUIRE(outcome.record.failed == 0);
  CHECK(mean(outcome.record, "trimap", "iou_bg") == Approx((6.0 / 8.0 + 1.0) / 2));
  CHECK(mean(outcome.record, "whole", "sad") == -1.0);
}

TEST_CASE("a run whose trimap was lost makes that sample again", "[runners][trimap]") {
  const testing::TemporaryFolder folder;
  const datasets::Dataset dataset = make_set(folder, Truth::present);
  const TrimapFinder finder{striped(4)};
  const RunJob job = job_for(finder, dataset, {"trimap"});
  (void)run(job, {.folder = folder / "run", .threads = 1});
  std::filesystem::remove(trimap_file(folder / "run", "b"));
  const RunOutcome again =
      run(job, {.folder = folder / "run", .threads = 1, .existing = Existing::resume});
  CHECK_FALSE(again.taken_over);
  CHECK(std::filesystem::exists(trimap_file(folder / "run", "b")));
}

TEST_CASE("protocols of trimaps are refused for methods that find none", "[runners][trimap]") {
  const testing::TemporaryFolder folder;
  const datasets::Dataset dataset = make_set(folder, Truth::present);
  const TrimapFinder finder{striped(4)};
  const RunJob job = job_for(finder, dataset, {"trimap"}, false);
  try {
    require_runnable(job, {.folder = folder / "run"});
    FAIL("nothing was thrown");
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::usage);
    CHECK_THAT(error.parts().what, Contains("method 'finder' finds none"));
    CHECK_THAT(error.parts().fix, Contains("mbench eval"));
  }
}

TEST_CASE("a trimap of another size than the image fails the sample", "[runners][trimap]") {
  class WrongSize final : public baselines::Method {
   public:
    [[nodiscard]] baselines::Estimate estimate(
        const baselines::MattingInput& input) const override {
      return {.alpha = Matte{Plane<std::uint8_t>{input.image.size()}},
              .trimap = Trimap{Size{4, 4}}};
    }
  };
  const testing::TemporaryFolder folder;
  const datasets::Dataset dataset = make_set(folder, Truth::present);
  const WrongSize method;
  const RunOutcome outcome =
      run(job_for(method, dataset, {"trimap"}), {.folder = folder / "run", .threads = 1});
  CHECK(outcome.record.failed == 2);
  CHECK_THAT(outcome.record.samples.front().error->parts.what, Contains("trimap's size"));
}

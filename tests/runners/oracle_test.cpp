#include "runners/oracle.hpp"

#include <algorithm>

#include "imaging/io.hpp"
#include "metrics/switches.hpp"
#include "runners/runner.hpp"
#include "runners/scoring.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"
#include "tests/support/images.hpp"

using namespace mbench;
using namespace mbench::runners;

namespace {

/// Some columns overwrite the prediction by the trimap's known values, so that a truth which
/// contradicts its trimap has an error there, by definition.
enum class Truth { agrees_with_trimap, contradicts_trimap };

bool is_clamped(const metrics::ScoreColumn& column) {
  return std::visit(
      [](const auto& switches) {
        if constexpr (requires { switches.pixels; }) {
          return switches.pixels.clamp == metrics::Clamp::to_trimap;
        }
        return false;
      },
      column.switches);
}

/// Runs the oracle under every protocol that scores mattes, and checks that every error is 0.
void check_oracle(const datasets::Dataset& dataset, Truth truth) {
  const testing::TemporaryFolder folder;
  const auto oracle = make_oracle(dataset);
  std::vector<const metrics::Protocol*> protocols;
  for (const metrics::Protocol* protocol : metrics::all_protocols()) {
    if (protocol->needs != metrics::ProtocolNeeds::trimap_pair) protocols.push_back(protocol);
  }
  const RunJob job{.method = *oracle,
                   .method_info = {.id = "oracle", .title = "Oracle"},
                   .dataset = dataset,
                   .manifest_sha256 = "0",
                   .protocols = protocols};
  const RunOutcome outcome = run(job, {.folder = folder / "run", .threads = 2});
  REQUIRE(outcome.record.failed == 0);
  for (const auto& [protocol, columns] : outcome.record.means) {
    for (const auto& [column, summary] : columns) {
      CAPTURE(protocol, column);
      const auto& all = metrics::find_protocol(protocol).columns;
      const auto known = std::ranges::find(all, column, &metrics::ScoreColumn::id);
      if (truth == Truth::contradicts_trimap && is_clamped(*known)) continue;
      CHECK(summary.max == 0.0);
      CHECK(summary.min == 0.0);
    }
  }
  CHECK(outcome.record.means.size() == protocols.size());
}

}  // namespace

TEST_CASE("the oracle is perfect on 8- and 16-bit truths under every protocol",
          "[runners][oracle]") {
  const testing::TemporaryFolder folder;
  int seed = 0;
  for (const Depth depth : {Depth::u8, Depth::u16}) {
    const std::string name = depth == Depth::u8 ? "narrow.png" : "wide.png";
    const Size size{33, 21};
    imaging::write_image(folder.path() / "image" / name, testing::noise_image(size, ++seed));
    const Trimap trimap = testing::noise_trimap(size, ++seed);
    Plane<std::uint8_t> alpha = testing::noise_plane(size, ++seed);
    for (std::size_t i = 0; i < alpha.values().size(); ++i) {
      if (trimap.values()[i] != kUnknown) alpha.values()[i] = trimap.values()[i];
    }
    imaging::write_matte(folder.path() / "alpha" / name, alpha.view(), depth);
    imaging::write_trimap(folder.path() / "trimap" / name, trimap);
  }
  check_oracle(datasets::open_dataset(folder.path().string()), Truth::agrees_with_trimap);
}

TEST_CASE("the oracle is perfect on the photographs of alphamatting.com", "[runners][oracle]") {
  const auto root = testing::shared_path("data/alphamatting_train");
  if (!root) return;
  check_oracle(datasets::open_dataset(root->string()), Truth::contradicts_trimap);
}

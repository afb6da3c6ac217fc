#include "runners/oracle.hpp"

#include <catch2/catch.hpp>

#include "imaging/io.hpp"
#include "runners/runner.hpp"
#include "runners/scoring.hpp"
#include "tests/support/files.hpp"
#include "tests/support/images.hpp"

using namespace mbench;
using namespace mbench::runners;

namespace {

/// Runs the oracle under every protocol that scores mattes, and checks that every error is 0.
void check_oracle(const datasets::Dataset& dataset) {
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
    imaging::write_matte(folder.path() / "alpha" / name, testing::noise_matte(size, ++seed), depth);
    imaging::write_trimap(folder.path() / "trimap" / name, testing::noise_trimap(size, ++seed));
  }
  check_oracle(datasets::open_dataset(folder.path().string()));
}

TEST_CASE("the oracle is perfect on the photographs of alphamatting.com", "[runners][oracle]") {
  const auto root = testing::shared_path("data/alphamatting_train");
  if (!root) return;
  check_oracle(datasets::open_dataset(root->string()));
}

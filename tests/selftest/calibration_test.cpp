#include <map>
#include <set>
#include <string>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"

using mbench::testing::read_text;
using mbench::testing::source_path;

TEST_CASE("docs/calibration.md has a line for every protocol and metric of the golden values",
          "[selftest][docs]") {
  const std::string page = read_text(source_path("docs/calibration.md"));
  const auto golden = nlohmann::json::parse(read_text(source_path("tests/golden/golden.json")));
  std::map<std::string, std::set<std::string>> metrics;
  for (const auto& protocols : golden.at("cases")) {
    for (const auto& [protocol, values] : protocols.items()) {
      if (protocol == "trimap_gen") continue;  // made trimaps: another family
      for (const auto& [metric, value] : values.items()) metrics[protocol].insert(metric);
    }
  }
  REQUIRE(metrics.size() > 10);
  for (const auto& [protocol, ids] : metrics) {
    for (const std::string& id : ids) {
      CAPTURE(protocol, id);
      INFO("made again by scripts/calibration");
      CHECK_THAT(page, Catch::Contains(fmt::format("\n| {} | `{}` |", protocol, id)));
    }
  }
  for (const auto& frame : golden.at("sequence").at("per_frame")) {
    for (const auto& [id, value] : frame.items()) {
      CHECK_THAT(page, Catch::Contains(fmt::format("\n| rvm (clip) | `{}` |", id)));
    }
  }
}

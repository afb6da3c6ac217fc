#include "tests/metrics/golden.hpp"

#include <stdexcept>

#include "imaging/io.hpp"
#include "tests/support/files.hpp"

namespace mbench::testing {
namespace {

const nlohmann::json& golden_json() {
  static const nlohmann::json values =
      nlohmann::json::parse(read_text(source_path("tests/golden/golden.json")));
  return values;
}

Matte read(const std::string& folder, const std::string& name) {
  return imaging::read_matte(source_path("tests/golden") / folder / (name + ".png"));
}

/// As a matte, because one case has a level that a reader of trimaps would refuse.
Trimap read_any_levels(const std::string& folder, const std::string& name) {
  const Matte matte = read(folder, name);
  if (matte.depth() != Depth::u8) throw std::runtime_error{name + ": trimap is not 8 bits deep"};
  return to_u8(matte);
}

}  // namespace

std::vector<std::string> golden_case_names() {
  std::vector<std::string> names;
  for (const auto& [name, values] : golden_json().at("cases").items()) names.push_back(name);
  return names;
}

GoldenCase load_golden_case(const std::string& name) {
  return {.name = name,
          .predicted = read("pred", name),
          .truth = read("alpha", name),
          .trimap = read_any_levels("trimap", name),
          .predicted_trimap = read_any_levels("pred_trimap", name),
          .cases = golden_json().at("cases").at(name),
          .exact = golden_json().at("exact").at(name)};
}

}  // namespace mbench::testing

#pragma once
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/matte.hpp"
#include "core/trimap.hpp"

namespace mbench::testing {

/// One pair of tests/golden with its values, see the README there.
struct GoldenCase {
  std::string name;
  Matte predicted;
  Matte truth;
  Trimap trimap;  ///< with whatever levels the file has
  Trimap predicted_trimap;
  nlohmann::json cases;  ///< protocol -> column -> number or {"value": null, ...}
  nlohmann::json exact;
};

[[nodiscard]] std::vector<std::string> golden_case_names();
[[nodiscard]] GoldenCase load_golden_case(const std::string& name);

}  // namespace mbench::testing

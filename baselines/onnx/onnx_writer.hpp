#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

// Writes small ONNX files: the example that `mbench new-method` makes, and those of tests.

namespace mbench::baselines {

struct OnnxNode {
  std::string op{};
  std::vector<std::string> inputs{}, outputs{};
  std::vector<std::pair<std::string, std::vector<std::int64_t>>> attributes{};  ///< lists of ints
};

struct OnnxWeights {
  std::string name{};
  std::vector<std::int64_t> shape{};
  std::vector<float> values{};
};

/// An input or output of float numbers; a length of -1 is left open.
struct OnnxValue {
  std::string name{};
  std::vector<std::int64_t> shape{};
};

struct OnnxModel {
  std::vector<OnnxNode> nodes{};
  std::vector<OnnxWeights> weights{};
  std::vector<OnnxValue> inputs{}, outputs{};
};

/// The bytes of a file with that model: IR version 7, operator set 11.
[[nodiscard]] std::string write_onnx(const OnnxModel& model);

}  // namespace mbench::baselines

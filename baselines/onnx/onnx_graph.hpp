#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mbench::baselines {

/// What an ONNX file says about its network's border; OpenCV keeps neither names nor order.
struct OnnxGraph {
  std::vector<std::string> inputs{};     ///< in their order, without those that are weights
  std::vector<std::string> outputs{};    ///< in their order
  std::vector<std::string> operators{};  ///< of its nodes, each once, sorted
  /// Numbers in initialisers of floating-point type: what was learned, and constants that were
  /// exported as initialisers. Statistics of batch normalisations do not count.
  std::int64_t parameters{};
};

/// Reads it from the file's bytes (onnx.proto: ModelProto). Throws bad_input for what is no
/// protocol buffer or holds no graph.
[[nodiscard]] OnnxGraph read_onnx_graph(std::string_view bytes);

}  // namespace mbench::baselines

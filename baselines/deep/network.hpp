#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "baselines/weights.hpp"
#include "core/device.hpp"
#include "core/size.hpp"

// Networks as they are proven against stored references: arrays in, arrays out, no LibTorch in
// sight. Methods (baselines/method.hpp) are made of the same networks.

namespace mbench::baselines {

/// Numbers in row-major order, last dimension fastest.
struct Array {
  std::vector<std::int64_t> shape{};
  std::vector<float> values{};
};

using Arrays = std::map<std::string, Array, std::less<>>;

/// One tensor of a state dict. A tensor with several names is listed under each.
struct TensorFacts {
  std::string name{};
  std::vector<std::int64_t> shape{};
  std::string type{};  ///< "float32", "int64"
  friend bool operator==(const TensorFacts&, const TensorFacts&) = default;
};

/// Statistics of what one sub-module gave.
struct Stage {
  std::string name{};
  std::vector<std::int64_t> shape{};
  double mean{}, standard_deviation{}, max_abs{};
};

/// What a forward pass costs, in the conventions in which papers count.
struct Cost {
  /// Multiply-accumulates of convolutions, transposed convolutions, linear layers and matrix
  /// products; no biases, and no products written as einsum.
  std::int64_t macs{};
  /// As the program ptflops counts: those of convolutions and linear layers, biases, 2 per element
  /// of a batch normalisation, 1 per output of a ReLU, input of a pooling or output of an
  /// upsampling.
  std::int64_t flops_counter{};
  /// As the program fvcore counted in early 2021 [zhou2021, Table 6]: multiply-accumulates, 5 per
  /// element of a batch normalisation, 1 per output of a resize; a transposed convolution as output
  /// pixels * output channels * shape[1] of its weights * kernel size.
  std::int64_t fvcore{};
};

/// A network with its weights, in single precision.
class Network {
 public:
  virtual ~Network() = default;
  /// The state dict: names and order of the published program.
  [[nodiscard]] virtual std::vector<TensorFacts> state_dict() const = 0;
  /// Elements of all parameters, each once; running statistics do not count.
  [[nodiscard]] virtual std::int64_t parameters() const = 0;
  /// Fills the network and brings it to the device, where it computes from then on. Throws
  /// bad_input, with all names that are missing, unexpected or of another shape; unavailable if
  /// there is no such device.
  virtual void load(const WeightsChoice& weights, const Device& device = {}) = 0;
  /// Computes the outputs among `wanted` that it has, in their names. `stages`, if given, gets one
  /// entry per sub-module, in the order of execution. Throws bad_input if an input is missing or
  /// has a wrong shape.
  [[nodiscard]] virtual Arrays run(const Arrays& inputs, std::span<const std::string> wanted,
                                   std::vector<Stage>* stages = nullptr) const = 0;
  /// Of one forward pass on an image of that size.
  [[nodiscard]] virtual Cost cost(Size size) const = 0;
};

struct NetworkEntry {
  std::string_view id;         ///< name of its folder of references: "gfm_r34_tt"
  std::string_view method;     ///< the method that is made of it: "gfm"
  std::string_view options{};  ///< the method's options for it: "backbone=r34:representation=tt"
  std::unique_ptr<Network> (*make)();
};

/// All networks of the module for networks, which is opened at the first call. Throws unavailable
/// as make_deep_method does.
[[nodiscard]] std::vector<const NetworkEntry*> all_networks();

}  // namespace mbench::baselines

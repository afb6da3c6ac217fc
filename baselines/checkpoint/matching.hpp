#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "baselines/checkpoint/checkpoint.hpp"

namespace mbench::checkpoint {

/// A tensor of a network.
struct WantedTensor {
  /// All names under which the published network lists it, in the order of its state dict. Any of
  /// them will do; if a file has several, the last counts, as it does when PyTorch fills them in
  /// one after the other.
  std::vector<std::string> names{};
  Shape shape{};
};

struct WantedTensors {
  std::string network{};  ///< for messages: "aimnet"
  std::vector<WantedTensor> tensors{};
  /// Beginnings of names that published files hold and the network never uses: "resnet.fc.".
  std::vector<std::string> ignored_prefixes{};
};

/// For each wanted tensor the one of the file. Counters of batch norms (`num_batches_tracked`) may
/// be missing (nullptr) or too many: they serve training alone. A single number may be stored as
/// one axis of length 1, as early versions of PyTorch did.
/// Throws bad_input with all names that are missing, unexpected or of a wrong shape, and for the
/// missing ones the nearest unexpected ones. The pointers are good as long as the checkpoint.
[[nodiscard]] std::vector<const StoredTensor*> match(const WantedTensors& wanted,
                                                     const Checkpoint& checkpoint);

}  // namespace mbench::checkpoint

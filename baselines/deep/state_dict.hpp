#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "baselines/deep/network.hpp"
#include "baselines/deep/torch.hpp"
#include "baselines/weights.hpp"

namespace mbench::deep {

/// A tensor under one of its names.
struct StateEntry {
  std::string name;
  Tensor tensor;
};

/// Names and tensors as Python's state_dict() lists them: of each module its parameters, its
/// buffers, then its sub-modules. A tensor that several modules share appears under each name.
[[nodiscard]] std::vector<StateEntry> state_dict(const torch::nn::Module& network);

[[nodiscard]] std::vector<baselines::TensorFacts> facts(std::span<const StateEntry> entries);

/// Elements of all parameters, each tensor once.
[[nodiscard]] std::int64_t parameter_count(const torch::nn::Module& network);

/// What a network knows about the published file of its weights.
struct NetworkFile {
  std::string_view network{};    ///< for messages: "GFM (r34, tt)"
  std::string_view published{};  ///< "gfm_r34_tt.pth"; "" if there is no file to be found by name
  /// Beginnings of names that published files hold and the network never uses.
  std::span<const std::string_view> unused_prefixes{};
  /// Where `published` is "": what is published all the same, and why it is not found by name; ""
  /// if nothing is.
  std::string_view unnamed{};
};

struct LoadedWeights {
  std::string name;    ///< file, or "recipe:SEED"
  std::string sha256;  ///< of the file, or of the recipe's numbers as text
  bool untrained{};
  std::string reading{};  ///< how the file was read: checkpoint::describe()
};

/// Fills the network from the file or formula that is chosen, or from its published file where
/// neither is. Throws bad_input for a file that cannot be read, with all names that are missing,
/// unexpected or of another shape at once; unavailable if the published file is not here.
LoadedWeights load_weights(torch::nn::Module& network, const NetworkFile& file,
                           const baselines::WeightsChoice& choice);

}  // namespace mbench::deep

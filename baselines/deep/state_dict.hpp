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

/// What a network knows about published files of its weights.
struct PublishedForm {
  std::span<const std::string_view> unused_prefixes{};  ///< entries that may be there or not
};

struct LoadedWeights {
  std::string name;    ///< file, or "recipe:SEED"
  std::string sha256;  ///< of the file, or of the recipe's numbers as text
  bool untrained{};
};

/// Fills the network. Throws bad_input with all names that are missing, unexpected or of another
/// shape. `published` is the file that is looked for if the choice names none; unavailable if it is
/// not there.
LoadedWeights load_weights(torch::nn::Module& network, const baselines::WeightsChoice& choice,
                           std::string_view published = {}, const PublishedForm& form = {});

}  // namespace mbench::deep

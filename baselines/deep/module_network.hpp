#pragma once
#include <functional>
#include <memory>
#include <string_view>

#include "baselines/deep/network.hpp"
#include "baselines/deep/state_dict.hpp"
#include "baselines/deep/torch.hpp"

namespace mbench::deep {

using Tensors = std::map<std::string, Tensor, std::less<>>;

/// A network for proofs: a module and what to do with a folder's arrays.
struct ModuleNetworkParts {
  std::shared_ptr<torch::nn::Module> module;
  /// Gives the outputs by their names in the folder, from its inputs.
  std::function<Tensors(const Tensors& inputs, std::span<const std::string> wanted)> run;
  /// A forward pass on an image of that size, whose cost is counted.
  std::function<void(Size size)> forward;
};

[[nodiscard]] std::unique_ptr<baselines::Network> make_network(ModuleNetworkParts parts);

/// The input of that name. Throws bad_input, naming it, if the folder has none or its number of
/// dimensions or channels differs from [1, channels, H, W].
[[nodiscard]] const Tensor& require_input(const Tensors& inputs, std::string_view name,
                                          std::int64_t channels);

}  // namespace mbench::deep

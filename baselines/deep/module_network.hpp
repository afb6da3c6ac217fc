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
  /// Channels of the one tensor, [1, channels, H, W], that a forward pass takes.
  std::int64_t channels;
  /// A forward pass whose cost is counted.
  std::function<void(const Tensor& input)> forward;
};

[[nodiscard]] std::unique_ptr<baselines::Network> make_network(ModuleNetworkParts parts);

/// The input of that name. Throws bad_input, naming it, if the folder has none or its number of
/// dimensions or channels differs from [1, channels, H, W].
[[nodiscard]] const Tensor& require_input(const Tensors& inputs, std::string_view name,
                                          std::int64_t channels);

/// The picture of that name, [H, W, 3] or [H, W] of 0 to 255, as [1, 3 or 1, H, W] in [0, 1].
/// Throws bad_input if the folder has none or its shape is another.
[[nodiscard]] Tensor require_picture(const Tensors& inputs, std::string_view name);

}  // namespace mbench::deep

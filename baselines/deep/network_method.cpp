#include "baselines/deep/network_method.hpp"

#include <fmt/core.h>

#include "core/sha256.hpp"

namespace mbench::deep {
namespace {

/// Several files as one entry of a record.
LoadedWeights joined(const LoadedWeights& first, const LoadedWeights& second) {
  return {.name = first.name == second.name ? first.name
                                            : fmt::format("{} + {}", first.name, second.name),
          .sha256 = sha256_hex(fmt::format("{}\n{}\n", first.sha256, second.sha256)),
          .untrained = first.untrained || second.untrained};
}

}  // namespace

NetworkMethod::NetworkMethod(const baselines::MethodSettings& settings)
    : inference_{settings.device, settings.precision} {}

void NetworkMethod::load(torch::nn::Module& network, const NetworkFile& file,
                         const baselines::WeightsChoice& weights, std::int64_t macs) {
  LoadedWeights loaded = load_weights(network, file, weights);
  weights_ = weights_.name.empty() ? std::move(loaded) : joined(weights_, loaded);
  parameters_ += parameter_count(network);
  macs_ += macs;
  inference_.place(network);
}

std::string NetworkMethod::content_sha256(std::span<const std::string>) const {
  return weights_.sha256;
}

baselines::MethodFacts NetworkMethod::facts() const {
  return {.weights = weights_.name,
          .weights_sha256 = weights_.sha256,
          .untrained = weights_.untrained,
          .parameters = parameters_,
          .macs = macs_,
          .macs_size = kMacsSize,
          .precision = std::string{to_string(inference_.precision())}};
}

}  // namespace mbench::deep

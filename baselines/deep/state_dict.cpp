#include "baselines/deep/state_dict.hpp"

#include <set>

#include <fmt/core.h>

#include "baselines/deep/formula_weights.hpp"
#include "core/error.hpp"
#include "core/sha256.hpp"

namespace mbench::deep {
namespace {

void append(std::vector<StateEntry>& entries, const torch::nn::Module& module,
            const std::string& prefix) {
  for (const auto& item : module.named_parameters(false)) {
    entries.push_back({prefix + item.key(), item.value()});
  }
  for (const auto& item : module.named_buffers(false)) {
    entries.push_back({prefix + item.key(), item.value()});
  }
  for (const auto& item : module.named_children()) {
    append(entries, *item.value(), prefix + item.key() + ".");
  }
}

std::string_view type_name(at::ScalarType type) {
  switch (type) {
    case at::kLong: return "int64";
    case at::kDouble: return "float64";
    case at::kHalf: return "float16";
    case at::kBFloat16: return "bfloat16";
    default: return "float32";
  }
}

}  // namespace

std::vector<StateEntry> state_dict(const torch::nn::Module& network) {
  std::vector<StateEntry> entries;
  append(entries, network, "");
  return entries;
}

std::vector<baselines::TensorFacts> facts(std::span<const StateEntry> entries) {
  std::vector<baselines::TensorFacts> all;
  for (const StateEntry& entry : entries) {
    all.push_back({.name = entry.name,
                   .shape = entry.tensor.sizes().vec(),
                   .type = std::string{type_name(entry.tensor.scalar_type())}});
  }
  return all;
}

std::int64_t parameter_count(const torch::nn::Module& network) {
  std::set<const void*> seen;
  std::int64_t count = 0;
  for (const Tensor& parameter : network.parameters()) {
    if (seen.insert(parameter.unsafeGetTensorImpl()).second) count += parameter.numel();
  }
  return count;
}

LoadedWeights load_weights(torch::nn::Module& network, const baselines::WeightsChoice& choice,
                           std::string_view published, const PublishedForm& form) {
  (void)published;
  (void)form;
  const at::NoGradGuard no_gradients;
  for (StateEntry& entry : state_dict(network)) {  // of several names the last one counts
    if (entry.tensor.scalar_type() != at::kFloat) {
      entry.tensor.zero_();
      continue;
    }
    std::vector<float> values = formula_weights(*choice.recipe, entry.name, entry.tensor.sizes());
    entry.tensor.copy_(at::from_blob(values.data(), entry.tensor.sizes()));
  }
  return {.name = to_string(choice), .sha256 = {}, .untrained = true};
}

}  // namespace mbench::deep

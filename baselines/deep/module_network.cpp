#include "baselines/deep/module_network.hpp"

#include <cmath>

#include <c10/core/InferenceMode.h>
#include <fmt/core.h>

#include "baselines/deep/blocks/unit.hpp"
#include "baselines/deep/cost.hpp"
#include "baselines/deep/inference.hpp"
#include "baselines/deep/tensors.hpp"
#include "core/error.hpp"

namespace mbench::deep {
namespace {

baselines::Stage stage(const StageLog::Entry& entry) {
  const Tensor values = entry.output.to(at::kCPU, at::kDouble);
  return {.name = entry.name,
          .shape = values.sizes().vec(),
          .mean = values.mean().item<double>(),
          .standard_deviation = values.std(/*unbiased=*/true).item<double>(),
          .max_abs = values.abs().max().item<double>()};
}

class ModuleNetwork final : public baselines::Network {
 public:
  explicit ModuleNetwork(ModuleNetworkParts parts) : parts_{std::move(parts)} {
    parts_.module->eval();
    for (Tensor& parameter : parts_.module->parameters()) parameter.requires_grad_(false);
  }

  [[nodiscard]] std::vector<baselines::TensorFacts> state_dict() const override {
    return facts(deep::state_dict(*parts_.module));
  }
  [[nodiscard]] std::int64_t parameters() const override { return parameter_count(*parts_.module); }
  void load(const baselines::WeightsChoice& weights, const Device& device) override {
    place_ = find_device(device);
    (void)load_weights(*parts_.module, {.network = "the network"}, weights);
    parts_.module->to(place_);
  }

  [[nodiscard]] baselines::Arrays run(const baselines::Arrays& inputs,
                                      std::span<const std::string> wanted,
                                      std::vector<baselines::Stage>* stages) const override {
    use_one_thread();  // last digits depend on it
    Tensors tensors;
    for (const auto& [name, array] : inputs) tensors.emplace(name, to_tensor(array).to(place_));
    std::optional<StageLog> log;
    if (stages != nullptr) log.emplace(*parts_.module);
    baselines::Arrays outputs;
    for (const auto& [name, tensor] : parts_.run(tensors, wanted)) {
      outputs.emplace(name, to_array(tensor.to(at::kCPU)));
    }
    if (log) {
      for (const StageLog::Entry& entry : log->entries()) stages->push_back(stage(entry));
    }
    return outputs;
  }

  [[nodiscard]] baselines::Cost cost(Size size) const override {
    const c10::InferenceMode no_gradients;
    const Tensor input = at::zeros({1, parts_.channels, size.height, size.width}, place_);
    return count_cost([&] { parts_.forward(input); });
  }

 private:
  ModuleNetworkParts parts_;
  at::Device place_{at::kCPU};
};

}  // namespace

std::unique_ptr<baselines::Network> make_network(ModuleNetworkParts parts) {
  return std::make_unique<ModuleNetwork>(std::move(parts));
}

const Tensor& require_input(const Tensors& inputs, std::string_view name, std::int64_t channels) {
  const auto place = inputs.find(name);
  const std::string expected = fmt::format("[1, {}, H, W]", channels);
  if (place == inputs.end()) {
    throw Error{
        ErrorKind::bad_input,
        {.what = fmt::format("the references have no array '{}'", name), .expected = expected}};
  }
  const Tensor& tensor = place->second;
  if (tensor.dim() == 4 && tensor.size(0) == 1 && tensor.size(1) == channels) return tensor;
  throw Error{ErrorKind::bad_input,
              {.what = fmt::format("array '{}' has another shape than the network takes", name),
               .expected = expected,
               .found = fmt::format("{}", c10::Join(", ", tensor.sizes()))}};
}

}  // namespace mbench::deep

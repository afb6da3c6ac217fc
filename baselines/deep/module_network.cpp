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

const Tensor& require_array(const Tensors& inputs, std::string_view name,
                            std::string_view expected) {
  const auto place = inputs.find(name);
  if (place != inputs.end()) return place->second;
  throw Error{ErrorKind::bad_input,
              {.what = fmt::format("the references have no array '{}'", name),
               .expected = std::string{expected}}};
}

Error other_shape(const Tensor& tensor, std::string_view name, std::string_view expected) {
  return {ErrorKind::bad_input,
          {.what = fmt::format("array '{}' has another shape than the network takes", name),
           .expected = std::string{expected},
           .found = fmt::format("{}", c10::Join(", ", tensor.sizes()))}};
}

}  // namespace

std::unique_ptr<baselines::Network> make_network(ModuleNetworkParts parts) {
  return std::make_unique<ModuleNetwork>(std::move(parts));
}

const Tensor& require_input(const Tensors& inputs, std::string_view name, std::int64_t channels) {
  const std::string expected = fmt::format("[1, {}, H, W]", channels);
  const Tensor& tensor = require_array(inputs, name, expected);
  if (tensor.dim() == 4 && tensor.size(0) == 1 && tensor.size(1) == channels) return tensor;
  throw other_shape(tensor, name, expected);
}

Tensor require_picture(const Tensors& inputs, std::string_view name) {
  constexpr std::string_view kExpected = "[H, W, 3] or [H, W]";
  const Tensor& tensor = require_array(inputs, name, kExpected);
  if (tensor.dim() == 2) return tensor.unsqueeze(0).unsqueeze(0) / 255.0;
  if (tensor.dim() == 3 && tensor.size(2) == 3) {
    return tensor.permute({2, 0, 1}).unsqueeze(0) / 255.0;
  }
  throw other_shape(tensor, name, kExpected);
}

}  // namespace mbench::deep

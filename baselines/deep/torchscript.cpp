#include <utility>
#include <vector>

#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/serialization/import.h>

#include "baselines/deep/inference.hpp"
#include "baselines/deep/tensors.hpp"
#include "baselines/deep/torchscript.hpp"
#include "core/error.hpp"

namespace mbench::deep {
namespace {

using baselines::NamedArray;

std::string first_line(std::string_view text) {
  return std::string{text.substr(0, text.find('\n'))};
}

torch::jit::Module load(const std::filesystem::path& file) {
  try {
    return torch::jit::load(file.string(), at::kCPU);
  } catch (const std::exception& error) {
    throw Error{ErrorKind::bad_input,
                {.what = "the file is no TorchScript that this LibTorch can load",
                 .where = file.string(),
                 .expected = "what torch.jit.save() wrote: a checkpoint of weights alone has no "
                             "network",
                 .found = first_line(error.what()),
                 .fix = "torch.jit.trace(network, example).save(\"network.pt\")"}};
  }
}

/// The tensors of an answer: one, a tuple or list of them, or a dictionary by name.
void collect(const c10::IValue& value, const std::string& name,
             std::vector<std::pair<std::string, Tensor>>& tensors) {
  if (value.isTensor()) {
    tensors.emplace_back(name, value.toTensor());
  } else if (value.isTuple()) {
    for (const c10::IValue& element : value.toTupleRef().elements()) collect(element, "", tensors);
  } else if (value.isTensorList() || value.isList()) {
    for (const c10::IValue& element : value.toListRef()) collect(element, "", tensors);
  } else if (value.isGenericDict()) {
    for (const auto& entry : value.toGenericDict()) {
      collect(entry.value(), entry.key().isString() ? entry.key().toStringRef() : "", tensors);
    }
  } else if (!value.isNone()) {
    throw Error{ErrorKind::method,
                {.what = "the network's answer is not made of tensors",
                 .expected = "a tensor, a tuple or list of tensors, or a dictionary of tensors",
                 .found = value.tagKind(),
                 .fix = "export a module that returns tensors"}};
  }
}

class TorchScript final : public baselines::CardRuntime {
 public:
  TorchScript(const std::filesystem::path& file, const Device& device, Precision precision)
      : inference_{device, precision}, module_{load(file)} {
    module_.eval();
    const Tensor there = inference_.to_device(at::zeros({1}));
    module_.to(there.device(), there.scalar_type());
    for (const Tensor& parameter : module_.parameters()) parameters_ += parameter.numel();
  }

  [[nodiscard]] std::vector<NamedArray> run(std::span<const NamedArray> inputs) const override {
    EstimateClock clock;  // the card keeps the time
    std::vector<std::pair<std::string, Tensor>> tensors;
    const Tensor first = to_tensor(inputs.front().array);
    (void)inference_(clock, first, [&](const Tensor& there) {
      std::vector<c10::IValue> arguments{there};
      for (const NamedArray& input : inputs.subspan(1)) {
        arguments.emplace_back(inference_.to_device(to_tensor(input.array)));
      }
      torch::jit::Module module = module_;  // shares the weights: forward() is not const
      collect(module.forward(std::move(arguments)), "", tensors);
      if (tensors.empty()) {
        throw Error{ErrorKind::method, {.what = "the network answers nothing"}};
      }
      return tensors.front().second;
    });
    std::vector<NamedArray> answer;
    for (const auto& [name, tensor] : tensors) {
      answer.push_back({.name = name, .array = to_array(tensor)});
    }
    return answer;
  }

  [[nodiscard]] std::optional<std::int64_t> parameters() const override { return parameters_; }

 private:
  Inference inference_;
  torch::jit::Module module_;
  std::int64_t parameters_{};
};

}  // namespace

std::unique_ptr<baselines::CardRuntime> open_torchscript(const std::filesystem::path& file,
                                                         const Device& device,
                                                         Precision precision) {
  return std::make_unique<TorchScript>(file, device, precision);
}

}  // namespace mbench::deep

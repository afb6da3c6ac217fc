#include <algorithm>
#include <utility>
#include <vector>

#include <ATen/core/grad_mode.h>
#include <fmt/core.h>
#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/runtime/graph_executor.h>
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

/// By default LibTorch watches the first calls of a network and builds another program from what it
/// has seen, fused for the sizes that came by: calls one and two of a benchmark would be other work
/// than the rest, and a matte would depend on how many came before it. Without profiling it takes
/// the graph as it is exported, cleaned up once, from the first call on. LibTorch decides when a
/// network is first called; 1.13 and 2.x know both switches.
void take_every_call_alike() {
  torch::jit::getExecutorMode() = true;
  torch::jit::getProfilingMode() = false;
}

torch::jit::Module load(const std::filesystem::path& file) {
  take_every_call_alike();
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

/// Whether an argument of forward() takes a tensor.
bool takes_tensor(const c10::Argument& argument) {
  return c10::TensorType::get()->isSubtypeOf(*argument.type());
}

class TorchScript final : public baselines::CardRuntime {
 public:
  TorchScript(const std::filesystem::path& file, const Device& device, Precision precision)
      : file_{file.string()}, inference_{device, precision}, module_{load(file)} {
    module_.eval();
    module_.to(inference_.to_device(at::zeros({1})).device());
    for (const Tensor& parameter : module_.parameters()) {
      take_precision(parameter);
      parameters_ += parameter.numel();
    }
    for (const Tensor& buffer : module_.buffers()) take_precision(buffer);
  }

  [[nodiscard]] baselines::CardAnswer run(std::span<const NamedArray> inputs) const override {
    EstimateClock clock;
    std::vector<Tensor> given;
    for (const NamedArray& input : inputs) given.push_back(to_tensor(input.array));
    std::vector<std::pair<std::string, Tensor>> tensors;
    // All that goes to the device and comes back does so before the next image gets there.
    (void)inference_(clock, given.front(), [&](const Tensor& there) {
      std::vector<c10::IValue> arguments{there};
      for (std::size_t i = 1; i < given.size(); ++i) {
        arguments.emplace_back(inference_.to_device(given[i]));
      }
      end_transfer(clock, there.device());
      torch::jit::Module module = module_;  // shares the weights: forward() is not const
      collect(module.forward(std::move(arguments)), "", tensors);
      if (tensors.empty()) {
        throw Error{ErrorKind::method, {.what = "the network answers nothing"}};
      }
      synchronise(there.device());
      clock.infer_ends();
      for (auto& [name, tensor] : tensors) tensor = Inference::to_host(tensor);
      end_transfer(clock, there.device());
      return tensors.front().second;
    });
    baselines::CardAnswer answer;
    for (const auto& [name, tensor] : tensors) {
      answer.outputs.push_back({.name = name, .array = to_array(tensor)});
    }
    answer.times = clock.finish();
    return answer;
  }

  void require_inputs(std::span<const std::string> names) const override {
    const auto forward = module_.find_method("forward");
    if (!forward) refuse_inputs("a module with a method forward()", "none");
    const std::vector<c10::Argument>& all = forward->function().getSchema().arguments();
    const std::span<const c10::Argument> arguments{all.data() + 1, all.size() - 1};  // not self
    std::string shown;
    std::size_t required = 0;
    for (const c10::Argument& argument : arguments) {
      if (!argument.default_value()) ++required;
      shown += fmt::format("{}{}: {}", shown.empty() ? "" : ", ", argument.name(),
                           argument.type()->repr_str());
    }
    const std::string signature = fmt::format("forward({})", shown);
    const bool fits = names.size() >= required && names.size() <= arguments.size();
    if (!fits || !std::ranges::all_of(arguments.first(names.size()), takes_tensor)) {
      refuse_inputs(signature, names.size() == 1
                                   ? "one tensor, by the card"
                                   : fmt::format("{} tensors, by the card", names.size()));
    }
  }

  [[nodiscard]] std::optional<std::int64_t> parameters() const override { return parameters_; }

 private:
  [[noreturn]] void refuse_inputs(std::string expected, std::string found) const {
    throw Error{ErrorKind::bad_input,
                {.what = "the card's inputs are not those of the network",
                 .where = file_,
                 .expected = std::move(expected),
                 .found = std::move(found),
                 .fix = "mend the card's [[input]] (channels of one tensor have joins = true), or "
                        "export a module whose forward() takes tensors"}};
  }

  /// Positions and other whole numbers stay what they are: as floats they are no indices.
  void take_precision(const Tensor& state) const {
    if (!state.is_floating_point()) return;
    const at::NoGradGuard no_gradients;
    state.set_data(inference_.to_device(state));
  }

  /// On the CPU nothing is copied: as in Inference, a conversion there belongs to inference.
  static void end_transfer(EstimateClock& clock, const at::Device& place) {
    synchronise(place);
    place.is_cpu() ? clock.infer_ends() : clock.transfer_ends();
  }

  std::string file_;
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

#include "baselines/deep/cost.hpp"

#include <string_view>

#include <ATen/record_function.h>

#include "baselines/deep/torch.hpp"

namespace mbench::deep {
namespace {

using baselines::Cost;

thread_local Cost* current_cost = nullptr;

/// How many calls of aten::convolution are going on. Each calls aten::_convolution; a network that
/// was traced calls that one directly.
thread_local int current_convolutions = 0;
constexpr std::string_view kConvolution = "aten::convolution";

/// How many calls of einsum are going on: what it calls is not counted, as it was not in the
/// figures that networks are compared with (relative positions in attention: half a per cent).
thread_local int current_einsums = 0;
constexpr std::string_view kEinsum = "aten::einsum";

/// Shapes before the operation, which works in place now and then.
struct Inputs : at::ObserverContext {
  std::vector<c10::IValue> values;
};

std::int64_t elements(const c10::IValue& value) {
  return value.isTensor() && value.toTensor().defined() ? value.toTensor().numel() : 0;
}

/// Inputs: input, weight, bias, stride, padding, dilation, transposed, output_padding, groups.
void count_convolution(Cost& cost, const std::vector<c10::IValue>& inputs, const Tensor& output) {
  const Tensor input = inputs[0].toTensor();
  const Tensor weight = inputs[1].toTensor();
  const std::int64_t kernel = weight.size(2) * weight.size(3);
  const bool transposed = inputs[6].toBool();
  const std::int64_t macs = transposed ? input.numel() * weight.size(1) * kernel
                                       : output.numel() * weight.size(1) * kernel;
  cost.macs += macs;
  cost.flops_counter += macs + (elements(inputs[2]) > 0 ? output.numel() : 0);
  cost.fvcore += transposed ? output.numel() * weight.size(1) * kernel : macs;
}

void count_product(Cost& cost, std::int64_t macs) {
  cost.macs += macs;
  cost.flops_counter += macs;
  cost.fvcore += macs;
}

void count(Cost& cost, std::string_view name, const std::vector<c10::IValue>& inputs,
           const Tensor& output) {
  const std::int64_t outputs = output.numel();
  if (name == kConvolution || (name == "aten::_convolution" && current_convolutions == 0)) {
    count_convolution(cost, inputs, output);
  } else if (name == "aten::addmm") {  // bias, left, right
    count_product(cost, outputs * inputs[1].toTensor().size(1));
  } else if (name == "aten::mm") {
    count_product(cost, outputs * inputs[0].toTensor().size(1));
  } else if (name == "aten::bmm") {
    count_product(cost, outputs * inputs[0].toTensor().size(2));
  } else if (name == "aten::batch_norm") {
    cost.flops_counter += 2 * outputs;
    cost.fvcore += 5 * outputs;
  } else if (name == "aten::relu" || name == "aten::relu_") {
    cost.flops_counter += outputs;
  } else if (name == "aten::max_pool2d_with_indices" || name == "aten::adaptive_avg_pool2d" ||
             name == "aten::avg_pool2d") {
    cost.flops_counter += elements(inputs[0]);
  } else if (name.starts_with("aten::upsample_")) {
    cost.flops_counter += outputs;
    cost.fvcore += outputs;
  }
}

std::unique_ptr<at::ObserverContext> begin(const at::RecordFunction& function) {
  if (current_cost == nullptr) return nullptr;
  if (function.name() == kEinsum) ++current_einsums;
  if (function.name() == kConvolution) ++current_convolutions;
  auto inputs = std::make_unique<Inputs>();
  const auto values = function.inputs();
  inputs->values.assign(values.begin(), values.end());
  return inputs;
}

void end(const at::RecordFunction& function, at::ObserverContext* context) {
  if (current_cost == nullptr || context == nullptr) return;
  if (function.name() == kEinsum) --current_einsums;
  if (function.name() == kConvolution) --current_convolutions;
  if (current_einsums > 0 || function.outputs().empty()) return;
  const c10::IValue& output = function.outputs().front();
  if (!output.isTensor() || !output.toTensor().defined()) return;
  count(*current_cost, function.name(), static_cast<Inputs*>(context)->values, output.toTensor());
}

}  // namespace

Cost count_cost(const std::function<void()>& forward) {
  Cost cost;
  current_cost = &cost;
  current_einsums = 0;
  current_convolutions = 0;
  const at::CallbackHandle handle =
      at::addThreadLocalCallback(at::RecordFunctionCallback(begin, end)
                                     .needsInputs(true)
                                     .needsOutputs(true)
                                     .scopes({at::RecordScope::FUNCTION}));
  try {
    forward();
  } catch (...) {
    at::removeCallback(handle);
    current_cost = nullptr;
    throw;
  }
  at::removeCallback(handle);
  current_cost = nullptr;
  return cost;
}

}  // namespace mbench::deep

#include "baselines/deep/inference.hpp"

#include <algorithm>
#include <new>
#include <utility>

#include <ATen/Parallel.h>
#include <c10/util/Exception.h>
#include <fmt/core.h>
#include <torch/cuda.h>

#include "core/error.hpp"

namespace mbench::deep {
namespace {

/// LibTorch's messages end in a trace of its own calls, and begin with one of the network's lines
/// where TorchScript fails: what went wrong is the line behind it, "RuntimeError: ...".
std::string reason(std::string_view text) {
  if (!text.starts_with("The following operation failed in the TorchScript interpreter")) {
    return std::string{text.substr(0, text.find('\n'))};
  }
  std::string_view found = text.substr(0, text.find('\n'));
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    const std::string_view kind = line.substr(0, line.find(": "));
    const bool names_error = kind.ends_with("Error") || kind.ends_with("Exception");
    if (names_error && kind.find(' ') == std::string_view::npos) found = line;
  }
  return std::string{found};
}

Error out_of_memory(const Device& device, std::string found) {
  return Error{ErrorKind::method,
               {.what = fmt::format("the network ran out of memory on {}", to_string(device)),
                .found = std::move(found),
                .fix = "use a smaller image, fewer --threads or another --device"}};
}

/// What LibTorch says, as an error of mbench.
Error translated(std::string message, const Device& device, Precision precision) {
  const auto says = [&](std::string_view words) {
    return message.find(words) != std::string::npos;
  };
  if (says("not implemented for")) {
    return Error{ErrorKind::unavailable,
                 {.what = fmt::format("{} cannot be computed on {}", to_string(precision),
                                      to_string(device)),
                  .found = std::move(message),
                  .fix = "leave --precision out, or choose another --device"}};
  }
  if (says("out of memory") || says("can't allocate memory")) {
    return out_of_memory(device, std::move(message));
  }
  return Error{ErrorKind::method, {.what = "the network failed", .found = std::move(message)}};
}

}  // namespace

at::Device find_device(const Device& device) {
  if (device.kind == Device::Kind::cpu) return at::Device{at::kCPU};
  const int count = static_cast<int>(torch::cuda::device_count());
  if (device.index < count) {
    // By default cuDNN computes "single precision" with 10 bits of mantissa, and chooses algorithms
    // by trial.
    at::globalContext().setAllowTF32CuDNN(false);
    at::globalContext().setAllowTF32CuBLAS(false);
    at::globalContext().setDeterministicCuDNN(true);
    at::globalContext().setBenchmarkCuDNN(false);
    return at::Device{at::kCUDA, static_cast<at::DeviceIndex>(device.index)};
  }
  throw Error{ErrorKind::unavailable,
              {.what = fmt::format("device '{}' is not available", to_string(device)),
               .expected = count == 0 ? std::string{"cpu: LibTorch finds no GPU here"}
                                      : fmt::format("cpu, or cuda:0 to cuda:{}", count - 1),
               .fix = "choose another --device; for GPUs mbench must be built with a LibTorch for "
                      "CUDA"}};
}

at::ScalarType torch_type(Precision precision) {
  switch (precision) {
    case Precision::fp16: return at::kHalf;
    case Precision::bf16: return at::kBFloat16;
    case Precision::fp32: break;
  }
  return at::kFloat;
}

void synchronise(const at::Device& place) {
  if (place.is_cuda()) torch::cuda::synchronize(place.index());
}

void use_one_thread() {
  if (at::get_num_threads() != 1) at::set_num_threads(1);
}

Inference::Inference(const Device& device, Precision precision)
    : device_{device}, place_{find_device(device)}, precision_{precision} {
  if (device.kind == Device::Kind::cuda) gate_ = std::make_unique<std::mutex>();
}

void Inference::place(torch::nn::Module& network) const {
  network.eval();
  for (Tensor& parameter : network.parameters()) parameter.requires_grad_(false);
  network.to(place_, torch_type(precision_));
}

Tensor Inference::to_device(const Tensor& tensor) const {
  return tensor.to(place_, torch_type(precision_));
}

Tensor Inference::to_host(const Tensor& tensor) {
  return tensor.to(at::kCPU, at::kFloat).contiguous();
}

std::unique_lock<std::mutex> Inference::wait_for_device() const {
  return gate_ ? std::unique_lock{*gate_} : std::unique_lock<std::mutex>{};
}

void Inference::require_finite(const Tensor& output) const {
  if (at::isfinite(output).all().item<bool>()) return;
  throw Error{
      ErrorKind::method,
      {.what = "the network gave numbers that are not finite",
       .expected = "finite numbers at every pixel",
       .found = "NaN or infinity",
       .fix = precision_ == Precision::fp32 ? "check the weights"
                                            : "take --precision fp32, or check the weights"}};
}

void Inference::run_translating_errors(const std::function<void()>& work) const {
  use_one_thread();
  try {
    work();
  } catch (const Error&) {
    throw;
  } catch (const c10::Error& error) {
    throw translated(reason(error.what_without_backtrace()), device_, precision_);
  } catch (const std::bad_alloc&) {
    throw out_of_memory(device_, "");
  } catch (const std::exception& error) {  // of TorchScript's interpreter
    throw translated(reason(error.what()), device_, precision_);
  }
}

}  // namespace mbench::deep

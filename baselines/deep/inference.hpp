#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include <c10/core/InferenceMode.h>

#include "baselines/deep/torch.hpp"
#include "baselines/method.hpp"
#include "core/device.hpp"

namespace mbench::deep {

/// Follows the time of one estimate. What lies between forward passes counts as preparation, what
/// follows the last one as finishing.
class EstimateClock {
 public:
  void infer_begins() { add_to(times_.prepare_s); }
  void infer_ends() { add_to(times_.infer_s); }
  /// Time that belongs to no step: waiting for the device.
  void skip() { last_ = std::chrono::steady_clock::now(); }
  [[nodiscard]] baselines::EstimateTimes finish() {
    add_to(times_.finish_s);
    return times_;
  }

 private:
  void add_to(double& seconds) {
    const auto now = std::chrono::steady_clock::now();
    seconds += std::chrono::duration<double>(now - last_).count();
    last_ = now;
  }

  std::chrono::steady_clock::time_point last_{std::chrono::steady_clock::now()};
  baselines::EstimateTimes times_{};
};

/// Where and how exactly a method's networks compute. On a GPU one forward pass runs at a time:
/// other threads prepare the next images and finish the last ones meanwhile. On the CPU passes run
/// side by side, each on one thread: how sums are split decides last digits.
class Inference {
 public:
  /// Throws unavailable if this machine or LibTorch has no such device.
  Inference(const Device& device, Precision precision);

  /// Moves a network there, for good.
  void place(torch::nn::Module& network) const;

  /// Runs `forward`, which is handed a function that brings tensors there, without recording
  /// gradients. What it returns comes back as float on the CPU. LibTorch's errors become Error:
  /// of kind unavailable where the device cannot compute an operation in this precision, else of
  /// kind method (out of memory, say).
  template <typename Forward>
  Tensor operator()(EstimateClock& clock, const Tensor& input, Forward&& forward) const {
    const c10::InferenceMode no_gradients;
    return guarded(clock, [&] { return to_host(forward(to_device(input))); });
  }

  /// The same with gradients, for methods that optimise while they estimate.
  template <typename Forward>
  Tensor with_gradients(EstimateClock& clock, const Tensor& input, Forward&& forward) const {
    return guarded(clock, [&] { return to_host(forward(to_device(input))); });
  }

  /// In the precision of the networks.
  [[nodiscard]] Tensor to_device(const Tensor& tensor) const;
  [[nodiscard]] static Tensor to_host(const Tensor& tensor);
  [[nodiscard]] Precision precision() const { return precision_; }

 private:
  template <typename Work>
  Tensor guarded(EstimateClock& clock, Work&& work) const {
    clock.infer_begins();
    const std::unique_lock<std::mutex> lock = wait_for_device();
    clock.skip();
    Tensor result;
    run_translating_errors([&] { result = work(); });
    require_finite(result);
    clock.infer_ends();
    return result;
  }

  [[nodiscard]] std::unique_lock<std::mutex> wait_for_device() const;
  /// Throws method if a number is NaN or infinite.
  void require_finite(const Tensor& output) const;
  void run_translating_errors(const std::function<void()>& work) const;

  Device device_;
  at::Device place_;
  Precision precision_;
  std::unique_ptr<std::mutex> gate_;  ///< null on the CPU
};

/// Throws unavailable, with the devices that there are, if this one is missing.
[[nodiscard]] at::Device find_device(const Device& device);

/// Makes LibTorch's operators in the calling thread use that one alone.
void use_one_thread();

}  // namespace mbench::deep

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
  void transfer_ends() { add_to(times_.transfer_s); }
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

/// Throws unavailable, with the devices that there are, if this one is missing.
[[nodiscard]] at::Device find_device(const Device& device);

[[nodiscard]] at::ScalarType torch_type(Precision precision);

/// A GPU works on after it was told what to do: returns when it has finished.
void synchronise(const at::Device& place);

/// Makes LibTorch's operators in the calling thread use that one alone.
void use_one_thread();

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
    return guarded(clock, input, forward);
  }

  /// The same with gradients, for methods that optimise while they estimate.
  template <typename Forward>
  Tensor with_gradients(EstimateClock& clock, const Tensor& input, Forward&& forward) const {
    return guarded(clock, input, forward);
  }

  /// In the precision of the networks.
  [[nodiscard]] Tensor to_device(const Tensor& tensor) const;
  [[nodiscard]] static Tensor to_host(const Tensor& tensor);
  [[nodiscard]] Precision precision() const { return precision_; }

 private:
  template <typename Forward>
  Tensor guarded(EstimateClock& clock, const Tensor& input, Forward& forward) const {
    clock.infer_begins();
    const std::unique_lock<std::mutex> lock = wait_for_device();
    clock.skip();
    Tensor result;
    run_translating_errors([&] {
      const Tensor there = to_device(input);
      end_transfer(clock);
      const Tensor answer = forward(there);
      synchronise(place_);
      clock.infer_ends();
      result = to_host(answer);
      end_transfer(clock);
    });
    require_finite(result);
    clock.infer_ends();
    return result;
  }

  /// What precedes was a copy between host and device. On the CPU nothing is copied, and what a
  /// conversion to half precision takes there belongs to inference.
  void end_transfer(EstimateClock& clock) const {
    synchronise(place_);
    place_.is_cpu() ? clock.infer_ends() : clock.transfer_ends();
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

}  // namespace mbench::deep

#include "baselines/deep/device.hpp"

#include <dlfcn.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <functional>

#include <c10/core/InferenceMode.h>
#include <c10/util/Exception.h>
#if defined(MBENCH_HAVE_CUDA) && __has_include(<cuda_runtime_api.h>)
#include <c10/cuda/CUDACachingAllocator.h>
#define MBENCH_KNOWS_CUDA_MEMORY
#endif

#include "baselines/deep/cost.hpp"
#include "baselines/deep/inference.hpp"
#include "baselines/deep/torch.hpp"

namespace mbench::deep {
namespace {

/// From the driver's own library, whose interface in C needs no headers.
std::string device_name(const Device& device) {
  if (device.kind == Device::Kind::cpu) return {};
  void* const driver = dlopen("libcuda.so.1", RTLD_LAZY);
  if (driver == nullptr) return {};
  const auto initialise = reinterpret_cast<int (*)(unsigned)>(dlsym(driver, "cuInit"));
  const auto get = reinterpret_cast<int (*)(int*, int)>(dlsym(driver, "cuDeviceGet"));
  const auto get_name =
      reinterpret_cast<int (*)(char*, int, int)>(dlsym(driver, "cuDeviceGetName"));
  if (initialise == nullptr || get == nullptr || get_name == nullptr) return {};
  std::array<char, 256> name{};
  int handle = 0;
  const bool found = initialise(0) == 0 && get(&handle, device.index) == 0 &&
                     get_name(name.data(), static_cast<int>(name.size()) - 1, handle) == 0;
  return found ? std::string{name.data()} : std::string{};
}

void reset_peak_memory([[maybe_unused]] const Device& device) {
#ifdef MBENCH_KNOWS_CUDA_MEMORY
  if (device.kind == Device::Kind::cpu) return;
  c10::cuda::CUDACachingAllocator::resetPeakStats(static_cast<c10::DeviceIndex>(device.index));
#endif
}

std::optional<std::int64_t> peak_memory_bytes([[maybe_unused]] const Device& device) {
#ifdef MBENCH_KNOWS_CUDA_MEMORY
  if (device.kind == Device::Kind::cpu) return {};
  constexpr std::size_t kAllPools = 0;
  return c10::cuda::CUDACachingAllocator::getDeviceStats(
             static_cast<c10::DeviceIndex>(device.index))
      .allocated_bytes[kAllPools]
      .peak;
#else
  return {};
#endif
}

/// Operations per second of the fastest of several runs; nothing if LibTorch cannot do it.
std::optional<double> fastest(const at::Device& place, double operations,
                              const std::function<Tensor()>& work) {
  using Clock = std::chrono::steady_clock;
  constexpr std::chrono::milliseconds kLongEnough{400};
  constexpr int kFewest = 3;
  try {
    (void)work();  // kernels are chosen at the first run
    synchronise(place);
    double shortest_s = 0.0;
    const auto begin = Clock::now();
    for (int run = 0; run < kFewest || Clock::now() - begin < kLongEnough; ++run) {
      const auto started = Clock::now();
      (void)work();
      synchronise(place);
      const double elapsed_s = std::chrono::duration<double>(Clock::now() - started).count();
      shortest_s = run == 0 ? elapsed_s : std::min(shortest_s, elapsed_s);
    }
    return operations / shortest_s;
  } catch (const c10::Error&) {
    return {};
  }
}

std::optional<double> peak_flops(const Device& device, Precision precision) {
  const c10::InferenceMode no_gradients;
  const at::Device place = find_device(device);
  const bool on_cpu = place.is_cpu();
  use_one_thread();  // as networks do
  const auto made = [&](at::IntArrayRef shape) {
    return at::rand(shape).to(place, torch_type(precision));
  };
  const std::int64_t side = on_cpu ? 1024 : 8192;
  const Tensor left = made({side, side}), right = made({side, side});
  const std::int64_t batch = on_cpu ? 1 : 16, channels = 256, image = on_cpu ? 64 : 128;
  const Tensor maps = made({batch, channels, image, image});
  const Tensor kernel = made({channels, channels, 3, 3});
  const double product = 2.0 * static_cast<double>(side * side * side);
  const double convolution =
      2.0 * static_cast<double>(batch * image * image * channels * channels * 9);
  const auto by_product = fastest(place, product, [&] { return at::mm(left, right); });
  const auto by_convolution =
      fastest(place, convolution, [&] { return at::conv2d(maps, kernel, {}, 1, 1); });
  return std::max(by_product, by_convolution);  // nothing is less than any number
}

std::int64_t count_macs(const std::function<void()>& work) { return count_cost(work).macs; }

}  // namespace

baselines::DeviceTools device_tools() {
  return {.name = device_name,
          .reset_peak_memory = reset_peak_memory,
          .peak_memory_bytes = peak_memory_bytes,
          .peak_flops = peak_flops,
          .count_macs = count_macs};
}

}  // namespace mbench::deep

#pragma once
#include <c10/core/Device.h>
#include <c10/core/ScalarType.h>

#include "baselines/deep/module.hpp"
#include "core/device.hpp"

namespace mbench::deep {

[[nodiscard]] c10::Device torch_device(const Device& device);
[[nodiscard]] c10::ScalarType torch_type(Precision precision);

/// Returns when the device has done all that it was told. Nothing to wait for on the CPU.
void synchronise(const Device& device);

[[nodiscard]] baselines::DeviceTools device_tools();

}  // namespace mbench::deep

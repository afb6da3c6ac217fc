#pragma once
#include "baselines/deep/module.hpp"

namespace mbench::deep {

[[nodiscard]] baselines::DeviceTools device_tools();

}  // namespace mbench::deep

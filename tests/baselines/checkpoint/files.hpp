#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "baselines/checkpoint/checkpoint.hpp"
#include "core/error.hpp"
#include "tests/support/checkpoint_files.hpp"

namespace mbench::testing {

[[nodiscard]] checkpoint::Checkpoint parse(std::string_view file);
/// The message of the Error that parsing ends with; "" if it does not. Any other exception passes.
[[nodiscard]] std::string failure_of(std::string_view file);

/// A state dict {"a": 2x3 of 0..5, "b": 2 of 6, 7} in each container.
[[nodiscard]] std::string small_state_dict();
[[nodiscard]] std::string small_zip();
[[nodiscard]] std::string small_legacy();
[[nodiscard]] std::string small_safetensors();

/// A zip container with `pickle` and the storage '0' of the floats 0, 1, ... count - 1.
[[nodiscard]] std::string zip_with(const PickleWriter& pickle, int count = 6);

/// 0, 1, ... count - 1.
[[nodiscard]] std::vector<float> ramp(int count);

[[nodiscard]] std::vector<std::string> names_of(const checkpoint::Checkpoint& checkpoint);

}  // namespace mbench::testing

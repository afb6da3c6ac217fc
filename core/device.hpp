#pragma once
#include <string>
#include <string_view>

namespace mbench {

/// Where a method computes.
struct Device {
  enum class Kind { cpu, cuda };
  Kind kind{Kind::cpu};
  int index{0};  ///< which GPU; 0 for the CPU
  friend bool operator==(const Device&, const Device&) = default;
};

/// "cpu", "cuda" (the first GPU) or "cuda:N". Throws usage for anything else.
[[nodiscard]] Device parse_device(std::string_view text);
/// "cpu" or "cuda:N"
[[nodiscard]] std::string to_string(const Device& device);

/// The arithmetic of a network.
enum class Precision { fp32, fp16, bf16 };

/// "fp32", "fp16" or "bf16". Throws usage for anything else.
[[nodiscard]] Precision parse_precision(std::string_view text);
[[nodiscard]] std::string_view to_string(Precision precision);

}  // namespace mbench

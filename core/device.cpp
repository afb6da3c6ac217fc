#include "core/device.hpp"

#include <array>
#include <charconv>
#include <utility>

#include <fmt/core.h>

#include "core/error.hpp"

namespace mbench {
namespace {

constexpr std::array<std::pair<Precision, std::string_view>, 3> kPrecisions{
    {{Precision::fp32, "fp32"}, {Precision::fp16, "fp16"}, {Precision::bf16, "bf16"}}};

}  // namespace

Device parse_device(std::string_view text) {
  if (text == "cpu") return {};
  if (text == "cuda") return {.kind = Device::Kind::cuda};
  constexpr std::string_view kPrefix = "cuda:";
  if (text.starts_with(kPrefix)) {
    const std::string_view digits = text.substr(kPrefix.size());
    int index = -1;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), index);
    if (error == std::errc{} && end == digits.data() + digits.size() && index >= 0) {
      return {.kind = Device::Kind::cuda, .index = index};
    }
  }
  throw Error{ErrorKind::usage,
              {.what = fmt::format("unknown device '{}'", text),
               .expected = "cpu, cuda or cuda:N",
               .fix = "cuda:0 is the first GPU"}};
}

std::string to_string(const Device& device) {
  return device.kind == Device::Kind::cpu ? "cpu" : fmt::format("cuda:{}", device.index);
}

Precision parse_precision(std::string_view text) {
  for (const auto& [precision, name] : kPrecisions) {
    if (name == text) return precision;
  }
  throw Error{
      ErrorKind::usage,
      {.what = fmt::format("unknown precision '{}'", text), .expected = "fp32, fp16 or bf16"}};
}

std::string_view to_string(Precision precision) {
  for (const auto& [known, name] : kPrecisions) {
    if (known == precision) return name;
  }
  return "fp32";
}

}  // namespace mbench

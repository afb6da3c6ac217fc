#pragma once
#include <algorithm>
#include <cstdint>
#include <string_view>

#include <fmt/core.h>

#include "baselines/deep/module_network.hpp"
#include "core/error.hpp"
#include "core/image.hpp"

namespace mbench::deep {

/// The picture of that name in a folder of references: [H, W] of whole numbers 0 ... 255 for
/// T = std::uint8_t, [H, W, 3] for Rgb<std::uint8_t>. Throws bad_input, naming it, if the folder
/// has none.
template <typename T>
[[nodiscard]] Plane<T> require_image(const Tensors& inputs, std::string_view name) {
  static_assert(sizeof(T) == 1 || sizeof(T) == 3);
  constexpr std::int64_t kDimensions = sizeof(T) == 3 ? 3 : 2;
  const auto place = inputs.find(name);
  if (place == inputs.end() || place->second.dim() != kDimensions) {
    throw Error{ErrorKind::bad_input,
                {.what = fmt::format("the references have no image '{}'", name),
                 .expected = kDimensions == 3 ? "[H, W, 3]" : "[H, W]"}};
  }
  const Tensor bytes = place->second.to(at::kCPU, at::kByte).contiguous();
  Plane<T> plane{Size{static_cast<int>(bytes.size(1)), static_cast<int>(bytes.size(0))}};
  std::copy_n(bytes.data_ptr<std::uint8_t>(), bytes.numel(),
              reinterpret_cast<std::uint8_t*>(plane.values().data()));
  return plane;
}

/// Adds what `prepare` makes of the pictures "image" and "trimap" as output "input", so that it is
/// compared with the stored input of the network. Does nothing in folders without these pictures.
template <typename Prepare>
void append_prepared(Tensors& outputs, const Tensors& inputs, Prepare&& prepare) {
  if (!inputs.contains("image") || !inputs.contains("trimap")) return;
  outputs["input"] = prepare(Image{require_image<Rgb<std::uint8_t>>(inputs, "image")},
                             require_image<std::uint8_t>(inputs, "trimap"));
}

}  // namespace mbench::deep

#include "baselines/deep/tensors.hpp"

#include <algorithm>

namespace mbench::deep {

Plane<Rgb<float>> unit_colours(const Image& image) {
  const Plane<Rgb<double>> colours = to_f64(image);
  Plane<Rgb<float>> result{colours.size()};
  std::ranges::transform(colours.values(), result.values().begin(), [](const Rgb<double>& pixel) {
    return Rgb<float>{static_cast<float>(pixel.r), static_cast<float>(pixel.g),
                      static_cast<float>(pixel.b)};
  });
  return result;
}

Tensor to_tensor(const Plane<Rgb<float>>& image) {
  const Size size = image.size();
  static_assert(sizeof(Rgb<float>) == 3 * sizeof(float));
  const Tensor interleaved =
      at::from_blob(const_cast<Rgb<float>*>(image.values().data()), {size.height, size.width, 3});
  return interleaved.permute({2, 0, 1}).unsqueeze(0).clone(at::MemoryFormat::Contiguous);
}

Tensor to_tensor(const Plane<float>& plane) {
  const Size size = plane.size();
  return at::from_blob(const_cast<float*>(plane.values().data()), {1, 1, size.height, size.width})
      .clone();
}

Tensor to_tensor(const baselines::Array& array) {
  return at::from_blob(const_cast<float*>(array.values.data()), array.shape).clone();
}

Plane<float> to_plane(const Tensor& tensor, std::int64_t channel) {
  const Tensor values =
      (tensor.dim() == 4 ? tensor[0][channel] : tensor).to(at::kCPU, at::kFloat).contiguous();
  const float* const first = values.data_ptr<float>();
  return {Size{static_cast<int>(values.size(1)), static_cast<int>(values.size(0))},
          std::vector<float>(first, first + values.numel())};
}

baselines::Array to_array(const Tensor& tensor) {
  const Tensor values = tensor.to(at::kCPU, at::kFloat).contiguous();
  const float* const first = values.data_ptr<float>();
  return {.shape = values.sizes().vec(),
          .values = std::vector<float>(first, first + values.numel())};
}

Tensor normalised(const Tensor& rgb, const std::array<float, 3>& mean,
                  const std::array<float, 3>& deviation) {
  const auto per_channel = [&](const std::array<float, 3>& values) {
    return at::tensor(at::ArrayRef<float>{values}).view({1, 3, 1, 1}).to(rgb.options());
  };
  return (rgb - per_channel(mean)) / per_channel(deviation);
}

}  // namespace mbench::deep

#pragma once
#include <array>
#include <cstdint>
#include <span>

#include "baselines/deep/network.hpp"
#include "baselines/deep/torch.hpp"
#include "core/image.hpp"
#include "core/matte.hpp"
#include "core/plane.hpp"

// Between mbench's values and LibTorch's tensors. Copies, float on the CPU.

namespace mbench::deep {

/// Colours in [0, 1]: value/255 or value/65535, rounded once; floats as they are.
[[nodiscard]] Plane<Rgb<float>> unit_colours(const Image& image);

/// [1, 3, H, W], red first, values as they are in the planes.
[[nodiscard]] Tensor to_tensor(const Plane<Rgb<float>>& image);
/// [1, 1, H, W]
[[nodiscard]] Tensor to_tensor(const Plane<float>& plane);
[[nodiscard]] Tensor to_tensor(const baselines::Array& array);

/// The numbers of one channel of [1, C, H, W] or [H, W].
[[nodiscard]] Plane<float> to_plane(const Tensor& tensor, std::int64_t channel = 0);
[[nodiscard]] baselines::Array to_array(const Tensor& tensor);

/// Mean and standard deviation of ImageNet's colours, as torchvision gives them, for values in
/// [0, 1].
inline constexpr std::array<float, 3> kImageNetMean{0.485F, 0.456F, 0.406F};
inline constexpr std::array<float, 3> kImageNetDeviation{0.229F, 0.224F, 0.225F};

/// (value - mean) / deviation of the first three channels' colours: [1, 3, H, W].
[[nodiscard]] Tensor normalised(const Tensor& rgb, const std::array<float, 3>& mean = kImageNetMean,
                                const std::array<float, 3>& deviation = kImageNetDeviation);

}  // namespace mbench::deep

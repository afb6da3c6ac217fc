#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "baselines/deep/blocks/unit.hpp"

// Layers with the parameters, names and arithmetic of their namesakes in Python's torch.nn, in
// evaluation mode. Values are not initialised: weights are always loaded.

namespace mbench::deep {

struct ConvOptions {
  std::int64_t stride{1}, padding{0}, dilation{1}, groups{1};
  bool bias{true};
};

/// [N, in, H, W] -> [N, out, H', W']; parameters weight [out, in / groups, k, k], bias [out].
class Conv2d : public Unit {
 public:
  Conv2d(std::int64_t in, std::int64_t out, std::int64_t kernel, ConvOptions options = {});
  /// A kernel of height x width with its own padding in each direction.
  Conv2d(std::int64_t in, std::int64_t out, std::array<std::int64_t, 2> kernel,
         std::array<std::int64_t, 2> padding, ConvOptions options = {});

  Tensor weight, bias;

 protected:
  Tensor forward(const Tensor& input) override;
  /// The same with other weights, made from the stored ones.
  Tensor convolve(const Tensor& input, const Tensor& filters) const;

 private:
  std::array<std::int64_t, 2> padding_;
  ConvOptions options_;
};

/// Transposed convolution; parameters weight [in, out, k, k], bias [out].
class ConvTranspose2d : public Unit {
 public:
  ConvTranspose2d(std::int64_t in, std::int64_t out, std::int64_t kernel, ConvOptions options = {},
                  std::int64_t output_padding = 0);

  Tensor weight, bias;

 protected:
  Tensor forward(const Tensor& input) override;

 private:
  ConvOptions options_;
  std::int64_t output_padding_;
};

/// Normalisation with stored statistics: weight, bias, running_mean, running_var,
/// num_batches_tracked.
class BatchNorm2d : public Unit {
 public:
  explicit BatchNorm2d(std::int64_t channels, double epsilon = 1e-5);

 protected:
  Tensor forward(const Tensor& input) override;

 private:
  double epsilon_;
  Tensor weight_, bias_, running_mean_, running_var_, num_batches_tracked_;
};

/// Normalisation with the image's own statistics in groups of channels: weight, bias.
class GroupNorm : public Unit {
 public:
  GroupNorm(std::int64_t groups, std::int64_t channels, double epsilon = 1e-5);

 protected:
  Tensor forward(const Tensor& input) override;

 private:
  std::int64_t groups_;
  double epsilon_;
  Tensor weight_, bias_;
};

/// [.., in] -> [.., out]; parameters weight [out, in], bias [out].
class Linear : public Unit {
 public:
  Linear(std::int64_t in, std::int64_t out, bool bias = true);

 protected:
  Tensor forward(const Tensor& input) override;

 private:
  Tensor weight_, bias_;
};

class Relu : public Unit {
 protected:
  Tensor forward(const Tensor& input) override { return at::relu(input); }
};

class LeakyRelu : public Unit {
 public:
  explicit LeakyRelu(double slope = 0.01) : slope_{slope} {}

 protected:
  Tensor forward(const Tensor& input) override { return at::leaky_relu(input, slope_); }

 private:
  double slope_;
};

class Elu : public Unit {
 protected:
  Tensor forward(const Tensor& input) override { return at::elu(input); }
};

class Sigmoid : public Unit {
 protected:
  Tensor forward(const Tensor& input) override { return at::sigmoid(input); }
};

/// Dropout does nothing in evaluation mode, but has a number in a Sequence.
class Identity : public Unit {
 protected:
  Tensor forward(const Tensor& input) override { return input; }
};

struct PoolOptions {
  std::int64_t kernel{3}, stride{2}, padding{1};
  bool ceil_mode{false};
};

class MaxPool2d : public Unit {
 public:
  explicit MaxPool2d(PoolOptions options = {}) : options_{options} {}

 protected:
  Tensor forward(const Tensor& input) override;

 private:
  PoolOptions options_;
};

/// Mean over the image: [N, C, H, W] -> [N, C, size, size].
class AdaptiveAvgPool2d : public Unit {
 public:
  explicit AdaptiveAvgPool2d(std::int64_t size) : size_{size} {}

 protected:
  Tensor forward(const Tensor& input) override;

 private:
  std::int64_t size_;
};

/// How the corners of two grids meet when one is resized to the other (torch's align_corners).
enum class Corners { half_pixel, aligned };

/// Enlarges by a factor, bilinearly.
class Upsample : public Unit {
 public:
  explicit Upsample(std::int64_t factor, Corners corners = Corners::half_pixel)
      : factor_{factor}, corners_{corners} {}

 protected:
  Tensor forward(const Tensor& input) override;

 private:
  std::int64_t factor_;
  Corners corners_;
};

/// Bilinear resize to height x width.
[[nodiscard]] Tensor resize_bilinear(const Tensor& input, std::int64_t height, std::int64_t width,
                                     Corners corners = Corners::half_pixel);
/// Bilinear resize to the size of another tensor.
[[nodiscard]] Tensor resize_like(const Tensor& input, const Tensor& other,
                                 Corners corners = Corners::half_pixel);

/// Convolution 3 x 3 with bias, batch normalisation, ReLU: three units of a Sequence.
void append_conv_bn_relu(std::vector<UnitPointer>& units, std::int64_t in, std::int64_t out,
                         ConvOptions options = {.padding = 1});

}  // namespace mbench::deep

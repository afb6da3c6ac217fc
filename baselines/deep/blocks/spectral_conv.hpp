#pragma once
#include <cstdint>
#include <memory>

#include "baselines/deep/blocks/layers.hpp"

namespace mbench::deep {

/// Weights W of a convolution under spectral normalisation [miyato2018], as trained:
///     W / sigma,  sigma = u . (W v)
/// with W as a matrix [shape[0], rest] and the vectors u and v as the training left them. Names
/// weight_u, weight_v, weight_bar.
class SpectralWeights : public torch::nn::Module {
 public:
  SpectralWeights(std::int64_t rows, std::int64_t columns, std::int64_t kernel);
  [[nodiscard]] Tensor divided() const;

 private:
  Tensor u_, v_, bar_;
};

/// A convolution without bias whose weights are SpectralWeights, under the name `module`.
class SpectralConv2d : public Unit {
 public:
  SpectralConv2d(std::int64_t in, std::int64_t out, std::int64_t kernel, ConvOptions options = {});

 protected:
  Tensor forward(const Tensor& input) override;

 private:
  std::shared_ptr<SpectralWeights> weights_;  ///< [out, in, k, k]
  ConvOptions options_;
};

/// Its transposed counterpart; the rows of W are the input's channels.
class SpectralConvTranspose2d : public Unit {
 public:
  SpectralConvTranspose2d(std::int64_t in, std::int64_t out, std::int64_t kernel,
                          ConvOptions options = {});

 protected:
  Tensor forward(const Tensor& input) override;

 private:
  std::shared_ptr<SpectralWeights> weights_;  ///< [in, out, k, k]
  ConvOptions options_;
};

}  // namespace mbench::deep

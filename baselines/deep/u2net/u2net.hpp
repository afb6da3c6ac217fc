#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "baselines/deep/blocks/layers.hpp"

namespace mbench::deep {

/// Convolution 3 x 3 with as much padding as dilation, batch normalisation, ReLU. Names conv_s1,
/// bn_s1.
class DilatedConv : public Unit {
 public:
  DilatedConv(std::int64_t in, std::int64_t out, std::int64_t dilation);

 protected:
  Tensor forward(const Tensor& input) override;

 private:
  std::shared_ptr<Conv2d> conv_s1_;
  std::shared_ptr<BatchNorm2d> bn_s1_;
};

struct NestedChannels {
  std::int64_t in, middle, out;
};

/// A residual U-block [qin2020]: one convolution, and added to it what a small U-Net makes of it.
/// [N, in, H, W] -> [N, out, H, W]. `depth` levels with pools of stride 2 between all but the last
/// two, or dilations of 1, 2, 4 and 8 in place of the pools (the paper's RSU-4F).
class NestedU : public Unit {
 public:
  enum class Reach { pools, dilations };

  NestedU(int depth, const NestedChannels& channels, Reach reach);

 protected:
  Tensor forward(const Tensor& input) override;

 private:
  std::shared_ptr<DilatedConv> rebnconvin_;
  std::vector<std::shared_ptr<DilatedConv>> down_{};  ///< rebnconv1 to rebnconvDEPTH
  std::vector<std::shared_ptr<MaxPool2d>> pools_{};   ///< pool1 ...; none of dilations
  std::vector<std::shared_ptr<DilatedConv>> up_{};    ///< rebnconv1d to rebnconv(DEPTH-1)d
};

/// U2-Net [qin2020], a U-Net of six levels made of small U-Nets. Input [N, 3, H, W], normalised
/// RGB of any size. Names of xuebinqin/U-2-Net.
class U2Net : public torch::nn::Module {
 public:
  enum class Width { full, small };  ///< U2NET, U2NETP

  explicit U2Net(Width width);
  /// Sigmoids, [N, 1, H, W] each: the answer, joined from the other six, then these from the finest
  /// level to the coarsest.
  [[nodiscard]] std::array<Tensor, 7> operator()(const Tensor& image) const;

 private:
  std::array<std::shared_ptr<NestedU>, 6> stages_{};  ///< stage1 to stage6
  std::array<std::shared_ptr<MaxPool2d>, 5> pools_{};
  std::array<std::shared_ptr<NestedU>, 5> up_{};  ///< stage1d to stage5d
  std::array<std::shared_ptr<Conv2d>, 6> sides_{};
  std::shared_ptr<Conv2d> outconv_;
};

}  // namespace mbench::deep

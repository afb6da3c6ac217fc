#pragma once
#include <cstdint>
#include <memory>

#include "baselines/deep/blocks/gca_unet.hpp"

// Net-M of zhou2021, as we read the paper: its authors published neither program nor weights.
// Tables S4 to S8 agree row by row with GCA-Matting [li2020gca], whose encoder, decoder, widths of
// the identity paths and guidance head it therefore has, and so its names.

namespace mbench::deep {

/// The light-weight non-local block [zhou2021, section 3.2]: 25,984 parameters, and 141,557,760
/// operations for 64 x 64 features as Table 6 counts them, which fixes its shape:
///     q_i = theta(I)_i,  k_j = (down phi(I))_j,  v_j = (down g(A))_j
///     f_ij = softmax over j of w_i (q_i . k_j) / sqrt(d/2)
///     A'_i = A_i + BN(W sum_j f_ij v_j)
/// I: image features, A: alpha features, d = 128 channels each; theta, phi and g embed into 32;
/// down is one 3 x 3 convolution of stride 4 for both, so that j runs over 1/16 of the positions.
/// The sum of similarities of a position is weighed by its own region, U unknown or K known:
///     w_i = clip(sqrt(|U|/|K|)) for i in U, clip(sqrt(|K|/|U|)) for i in K, clip to [0.1, 10]
class LightNonLocal : public GuidedAttention {
 public:
  LightNonLocal();
  [[nodiscard]] Tensor operator()(const Tensor& guidance, const Tensor& alpha,
                                  const Tensor& unknown) const override;
  /// Rows first ... first + count - 1 of f: [N, count, keys].
  [[nodiscard]] Tensor weights(const Tensor& guidance, const Tensor& unknown, std::int64_t first,
                               std::int64_t count) const;

 private:
  struct Similarity {
    Tensor queries;  ///< [N, H W, 32], w_i / sqrt(d/2) included
    Tensor keys;     ///< [N, 32, H W / 16]
  };
  [[nodiscard]] Similarity similarity(const Tensor& guidance, const Tensor& unknown) const;

  std::shared_ptr<Conv2d> theta_, phi_, g_, down_;
  std::shared_ptr<Sequence> w_;
};

/// The refinement [zhou2021, Table S8]: a small residual U-Net on alpha alone, [N, 1, H, W] ->
/// [N, 1, H, W]; H and W multiples of 16. The table takes the joined features after pooling, where
/// sizes do not agree; they are taken before it, and the enlargement that the table names for the
/// ninth convolution is left out, as both its sides have the image's size.
class Refinement : public Unit {
 public:
  Refinement();

 protected:
  Tensor forward(const Tensor& input) override;

 private:
  /// Convolution `i`, normalisation, ReLU.
  [[nodiscard]] Tensor stage(int i, const Tensor& input) const;

  std::vector<std::shared_ptr<Conv2d>> conv_;
  std::vector<std::shared_ptr<BatchNorm2d>> bn_;
};

/// Whether Net-M refines; without it is NLM in the paper's Table 3.
enum class Refine { no, yes };

/// Multiply-accumulates for 800 x 800 pixels.
[[nodiscard]] constexpr std::int64_t net_m_macs(Refine refine) {
  return refine == Refine::yes ? 174'197'760'000 : 102'952'320'000;
}

struct NetMOutput {
  Tensor coarse;   ///< [N, 1, H, W] in [0, 1]
  Tensor refined;  ///< [N, 1, H, W], not clipped; undefined without refinement
};

/// Input [N, 6, H, W]: RGB normalised by ImageNet's statistics, then background, unknown and
/// foreground of the trimap, each 0 or 1; H and W multiples of 32.
class NetM : public torch::nn::Module {
 public:
  explicit NetM(Refine refine = Refine::yes);
  [[nodiscard]] NetMOutput operator()(const Tensor& input) const;
  /// Row `query` of the attention's f: [1, keys].
  [[nodiscard]] Tensor attention_row(const Tensor& input, std::int64_t query) const;

 private:
  std::shared_ptr<LightNonLocal> attention_;
  std::shared_ptr<GcaEncoder> encoder_;
  std::shared_ptr<GcaDecoder> decoder_;
  std::shared_ptr<Refinement> refine_;  ///< null without refinement
};

}  // namespace mbench::deep

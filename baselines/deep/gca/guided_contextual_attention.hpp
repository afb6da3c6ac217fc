#pragma once
#include <cstdint>
#include <memory>

#include "baselines/deep/blocks/gca_unet.hpp"

namespace mbench::deep {

/// The guided contextual attention of GCA-Matting [li2020gca]. Features of alpha are replaced by
/// means of those elsewhere, weighted by how alike the image's features are. With p, q running over
/// the n = H/16 x W/16 positions of the image's features at half of their resolution:
///
///     f_p  = the 3 x 3 window of theta(I) around p
///
///     a_p  = the 4 x 4 window of A around every second pixel
///
///     s_pq = w_p f_p . f_q / max(|f_p|, 1e-4) - 1e4 [p = q and p unknown]
///
///     A'   = A + BN(W(1/4 sum over p of softmax_p(s_pq) a_p, added up where windows overlap))
///
/// theta: 1 x 1, 128 -> 64 channels; windows are mirrored at the borders. A window counts as
/// unknown if one of its pixels is. With mu the share of unknown pixels,
///     w_p = clip(sqrt(mu / (1 - mu))) if p is unknown, clip(sqrt((1 - mu) / mu)) if it is known,
/// clipped to [0.1, 10]. Names of Yaoyi-Li/GCA-Matting.
class GuidedContextualAttention : public GuidedAttention {
 public:
  /// 256 MB of scores: those of 8192 positions, an image of 2 megapixels.
  static constexpr std::int64_t kMaxScores = std::int64_t{1} << 26;

  /// `max_scores`: how many are held at once. Where n^2 are more, positions q are attended to in
  /// parts: max_scores of them at a time, whatever the image, but values and sums, 2048 numbers per
  /// position each, stay whole.
  explicit GuidedContextualAttention(std::int64_t max_scores = kMaxScores);
  /// H and W multiples of 32 pixels of the image.
  [[nodiscard]] Tensor operator()(const Tensor& guidance, const Tensor& alpha,
                                  const Tensor& unknown) const override;

  /// w of unknown and of known positions: [N, 2].
  [[nodiscard]] static Tensor weights(const Tensor& unknown);
  /// Where for each q the p of its largest score lies, in rows and columns from the middle of the
  /// image: [N, 2, H/16, W/16].
  [[nodiscard]] Tensor offsets(const Tensor& guidance, const Tensor& unknown) const;

 private:
  /// For `count` positions q at a time: n count scores are held at once, not n^2.
  [[nodiscard]] Tensor in_parts(const Tensor& guidance, const Tensor& alpha, const Tensor& unknown,
                                std::int64_t count) const;
  /// What scores are made of, for one image.
  struct Keys;
  [[nodiscard]] Keys keys(const Tensor& guidance, const Tensor& unknown) const;
  [[nodiscard]] Tensor finish(const Tensor& alpha, const Tensor& sums) const;

  std::int64_t max_scores_;
  std::shared_ptr<Conv2d> guidance_conv_;  ///< theta
  std::shared_ptr<Sequence> w_;            ///< W, BN
};

}  // namespace mbench::deep

#pragma once
#include <memory>
#include <vector>

#include "baselines/method.hpp"
#include "imaging/orientation.hpp"

namespace mbench::baselines {

/// Whether pixels that the trimap knows keep the mean, or get 0 and 1 in the end.
enum class KnownPixels { mean, trimap };

/// Test-time augmentation: which variants of an image a method is asked about.
struct TtaPlan {
  std::vector<double> scales{1.0};
  std::vector<imaging::Orientation> orientations{imaging::Orientation{}};
  KnownPixels known{KnownPixels::mean};
};

/// The orientations of `rotations` (1, 2 or 4) equal steps of a full turn, each also mirrored left
/// to right with `flipped`.
[[nodiscard]] std::vector<imaging::Orientation> tta_orientations(int rotations, bool flipped);

/// A method that asks another about variants of each image, undoes what was done to them and
/// returns the mean:
///     alpha = clip(mean over scales s of R(mean over orientations g of g^-1 A(g(R_s I))))
/// R_s: resize to max(1, trunc(s width)) x max(1, trunc(s height)): images bicubic, trimaps by
/// nearest neighbour, segmentations bilinear; R: back, bicubic; all as OpenCV resizes; g: exact.
/// Sums are in double precision, so a method that treats all orientations alike is unchanged.
/// A pass that is degenerate makes the whole estimate so.
[[nodiscard]] std::unique_ptr<Method> make_tta(std::unique_ptr<Method> method, TtaPlan plan);

extern const MethodEntry tta_method;

/// The method that `tta` with these options asks, and its options. Throws usage if there is none
/// such, or none that can be wrapped.
[[nodiscard]] NameWithOptions tta_wrapped(const Options& options);

}  // namespace mbench::baselines

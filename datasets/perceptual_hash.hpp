#pragma once
#include <cstdint>
#include <optional>

#include "core/image.hpp"
#include "core/matte.hpp"

namespace mbench::datasets {

/// 64 bits that say what a picture looks like: copies of one picture that were rescaled, compressed
/// again or brightened differ in few of them, different pictures in about half. After the DCT hash
/// of [zauner2010].
///
/// With Y = 0.299 R + 0.587 G + 0.114 B in 0 ... 255, averaged over the cells of a grid of 32 x 32
/// that spans the picture, and its cosine transform
///     C(v, u) = 1/16 sum_{y,x} Y(y, x) cos(pi/32 v (y + 1/2)) cos(pi/32 u (x + 1/2)),
/// bit 8 (v - 1) + u - 1 is set where C(v, u) > 0, for v and u from 1 to 8. [zauner2010] smooths
/// and picks pixels instead of averaging, and compares with the median of the 64 instead of 0: that
/// hash cannot be mirrored.
///
/// With a matte a the picture is its foreground alone, before a plain grey, which is 0 here:
///     a (32 (Y - m)/s + 16)
/// where m and s are mean and standard deviation (at least 2) of Y over the foreground, so that the
/// hash does not change with brightness and contrast; the 16 let the shape of a plain foreground
/// count. The grid spans 1.7 standard deviations of the pixels' places to each side of their mean,
/// all of it weighted by a: about the bounding box of the matte, but a few stray pixels, and
/// rescaling, do not move it by whole pixels.
///
/// Nothing for a picture without any detail (all |C| < 8, waves of half a level), and for a matte
/// that is empty. Throws bad_input unless picture and matte have one size.
[[nodiscard]] std::optional<std::uint64_t> perceptual_hash(const Image& picture);
[[nodiscard]] std::optional<std::uint64_t> perceptual_hash(const Image& picture,
                                                           const Matte& alpha);

/// The hash of the picture with left and right exchanged: C(v, u) changes its sign where u is odd.
[[nodiscard]] std::uint64_t mirrored(std::uint64_t hash);

/// In how many bits two hashes differ, 0 to 64.
[[nodiscard]] int hash_distance(std::uint64_t hash, std::uint64_t other);

}  // namespace mbench::datasets

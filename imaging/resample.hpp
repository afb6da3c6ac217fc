#pragma once
#include <cstdint>
#include <memory>
#include <string_view>

#include "core/image.hpp"
#include "core/plane.hpp"

// Resizing as three programs do it: scikit-image, OpenCV and Pillow. No two of them agree, and
// published numbers depend on which one a method's code calls. All three map pixel centres onto
// each other: output i of n_out lies at (i + 0.5) n_in/n_out - 0.5 of the input (but for OpenCV's
// nearest neighbour). All but skimage019 work along rows first, then along columns; each channel is
// on its own. The numbers do not depend on the machine or on threads. Every function here throws
// bad_input unless all sides are at least 1.

namespace mbench::imaging {

/// Which scikit-image: its resize() changed twice between the versions that methods pin.
enum class ResizeRule {
  /// 0.14, called without further arguments. Samples outside the image count as 0, so where an
  /// image is enlarged its outermost rows and columns fade; nothing is smoothed before shrinking.
  skimage014,
  /// 0.19 (since 0.15 in what it does): the image goes on beyond its edges as its mirror image, the
  /// edge not repeated, and an axis that shrinks is smoothed first by a Gaussian with
  /// sigma = (n_in/n_out - 1)/2 pixels, cut off at int(4 sigma + 0.5) pixels.
  skimage019,
  /// The same called with mode='constant': the image is 0 beyond its edges, for the smoothing too,
  /// so its outermost rows and columns fade. No option names it: for programs that ask for it.
  skimage019_constant,
};

/// "skimage014" or "skimage019", as options name them, for either of 0.19's.
[[nodiscard]] std::string_view to_string(ResizeRule rule);
/// The rule of that name. Throws usage for any other name.
[[nodiscard]] ResizeRule resize_rule(std::string_view name);

/// skimage.transform.resize(image, size) with order 1 (bilinear), in double precision:
///     out(i) = (1 - d) in(floor(c)) + d in(floor(c) + 1),  c = (i + 0.5) n_in/n_out - 0.5,
///     d = c - floor(c),
/// then clipped to the smallest and largest value of the image (of all its channels together,
/// before any smoothing). 8-bit values are first multiplied by 1/255, floats stay as they are; the
/// result of floats is rounded to float, under skimage019 also between the steps, as SciPy stores
/// them. A size that stays the same gives the image itself. An enlarged constant stays exactly
/// constant where it is 0, and under skimage014 where it is 1: there the clipping undoes the fading
/// as long as no pixel of the image is lower. skimage019 leaves a 1 beside lower pixels as
/// 1 - 2^-53 in places, as SciPy's order of summing does.
[[nodiscard]] Plane<double> resize_skimage(PixelView<std::uint8_t> image, Size size,
                                           ResizeRule rule);
[[nodiscard]] Plane<Rgb<double>> resize_skimage(PixelView<Rgb<std::uint8_t>> image, Size size,
                                                ResizeRule rule);
[[nodiscard]] Plane<float> resize_skimage(PixelView<float> image, Size size, ResizeRule rule);
[[nodiscard]] Plane<Rgb<float>> resize_skimage(PixelView<Rgb<float>> image, Size size,
                                               ResizeRule rule);
[[nodiscard]] Plane<double> resize_skimage(PixelView<double> image, Size size, ResizeRule rule);
[[nodiscard]] Plane<Rgb<double>> resize_skimage(PixelView<Rgb<double>> image, Size size,
                                                ResizeRule rule);

/// The rows of resize_skimage() for those who need no whole plane of doubles.
class SkimageRows {
 public:
  /// Views the image for as long as the object lives.
  SkimageRows(PixelView<Rgb<std::uint8_t>> image, Size size, ResizeRule rule);
  ~SkimageRows();
  /// Writes row y. Rows may be asked for in any order; one after another, none is computed twice.
  void write(int y, Rgb<double>* to);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// OpenCV's INTER_NEAREST, INTER_LINEAR, INTER_CUBIC and INTER_LANCZOS4.
enum class Interpolation { nearest, linear, cubic, lanczos4 };

/// cv::resize(image, size, interpolation) of OpenCV 4.6. The image goes on beyond its edges as the
/// pixel at the edge; nothing is smoothed before shrinking. The same size gives the image itself.
///     nearest:  in(min(floor(i n_in/n_out), n_in - 1)), no half-pixel shift
///     linear:   weights 1 - d, d; exactly half the size in both axes is the mean of 2 x 2 pixels
///     cubic:    4 weights, Keys' kernel with a = -0.75
///     lanczos4: 8 weights, sinc(x) sinc(x/4), divided by their sum
/// d and the weights are computed in single precision. 8-bit images use weights rounded to
/// 11 fractional bits in each axis (halves to even) and integer sums; linear drops 4 bits between
/// the axes and 16 after the second, then rounds; cubic's second axis is single precision for all
/// but the last (width x channels) mod 8 values of a row, as OpenCV's 128-bit code is, and integer
/// there. Equal bit for bit to OpenCV's build for x86-64 without wider baseline instructions
/// (Debian's); Python wheels with Intel's IPP may differ by one level. Floats agree within 1e-6 of
/// the values' size; overshoot of cubic and lanczos4 is kept in floats and clipped to 0..255 in
/// 8 bits. Double precision keeps single-precision weights.
[[nodiscard]] Plane<std::uint8_t> resize_opencv(PixelView<std::uint8_t> image, Size size,
                                                Interpolation interpolation);
[[nodiscard]] Plane<Rgb<std::uint8_t>> resize_opencv(PixelView<Rgb<std::uint8_t>> image, Size size,
                                                     Interpolation interpolation);
[[nodiscard]] Plane<float> resize_opencv(PixelView<float> image, Size size,
                                         Interpolation interpolation);
[[nodiscard]] Plane<Rgb<float>> resize_opencv(PixelView<Rgb<float>> image, Size size,
                                              Interpolation interpolation);
[[nodiscard]] Plane<double> resize_opencv(PixelView<double> image, Size size,
                                          Interpolation interpolation);
[[nodiscard]] Plane<Rgb<double>> resize_opencv(PixelView<Rgb<double>> image, Size size,
                                               Interpolation interpolation);

/// Pillow's BILINEAR (triangle, support 1) and BICUBIC (Keys' kernel with a = -0.5, support 2).
enum class PillowFilter { bilinear, bicubic };

/// Image.resize(size, filter) of Pillow (since 2.7; checked against 9.4), 8 bits per channel. With
/// s = n_in/n_out, q = max(s, 1) and c = (i + 0.5) s, output i is the weighted mean of the inputs
///     j = max(0, trunc(c - q support + 0.5)) ... min(n_in, trunc(c + q support + 0.5)) - 1
/// with weights f((j - c + 0.5)/q) divided by their sum: the filter widens when an image shrinks
/// and ends at the edges. Weights are rounded to 22 fractional bits, halves away from zero; sums
/// are integers, rounded and clipped to 8 bits after each axis. An axis whose size stays is left
/// alone. Equal to Pillow bit for bit.
[[nodiscard]] Plane<std::uint8_t> resize_pillow(PixelView<std::uint8_t> image, Size size,
                                                PillowFilter filter);
[[nodiscard]] Plane<Rgb<std::uint8_t>> resize_pillow(PixelView<Rgb<std::uint8_t>> image, Size size,
                                                     PillowFilter filter);

/// The upper left `part` of resize_pillow(image, size, filter), computed without the rest. Throws
/// bad_input unless the part lies within `size`.
[[nodiscard]] Plane<Rgb<std::uint8_t>> resize_pillow_part(PixelView<Rgb<std::uint8_t>> image,
                                                          Size size, Size part,
                                                          PillowFilter filter);

}  // namespace mbench::imaging

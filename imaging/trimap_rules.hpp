#pragma once
#include <array>
#include <optional>
#include <string_view>

#include "core/matte.hpp"
#include "core/trimap.hpp"

namespace mbench::imaging {

/// The optimal trimap of a matte [cai2019, eq. 2]: 0 where it is clear, 255 where it is opaque, 128
/// between. Clear and opaque are 0 and 1; of floats, what lies within 1e-5 of them, as GCA-Matting
/// reads its own. All rules of this file see no more of a matte than this.
[[nodiscard]] Trimap optimal_trimap(AlphaView alpha);

/// How far something grows: so many times by the elliptic element of size k. None: not at all.
struct Growth {
  int k{1};
  int iterations{1};
};

/// Lets the unknown region of an optimal trimap T grow into both others:
///     F = {T = 255} eroded by `inward`,  D = {T != 0} dilated by `outward`,
///     255 on F, 128 on D without F, 0 elsewhere.
/// The outside of the image neither erodes nor dilates. Throws usage unless 1 <= k <= 65535 and
/// iterations >= 0.
[[nodiscard]] Trimap grown_trimap(TrimapView optimal, Growth inward, Growth outward);

/// The trimap of an alpha matte v (0..255) as GFM and AIM make it [li2021, li2022gfm], with the
/// elliptic element of size k:
///     D = dilate({v != 0}),  E = erode({v == 255}),
///     T = 255 on E, 128 on D without E, 0 elsewhere.
/// k: 25 in GFM's tests, 50 for its wider maps, 30 for AIM's unified maps, 10 for saliency sets.
/// Throws usage unless 1 <= k <= 65535.
[[nodiscard]] Trimap make_trimap(PixelView<std::uint8_t> alpha, int k);

/// Sizes of the elliptic elements that eroded_trimap() erodes with, in pixels.
struct ErosionSizes {
  int foreground{};
  int background{};
};

/// The trimap of an alpha matte as GCA-Matting makes it for training, and zhou2021 after it:
///     F = erode({alpha >= 1 - 1e-5}),  B = erode({alpha <= 1e-5}),
///     T = 255 on F, 0 on B, 128 elsewhere,
/// each with its own elliptic element of the size given (GCA draws both from 1 to 29). Integer
/// mattes have no value within 1e-5 of 0 or 1 but 0 and 1. The outside of the image erodes nothing.
/// Eroding B is dilating what is not B: with equal sizes this is make_trimap().
/// Throws usage unless both sizes are from 1 to 65535.
[[nodiscard]] Trimap eroded_trimap(AlphaView alpha, const ErosionSizes& sizes);

/// What kind of image it is, as AIM-500 tags them.
enum class ImageType {
  salient_opaque,       ///< SO
  salient_transparent,  ///< STM: transparent or meticulous
  non_salient,          ///< NS
};

inline constexpr std::array kImageTypes{ImageType::salient_opaque, ImageType::salient_transparent,
                                        ImageType::non_salient};

/// "SO", "STM" or "NS": the value of the tag `type`.
[[nodiscard]] std::string_view to_string(ImageType type);
/// The type of that name, if it is one.
[[nodiscard]] std::optional<ImageType> image_type(std::string_view name);

/// AIM's unified map of a trimap [li2021, eq. 1], with T and U in {0, 0.5, 1} for 0, 128 and 255:
///     U = T             SO:  trimap
///     U = 1.5 T - T^2   STM: duomap, no foreground (0, 0.5, 0.5)
///     U = 0.5           NS:  unimap
[[nodiscard]] Trimap unified_map(TrimapView trimap, ImageType type);

/// The element size k from which AIM's code makes the trimaps behind its unified maps.
inline constexpr int kUnifiedMapElement = 30;

/// AIM's unified map of an alpha matte: unified_map(make_trimap(alpha, k), type), what its semantic
/// branch learns to predict.
[[nodiscard]] Trimap make_unified_map(PixelView<std::uint8_t> alpha, ImageType type,
                                      int k = kUnifiedMapElement);

}  // namespace mbench::imaging

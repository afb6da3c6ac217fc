#pragma once
#include <cstdint>
#include <string_view>
#include <variant>

namespace mbench::metrics {

// Every published evaluation program is one setting of the switches below. docs/metrics.md says
// which program sets what, and how far the settings lie apart on real mattes.

/// The pixels that are summed. T is the trimap.
enum class ScoredRegion : std::uint8_t {
  whole,       ///< every pixel
  unknown,     ///< {T = 128}
  foreground,  ///< {T = 255}
  background,  ///< {T = 0}
  detail,      ///< {T > 0}: unknown and foreground
};

/// What happens to a prediction that has more than 8 bits, before clamping.
enum class Quantise : std::uint8_t {
  none,                ///< it is scored in the depth that it has
  truncate_to_8_bits,  ///< the integer part of 255 alpha
  round_to_8_bits,     ///< the integer nearest to 255 alpha, halves to the even one
};

/// What happens to the prediction where the trimap knows the answer.
enum class Clamp : std::uint8_t {
  none,
  to_trimap,  ///< 0 where T = 0 and 1 where T = 255, before anything but quantising
};

/// What happens to each matte, after clamping, before it is measured.
enum class Stretch : std::uint8_t {
  none,
  min_max,  ///< (v - min) / (max - min) over the whole image, each matte by itself; a constant
            ///< matte becomes 0
};

struct PixelSwitches {
  ScoredRegion region{ScoredRegion::whole};
  Quantise quantise{Quantise::none};
  Clamp clamp{Clamp::none};
  Stretch stretch{Stretch::none};
  friend bool operator==(const PixelSwitches&, const PixelSwitches&) = default;
};

/// The number of pixels by which a sum is divided to give a mean.
enum class Divisor : std::uint8_t {
  one,                    ///< not a mean
  region,                 ///< pixels that were summed
  unknown,                ///< pixels with T = 128, whatever was summed
  unknown_or_unlabelled,  ///< pixels with T = 128; when there are none, those with T neither 0 nor
                          ///< 255
};

/// What a mean over no pixels is.
enum class ZeroDivisor : std::uint8_t { undefined, zero };

/// value = sum / ((divisor + offset) * unit)
struct Normalisation {
  Divisor divisor{Divisor::one};
  double offset{0.0};  ///< added to the divisor; some programs write 1e-8 or 1 to avoid 0/0
  ZeroDivisor if_zero{ZeroDivisor::undefined};
  double unit{1.0};  ///< size of the printed unit: 1000 for sums in thousands
  friend bool operator==(const Normalisation&, const Normalisation&) = default;
};

struct SadSwitches {
  PixelSwitches pixels{};
  Normalisation normalisation{.unit = 1000.0};
  friend bool operator==(const SadSwitches&, const SadSwitches&) = default;
};

struct MseSwitches {
  PixelSwitches pixels{};
  Normalisation normalisation{.divisor = Divisor::region};
  friend bool operator==(const MseSwitches&, const MseSwitches&) = default;
};

struct MadSwitches {
  PixelSwitches pixels{};
  Normalisation normalisation{.divisor = Divisor::region};
  friend bool operator==(const MadSwitches&, const MadSwitches&) = default;
};

/// Derivatives of a Gaussian with sigma = 1.4 pixels.
enum class GradientKernel : std::uint8_t {
  taps9,   ///< 9 x 9, divided by its L2 norm (Deep Image Matting and its ports)
  taps13,  ///< 13 x 13, Gaussian of sum 1, as scipy.ndimage makes it (AIM and relatives)
};

/// How a row or column goes on beyond the image.
enum class Border : std::uint8_t {
  replicate,  ///< a a a | a b c
  reflect,    ///< c b a | a b c
};

struct GradientSwitches {
  PixelSwitches pixels{};
  Normalisation normalisation{.unit = 1000.0};
  GradientKernel kernel{GradientKernel::taps9};
  Border border{Border::replicate};
  friend bool operator==(const GradientSwitches&, const GradientSwitches&) = default;
};

/// Whether a value that equals the threshold j/10 reaches it.
enum class ThresholdRule : std::uint8_t {
  inclusive,  ///< yes. Float mattes: both sides are rounded to single precision, as MATLAB does
  f64,        ///< against j * 0.1 in double precision, which is above j/10 for j = 3, 6, 7: of the
              ///< 8-bit values 153 = 0.6 * 255 fails. Float mattes: compared in double precision
};

/// What happens at a threshold that no pixel reaches in both mattes.
enum class EmptyLevel : std::uint8_t {
  drop,   ///< every pixel still connected ends at the threshold below
  skip,   ///< the threshold is left out
  error,  ///< the program stops: the score is undefined
};

/// Which of several largest components is taken: the one whose first pixel comes first when the
/// image is scanned ...
enum class TieOrder : std::uint8_t {
  row_major,     ///< along rows (OpenCV, scikit-image)
  column_major,  ///< along columns (MATLAB)
};

/// What competes for being the largest component.
enum class Components : std::uint8_t {
  foreground_only,
  with_background,  ///< all pixels below the threshold together count as one component, which also
                    ///< wins ties: the defect of ports that count label 0
};

struct ConnectivitySwitches {
  PixelSwitches pixels{};
  Normalisation normalisation{.unit = 1000.0};
  ThresholdRule predicted_threshold{ThresholdRule::inclusive};
  ThresholdRule truth_threshold{ThresholdRule::inclusive};
  EmptyLevel empty_level{EmptyLevel::drop};
  TieOrder tie_order{TieOrder::row_major};
  Components components{Components::foreground_only};
  friend bool operator==(const ConnectivitySwitches&, const ConnectivitySwitches&) = default;
};

/// A number about a predicted trimap against the true one.
enum class TrimapScore : std::uint8_t {
  accuracy,
  iou_background,
  iou_unknown,
  iou_foreground,
  miou_of_three,    ///< undefined if one of the three is
  miou_of_present,  ///< mean over the classes that occur in either trimap
};

struct TrimapSwitches {
  TrimapScore score{TrimapScore::accuracy};
  friend bool operator==(const TrimapSwitches&, const TrimapSwitches&) = default;
};

/// A column of sequences alone. The first frame of a clip is 0, and that 0 counts in means.
struct DtssdSwitches {
  double factor{100.0};  ///< of the printed number
  friend bool operator==(const DtssdSwitches&, const DtssdSwitches&) = default;
};

/// One column of a protocol. The type of the switches says which metric it is.
struct ScoreColumn {
  std::string_view id;  ///< "sad_trimap"
  std::variant<SadSwitches, MseSwitches, MadSwitches, GradientSwitches, ConnectivitySwitches,
               DtssdSwitches, TrimapSwitches>
      switches;
  friend bool operator==(const ScoreColumn&, const ScoreColumn&) = default;
};

}  // namespace mbench::metrics

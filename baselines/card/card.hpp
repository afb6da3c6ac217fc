#pragma once
#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/size.hpp"
#include "imaging/resample.hpp"

// A card: a TOML file that says how a network that somebody exported is to be fed, and how alpha
// follows from what it gives. docs/bring-your-method.md explains every key.

namespace mbench::baselines {

/// Which program runs the network.
enum class CardRuntimeKind { onnx, torchscript };

/// What a network is shown.
enum class CardSource { image, trimap, mask, background };

/// One of the resizing rules of imaging/resample.hpp and imaging/resample_area.hpp.
struct CardResize {
  enum class Program { opencv, skimage, pillow, area };
  enum class Depth { bits8, single_precision, double_precision };
  Program program{Program::opencv};
  imaging::Interpolation interpolation{imaging::Interpolation::linear};  ///< OpenCV's
  imaging::ResizeRule skimage{imaging::ResizeRule::skimage019};          ///< scikit-image's
  imaging::PillowFilter pillow{imaging::PillowFilter::bilinear};         ///< Pillow's
  /// What OpenCV's rules work on. The others have no choice: Pillow 8 bits, `area` single
  /// precision, scikit-image double precision, which OpenCV's own single precision never reaches.
  Depth depth{Depth::bits8};
};

/// No side that a card can ask for is longer.
inline constexpr int kLargestCardSide = 1 << 15;

/// The size at which the network sees an image of another size.
struct CardSize {
  enum class Rule { image, fixed, divide, long_side, short_side };
  enum class Rounding { down, nearest, up };
  Rule rule{Rule::image};
  int width{}, height{};              ///< fixed
  double divisor{1.0};                ///< divide: sides are divided and rounded down
  int side{};                         ///< long_side, short_side: gets this length
  bool enlarge{true};                 ///< long_side, short_side: also if that is more
  bool keep_between{};                ///< these two: not if one side is shorter, one longer
  bool other_down{};                  ///< these two: the other side is rounded down
  int multiple{1};                    ///< both sides are brought to a multiple of this
  Rounding rounding{Rounding::down};  ///< in which direction
  int at_least{1}, at_most{kLargestCardSide};  ///< then each side is kept within these
  friend bool operator==(const CardSize&, const CardSize&) = default;
};

/// The size for an image. Never without pixels.
[[nodiscard]] Size card_size(const CardSize& rule, Size image);

/// The size that an image is brought to before all that the card says, and its alpha back from.
struct CardFirstSize {
  CardSize size{};
  bool eight_bit{};  ///< images are rounded to 8 bits first; else 8 bits stay so, others are floats
  CardResize image{}, trimap{}, back{};
};

/// One step of padding.
struct CardPad {
  enum class Mode { reflect, edge, constant };
  enum class Where { end, centre };
  /// Whether a side that is a multiple already gets one more: if the other side is none (together).
  enum class Always { no, yes, together };
  Mode mode{Mode::reflect};
  double value{};  ///< constant: 0 to 255; the number itself where it meets normalised ones
  int multiple{};  ///< sides are completed to a multiple of this; 0: not
  int frame{};     ///< and so many pixels are added at each side
  Always always{Always::no};
  Where where{Where::end};  ///< multiple: right and bottom, or shared out
};

/// One source as channels of a tensor: value -> (value / divide_before - mean) / deviation /
/// divide.
struct CardInput {
  /// What is normalised: the image as it is, resized, or resized and padded.
  enum class Normalise { image, resized, padded };
  CardSource source{CardSource::image};
  std::filesystem::path folder{};  ///< of backgrounds: a picture for each sample
  std::string name{};              ///< of the network's input; "" takes them in order
  bool joins{};                    ///< channels behind those of the input before, in one tensor
  bool blue_first{};               ///< of an image
  bool eight_bit{};                ///< of an image: rounded to 8 bits first
  bool own_maximum{};              ///< divided by its largest value once it is resized
  double range{1.0};               ///< values lie between 0 and this before mean and deviation
  bool invert{};                   ///< range - value
  /// Of a trimap: one row per channel, the values for background, unknown and foreground. Empty:
  /// its levels, 0, 128 and 255, as grey.
  std::vector<std::array<float, 3>> coding{};
  bool nearness{};  ///< of a trimap: six channels, see baselines/nearness.hpp
  double divide_before{1.0};
  std::vector<double> mean{}, deviation{};  ///< one for all channels or one for each; or none
  double divide{1.0};
  bool in_doubles{};  ///< this arithmetic is in double precision and rounded at its end
  Normalise normalise{Normalise::padded};
  bool channels_last{};
  CardResize resize{};

  [[nodiscard]] int channels() const;
};

/// What is taken of the network's answer.
struct CardOutput {
  enum class Role { alpha, classes };
  enum class Activation { none, sigmoid, softmax };
  enum class Depth { floats, rounded, down };
  Role role{Role::alpha};
  std::string name{};  ///< of the network's output; "" takes that of `index`
  int index{};
  std::vector<int> channels{0};  ///< alpha: one; classes: background (, unknown), foreground
  Activation activation{Activation::none};
  double scale{1.0}, offset{};  ///< alpha: value * scale + offset
  bool stretch{};               ///< alpha: then from its smallest and largest value to 0 and 1
  Depth depth{Depth::floats};   ///< alpha: then brought to 8 bits, rounded to nearest or down
  double stride{1.0};           ///< the answer's sides are those of the input divided by this
  bool channels_last{};
  CardResize resize{};             ///< back to the image
  std::optional<CardSize> size{};  ///< of the pass that this output is taken from
};

/// How alpha follows from the outputs.
enum class CardFusion {
  alpha,       ///< it is the output
  classes,     ///< of the most probable class: 0, the output where unknown, 1
  soft,        ///< F + U * output
  soft_share,  ///< (1 - U) F / (F + B) + U * output
  unified,     ///< (1 - 2 |u - 0.5|) * output + 2 |u - 0.5| u,  u = (U/2 + F) / (B + U + F)
  trimap,      ///< no output of alpha: 0, 0.5, 1 by the most probable class
  add,         ///< two classes: class + output
  subtract,    ///< two classes: class - output
};

struct Card {
  std::string title{};
  std::filesystem::path weights{};
  std::string sha256{};  ///< that the weights must have; "" for any
  CardRuntimeKind runtime{CardRuntimeKind::onnx};
  std::optional<CardFirstSize> first{};
  CardSize size{};
  std::vector<CardPad> pads{};
  std::vector<CardInput> inputs{};
  std::vector<CardOutput> outputs{};  ///< one alpha; one classes if the fusion asks for them
  CardFusion fusion{CardFusion::alpha};
  bool fuse_at_network{};  ///< before the answer is brought back to the image's size
  bool impose_trimap{};    ///< 0 and 1 where the trimap that was given is certain

  [[nodiscard]] bool needs(CardSource source) const;
  /// Where pictures without the subject are looked for; "" of a card that asks for none.
  [[nodiscard]] std::filesystem::path backgrounds() const;
};

/// Reads and checks a card. `where` stands in messages, `folder` is where weights are looked for.
/// Throws bad_input, naming key and line, for what is no card: unknown keys with the nearest name,
/// wrong types and values, keys that do not go together.
[[nodiscard]] Card parse_card(std::string_view text, std::string_view where,
                              const std::filesystem::path& folder);

/// The card in a file; weights are found beside it.
[[nodiscard]] Card read_card(const std::filesystem::path& file);

}  // namespace mbench::baselines

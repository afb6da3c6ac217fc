#include <algorithm>
#include <array>
#include <filesystem>

#include <fmt/core.h>

#include "baselines/card/card_tables.hpp"

namespace mbench::baselines {
namespace {

using imaging::Interpolation;

std::vector<double> read_per_channel(const TomlReader& reader, std::string_view key, int channels) {
  std::vector<double> values = reader.numbers(key, -kLargestCardNumber, kLargestCardNumber);
  if (reader.has(key) && values.size() != 1 &&
      values.size() != static_cast<std::size_t>(channels)) {
    reader.refuse(key, fmt::format("one number, or one for each of {} channels", channels),
                  fmt::format("{} numbers", values.size()));
  }
  return values;
}

void read_coding(const TomlReader& reader, CardInput& input) {
  using Coding = std::vector<std::array<float, 3>>;
  if (input.source != CardSource::trimap) {
    for (const std::string_view key : {"coding", "levels"}) {
      if (reader.has(key)) reader.refuse(key, "this key only with source = \"trimap\"", "another");
    }
    return;
  }
  input.coding = reader.choice("coding", Coding{},
                               {{"grey", Coding{}},
                                {"one-hot", Coding{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}},
                                {"certain", Coding{{1, 0, 0}, {0, 0, 1}}},
                                {"nearness", Coding{{1, 0, 0}, {0, 0, 1}}},
                                {"half", Coding{{0, 0.5F, 1}}},
                                {"classes", Coding{{0, 1, 2}}},
                                {"signed", Coding{{-1, 0, 1}}}});
  input.nearness = reader.text("coding", {}) == "nearness";
  if (reader.has("levels")) {
    const std::vector<double> levels =
        reader.numbers("levels", -kLargestCardNumber, kLargestCardNumber);
    if (reader.has("coding") || levels.size() != 3) {
      reader.refuse("levels", "three numbers, for background, unknown, foreground, and no 'coding'",
                    fmt::format("{} numbers", levels.size()));
    }
    input.coding = {{static_cast<float>(levels[0]), static_cast<float>(levels[1]),
                     static_cast<float>(levels[2])}};
  }
  for (const std::string_view key : {"range", "invert"}) {
    if (input.coding.empty() || !reader.has(key)) continue;
    reader.refuse(key, "this key only with coding = \"grey\"",
                  "a coding with values of its own: say mean, std or divide to change them");
  }
}

/// A folder of pictures of the background, one for each sample.
void read_folder(const TomlReader& reader, const std::filesystem::path& folder, CardInput& input) {
  if (input.source == CardSource::background) {
    input.folder = folder / reader.text("folder", "backgrounds");
  } else if (reader.has("folder")) {
    reader.refuse("folder", "this key only with source = \"background\"", "another source");
  }
}

/// What an image alone has.
void read_picture(const TomlReader& reader, CardInput& input) {
  const bool is_picture =
      input.source == CardSource::image || input.source == CardSource::background;
  for (const std::string_view key : {"order", "depth", "own-maximum"}) {
    if (is_picture || !reader.has(key)) continue;
    reader.refuse(key, "this key only with source = \"image\" or \"background\"", "another source");
  }
  input.blue_first = reader.choice("order", false, {{"rgb", false}, {"bgr", true}});
  input.eight_bit = reader.choice("depth", false, {{"image", false}, {"8-bit", true}});
  input.own_maximum = reader.flag("own-maximum", false);
}

void read_arithmetic(const TomlReader& reader, CardInput& input) {
  using Stage = CardInput::Normalise;
  input.divide_before = reader.number("divide-before", 1.0, 1e-6, kLargestCardNumber);
  input.mean = read_per_channel(reader, "mean", input.channels());
  input.deviation = read_per_channel(reader, "std", input.channels());
  if (std::ranges::find(input.deviation, 0.0) != input.deviation.end()) {
    reader.refuse("std", "numbers other than 0", "0");
  }
  input.divide = reader.number("divide", 1.0, 1e-6, kLargestCardNumber);
  input.in_doubles = reader.choice("arithmetic", false, {{"single", false}, {"double", true}});
  input.normalise = reader.choice(
      "normalise", Stage::padded,
      {{"image", Stage::image}, {"resized", Stage::resized}, {"padded", Stage::padded}});
}

/// Numbers that are no levels of 8 bits are resized as numbers.
void check_resize(const TomlReader& reader, const CardInput& input) {
  const bool nearest = input.resize.program == CardResize::Program::opencv &&
                       input.resize.interpolation == Interpolation::nearest;
  const bool on_levels = input.resize.depth == CardResize::Depth::bits8;
  if (!nearest && on_levels && !input.coding.empty()) {
    reader.refuse("resize",
                  "\"opencv-nearest\", or resize-depth = \"float\" or \"double\", or coding = "
                  "\"grey\": levels between 0, 128 and 255 have no code",
                  reader.text("resize", "its default"));
  }
  if (input.normalise == CardInput::Normalise::image && on_levels) {
    reader.refuse("resize-depth",
                  "\"float\" or \"double\" with normalise = \"image\": what is normalised has "
                  "no 8 bits",
                  "\"8-bit\"");
  }
  if (input.normalise == CardInput::Normalise::image && input.nearness) {
    reader.refuse("normalise", "\"resized\" or \"padded\" with coding = \"nearness\"", "\"image\"");
  }
}

}  // namespace

CardInput read_input(const toml::table& table, const std::string& where,
                     const std::filesystem::path& folder) {
  const TomlReader reader{
      table, where, "[[input]]", {"source",      "folder", "name",   "joins",
                                  "order",       "depth",  "range",  "invert",
                                  "own-maximum", "coding", "levels", "divide-before",
                                  "mean",        "std",    "divide", "arithmetic",
                                  "normalise",   "layout", "resize", "resize-depth"}};
  CardInput input;
  if (!reader.has("source")) {
    reader.refuse("source", "image, trimap, mask or background", "no such key");
  }
  input.source = reader.choice("source", CardSource::image,
                               {{"image", CardSource::image},
                                {"trimap", CardSource::trimap},
                                {"mask", CardSource::mask},
                                {"background", CardSource::background}});
  read_folder(reader, folder, input);
  input.name = reader.text("name", "");
  input.joins = reader.flag("joins", false);
  read_picture(reader, input);
  input.range = reader.number("range", 1.0, 1e-6, kLargestCardNumber);
  input.invert = reader.flag("invert", false);
  read_coding(reader, input);
  read_arithmetic(reader, input);
  input.channels_last = reader.choice("layout", false, {{"nchw", false}, {"nhwc", true}});
  CardResize fallback;
  if (input.source == CardSource::trimap) fallback.interpolation = Interpolation::nearest;
  input.resize = read_resize(reader, "resize", "resize-depth", fallback);
  check_resize(reader, input);
  return input;
}

}  // namespace mbench::baselines

#include "baselines/card/card.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdint>
#include <utility>

#include <fmt/core.h>
#include <fmt/format.h>

#include "baselines/card/toml_reader.hpp"
#include "core/error.hpp"
#include "core/text_file.hpp"

namespace mbench::baselines {
namespace {
namespace fs = std::filesystem;

using imaging::Interpolation;
using imaging::PillowFilter;
using imaging::ResizeRule;

constexpr double kLargestNumber = 1e6;

CardResize read_resize(const TomlReader& reader, bool floats_by_default) {
  using Program = CardResize::Program;
  CardResize resize = reader.choice(
      "resize", CardResize{},
      {{"opencv-linear", CardResize{}},
       {"opencv-nearest", CardResize{.interpolation = Interpolation::nearest}},
       {"opencv-cubic", CardResize{.interpolation = Interpolation::cubic}},
       {"opencv-lanczos4", CardResize{.interpolation = Interpolation::lanczos4}},
       {"skimage014", CardResize{.program = Program::skimage, .skimage = ResizeRule::skimage014}},
       {"skimage019", CardResize{.program = Program::skimage, .skimage = ResizeRule::skimage019}},
       {"pillow-bilinear",
        CardResize{.program = Program::pillow, .pillow = PillowFilter::bilinear}},
       {"pillow-bicubic",
        CardResize{.program = Program::pillow, .pillow = PillowFilter::bicubic}}});
  resize.floats =
      reader.choice("resize-depth", floats_by_default, {{"8-bit", false}, {"float", true}});
  if (resize.program == Program::skimage) {
    if (reader.has("resize-depth") && !resize.floats) {
      reader.refuse("resize-depth", "\"float\": scikit-image's rules work in double precision",
                    "\"8-bit\"");
    }
    resize.floats = true;
  }
  if (resize.program == Program::pillow) {
    if (reader.has("resize-depth") && resize.floats) {
      reader.refuse("resize-depth", "\"8-bit\": Pillow's rules work on 8 bits", "\"float\"");
    }
    resize.floats = false;
  }
  return resize;
}

CardSize read_size(const toml::table& table, const std::string& where, const std::string& name) {
  const TomlReader reader{table,
                          where,
                          name,
                          {"rule", "width", "height", "divisor", "side", "enlarge", "multiple",
                           "rounding", "at-least", "at-most"}};
  CardSize size;
  using Rule = CardSize::Rule;
  size.rule = reader.choice("rule", Rule::image,
                            {{"image", Rule::image},
                             {"fixed", Rule::fixed},
                             {"divide", Rule::divide},
                             {"long-side", Rule::long_side},
                             {"short-side", Rule::short_side}});
  const bool fits_side = size.rule == Rule::long_side || size.rule == Rule::short_side;
  const auto only_with = [&](std::string_view key, bool suits, std::string_view rules) {
    if (reader.has(key) == suits) return;
    if (reader.has(key)) {
      reader.refuse(key, fmt::format("this key only with rule = {}", rules), "another rule");
    }
    reader.refuse("rule", fmt::format("'{}' beside this rule", key), "no such key");
  };
  only_with("width", size.rule == Rule::fixed, "\"fixed\"");
  only_with("height", size.rule == Rule::fixed, "\"fixed\"");
  only_with("divisor", size.rule == Rule::divide, "\"divide\"");
  only_with("side", fits_side, "\"long-side\" or \"short-side\"");
  if (!fits_side && reader.has("enlarge")) only_with("enlarge", false, "\"long-side\"");
  size.width = reader.integer("width", 0, 1, kLargestCardSide);
  size.height = reader.integer("height", 0, 1, kLargestCardSide);
  size.divisor = reader.number("divisor", 1.0, 1e-3, 1e3);
  size.side = reader.integer("side", 0, 1, kLargestCardSide);
  size.enlarge = reader.flag("enlarge", true);
  size.multiple = reader.integer("multiple", 1, 1, 4096);
  size.rounding = reader.choice("rounding", CardSize::Rounding::down,
                                {{"down", CardSize::Rounding::down},
                                 {"nearest", CardSize::Rounding::nearest},
                                 {"up", CardSize::Rounding::up}});
  size.at_least = reader.integer("at-least", 1, 1, kLargestCardSide);
  size.at_most = reader.integer("at-most", kLargestCardSide / size.multiple * size.multiple,
                                size.at_least, kLargestCardSide);
  for (const auto& [key, bound] :
       {std::pair{"at-least", size.at_least}, std::pair{"at-most", size.at_most}}) {
    if (!reader.has(key) || bound % size.multiple == 0) continue;
    reader.refuse(key, fmt::format("a multiple of {}, as 'multiple' says", size.multiple),
                  fmt::format("{}", bound));
  }
  return size;
}

CardPad read_pad(const toml::table& table, const std::string& where) {
  const TomlReader reader{
      table, where, "[[pad]]", {"mode", "value", "multiple", "frame", "always", "where"}};
  CardPad pad{
      .mode = reader.choice("mode", CardPad::Mode::reflect,
                            {{"reflect", CardPad::Mode::reflect},
                             {"edge", CardPad::Mode::edge},
                             {"constant", CardPad::Mode::constant}}),
      .value = reader.number("value", 0.0, 0.0, 255.0),
      .multiple = reader.integer("multiple", 0, 1, 4096),
      .frame = reader.integer("frame", 0, 1, 4096),
      .always = reader.flag("always", false),
      .where = reader.choice("where", CardPad::Where::end,
                             {{"end", CardPad::Where::end}, {"centre", CardPad::Where::centre}})};
  if (reader.has("multiple") == reader.has("frame")) {
    reader.refuse("multiple", "either 'multiple' or 'frame' in each step of padding",
                  reader.has("frame") ? "both" : "neither");
  }
  if (reader.has("value") && pad.mode != CardPad::Mode::constant) {
    reader.refuse("value", "this key only with mode = \"constant\"", "another mode");
  }
  for (const std::string_view key : {"always", "where"}) {
    if (reader.has(key) && pad.frame > 0) {
      reader.refuse(key, "this key only with 'multiple'", "'frame', which every side gets");
    }
  }
  return pad;
}

std::vector<float> read_per_channel(const TomlReader& reader, std::string_view key, int channels) {
  const std::vector<double> values = reader.numbers(key, -kLargestNumber, kLargestNumber);
  if (reader.has(key) && values.size() != 1 &&
      values.size() != static_cast<std::size_t>(channels)) {
    reader.refuse(key, fmt::format("one number, or one for each of {} channels", channels),
                  fmt::format("{} numbers", values.size()));
  }
  return {values.begin(), values.end()};
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
                                {"half", Coding{{0, 0.5F, 1}}},
                                {"classes", Coding{{0, 1, 2}}},
                                {"signed", Coding{{-1, 0, 1}}}});
  if (reader.has("levels")) {
    const std::vector<double> levels = reader.numbers("levels", -kLargestNumber, kLargestNumber);
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

CardInput read_input(const toml::table& table, const std::string& where) {
  const TomlReader reader{table,
                          where,
                          "[[input]]",
                          {"source", "name", "joins", "order", "range", "invert", "coding",
                           "levels", "mean", "std", "divide", "layout", "resize", "resize-depth"}};
  CardInput input;
  if (!reader.has("source")) reader.refuse("source", "image, trimap or mask", "no such key");
  if (reader.text("source", {}) == "background") {
    throw Error{ErrorKind::unavailable,
                {.what = "the card asks for a picture of the background alone",
                 .where = where,
                 .expected = "image, trimap or mask: what data sets hold",
                 .found = "source = \"background\"",
                 .fix = "run the network's own program, and score its mattes with precomputed"}};
  }
  input.source = reader.choice(
      "source", CardSource::image,
      {{"image", CardSource::image}, {"trimap", CardSource::trimap}, {"mask", CardSource::mask}});
  input.name = reader.text("name", "");
  input.joins = reader.flag("joins", false);
  if (input.source != CardSource::image && reader.has("order")) {
    reader.refuse("order", "this key only with source = \"image\"", "another source");
  }
  input.blue_first = reader.choice("order", false, {{"rgb", false}, {"bgr", true}});
  input.range = reader.number("range", 1.0, 1e-6, kLargestNumber);
  input.invert = reader.flag("invert", false);
  read_coding(reader, input);
  input.mean = read_per_channel(reader, "mean", input.channels());
  input.deviation = read_per_channel(reader, "std", input.channels());
  if (std::ranges::find(input.deviation, 0.0F) != input.deviation.end()) {
    reader.refuse("std", "numbers other than 0", "0");
  }
  input.divide = reader.number("divide", 1.0, 1e-6, kLargestNumber);
  input.channels_last = reader.choice("layout", false, {{"nchw", false}, {"nhwc", true}});
  input.resize = read_resize(reader, false);
  if (input.source == CardSource::trimap) {
    if (!reader.has("resize")) input.resize.interpolation = Interpolation::nearest;
    const bool nearest = input.resize.program == CardResize::Program::opencv &&
                         input.resize.interpolation == Interpolation::nearest;
    if (!nearest && !input.coding.empty()) {
      reader.refuse("resize",
                    "\"opencv-nearest\", or coding = \"grey\": levels between 0, 128 and "
                    "255 have no code",
                    reader.text("resize", ""));
    }
  }
  return input;
}

CardOutput read_output(const toml::table& table, const std::string& where) {
  const TomlReader reader{table,
                          where,
                          "[[output]]",
                          {"role", "name", "index", "channel", "activation", "scale", "offset",
                           "stride", "layout", "resize", "resize-depth", "size"}};
  CardOutput output;
  output.role =
      reader.choice("role", CardOutput::Role::alpha,
                    {{"alpha", CardOutput::Role::alpha}, {"classes", CardOutput::Role::classes}});
  output.name = reader.text("name", "");
  output.index = reader.integer("index", 0, 0, 1000);
  if (reader.has("name") && reader.has("index")) {
    reader.refuse("index", "either 'name' or 'index'", "both");
  }
  const bool alpha = output.role == CardOutput::Role::alpha;
  output.channels = alpha ? std::vector{0} : std::vector{0, 1, 2};
  if (reader.has("channel")) {
    output.channels.clear();
    for (const double channel : reader.numbers("channel", 0.0, 1000.0)) {
      if (channel != std::floor(channel)) {
        reader.refuse("channel", "whole numbers from 0", fmt::format("{}", channel));
      }
      output.channels.push_back(static_cast<int>(channel));
    }
    const std::size_t count = output.channels.size();
    if (alpha ? count != 1 : count != 2 && count != 3) {
      reader.refuse("channel",
                    alpha ? "one channel for alpha"
                          : "those of background, unknown and foreground, or two of these",
                    fmt::format("{} channels", count));
    }
  }
  output.activation = reader.choice("activation", CardOutput::Activation::none,
                                    {{"none", CardOutput::Activation::none},
                                     {"sigmoid", CardOutput::Activation::sigmoid},
                                     {"softmax", CardOutput::Activation::softmax}});
  output.scale = reader.number("scale", 1.0, -kLargestNumber, kLargestNumber);
  output.offset = reader.number("offset", 0.0, -kLargestNumber, kLargestNumber);
  if (!alpha && (reader.has("scale") || reader.has("offset"))) {
    reader.refuse(reader.has("scale") ? "scale" : "offset", "this key only with role = \"alpha\"",
                  "role = \"classes\"");
  }
  output.stride = reader.number("stride", 1.0, 1e-3, 1e3);
  output.channels_last = reader.choice("layout", false, {{"nchw", false}, {"nhwc", true}});
  output.resize = read_resize(reader, true);
  if (const toml::table* size = reader.table("size")) {
    output.size = read_size(*size, where, "[output.size]");
  }
  return output;
}

void read_fusion(const TomlReader& top, const std::string& where, Card& card) {
  if (const toml::table* table = top.table("fusion")) {
    const TomlReader reader{*table, where, "[fusion]", {"rule", "at", "known"}};
    card.fusion = reader.choice("rule", CardFusion::alpha,
                                {{"alpha", CardFusion::alpha},
                                 {"classes", CardFusion::classes},
                                 {"soft", CardFusion::soft},
                                 {"soft-share", CardFusion::soft_share},
                                 {"unified", CardFusion::unified},
                                 {"add", CardFusion::add},
                                 {"subtract", CardFusion::subtract}});
    card.fuse_at_network = reader.choice("at", false, {{"image", false}, {"network", true}});
    card.impose_trimap = reader.choice("known", false, {{"output", false}, {"trimap", true}});
  }
  const auto classes =
      std::ranges::find(card.outputs, CardOutput::Role::classes, &CardOutput::role);
  const auto count = [&](CardOutput::Role role) {
    return std::ranges::count(card.outputs, role, &CardOutput::role);
  };
  const bool wants_classes = card.fusion != CardFusion::alpha;
  if (count(CardOutput::Role::alpha) != 1 ||
      count(CardOutput::Role::classes) != (wants_classes ? 1 : 0)) {
    top.refuse("output",
               wants_classes
                   ? "one output with role = \"alpha\" and one with role = \"classes\", as "
                     "the fusion asks"
                   : "one output with role = \"alpha\"",
               fmt::format("{} of alpha, {} of classes", count(CardOutput::Role::alpha),
                           count(CardOutput::Role::classes)));
  }
  if (wants_classes) {
    const bool two = card.fusion == CardFusion::add || card.fusion == CardFusion::subtract;
    if (classes->channels.size() != (two ? 2U : 3U)) {
      top.refuse("output", fmt::format("{} channels of classes for this fusion", two ? 2 : 3),
                 fmt::format("{}", classes->channels.size()));
    }
  }
  const auto has_own_size = [](const CardOutput& output) { return output.size.has_value(); };
  if (card.fuse_at_network && std::ranges::any_of(card.outputs, has_own_size)) {
    top.refuse("fusion", "at = \"image\" where outputs have sizes of their own", "\"network\"");
  }
}

CardRuntimeKind read_runtime(const TomlReader& top, const fs::path& weights) {
  std::string extension = weights.extension().string();
  std::ranges::transform(extension, extension.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return top.choice(
      "runtime", extension == ".onnx" ? CardRuntimeKind::onnx : CardRuntimeKind::torchscript,
      {{"onnx", CardRuntimeKind::onnx}, {"torchscript", CardRuntimeKind::torchscript}});
}

}  // namespace

Card parse_card(std::string_view text, std::string_view where, const fs::path& folder) {
  toml::table table;
  try {
    table = toml::parse(text);
  } catch (const toml::parse_error& error) {
    throw Error{ErrorKind::bad_input,
                {.what = "the card is not TOML",
                 .where = fmt::format("{}, line {}", where, error.source().begin.line),
                 .found = std::string{error.description()}}};
  }
  const std::string file{where};
  const TomlReader top{
      table,
      file,
      "",
      {"title", "weights", "sha256", "runtime", "size", "pad", "input", "output", "fusion"}};
  Card card{.title = top.text("title", "")};
  const std::string weights = top.text("weights", "");
  if (weights.empty()) top.refuse("weights", "the file of the exported network", "nothing");
  card.weights = folder / weights;
  card.sha256 = top.text("sha256", "");
  const bool digits = card.sha256.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (top.has("sha256") && (card.sha256.size() != 64 || !digits)) {
    top.refuse("sha256", "64 digits of 0-9 and a-f, as `sha256sum` prints them",
               fmt::format("'{}'", card.sha256));
  }
  card.runtime = read_runtime(top, card.weights);
  if (const toml::table* size = top.table("size")) card.size = read_size(*size, file, "[size]");
  for (const toml::table* pad : top.tables("pad")) card.pads.push_back(read_pad(*pad, file));
  for (const toml::table* input : top.tables("input")) {
    card.inputs.push_back(read_input(*input, file));
  }
  if (card.inputs.empty()) top.refuse("input", "at least one [[input]]", "none");
  if (card.inputs.front().joins) {
    top.refuse("input", "a first [[input]] that joins none before it", "joins = true");
  }
  if (card.runtime == CardRuntimeKind::torchscript) {
    for (const CardInput& input : card.inputs) {
      if (input.name.empty()) continue;
      top.refuse("input", "no 'name' in an [[input]] of TorchScript: it takes them in order",
                 fmt::format("name = \"{}\"", input.name));
    }
  }
  for (std::size_t i = 1; i < card.inputs.size(); ++i) {
    const CardInput& input = card.inputs[i];
    if (input.joins &&
        (!input.name.empty() || input.channels_last != card.inputs[i - 1].channels_last)) {
      top.refuse("input", "the name and layout of the input that is joined", "others");
    }
  }
  for (const toml::table* output : top.tables("output")) {
    card.outputs.push_back(read_output(*output, file));
  }
  if (card.outputs.empty()) card.outputs.push_back({.resize = {.floats = true}});
  read_fusion(top, file, card);
  return card;
}

Card read_card(const fs::path& file) {
  return parse_card(read_text_file(file), file.string(), file.parent_path());
}

}  // namespace mbench::baselines

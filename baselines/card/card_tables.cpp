#include "baselines/card/card_tables.hpp"

#include <cmath>

#include <fmt/core.h>

namespace mbench::baselines {
namespace {

using imaging::Interpolation;
using imaging::PillowFilter;
using imaging::ResizeRule;

constexpr CardResize kNearest{.interpolation = Interpolation::nearest};

/// The keys of a size, which stand alone or beside others.
CardSize size_of(const TomlReader& reader) {
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
  for (const std::string_view key : {"enlarge", "keep-between", "other"}) {
    if (!fits_side && reader.has(key)) only_with(key, false, "\"long-side\" or \"short-side\"");
  }
  size.width = reader.integer("width", 0, 1, kLargestCardSide);
  size.height = reader.integer("height", 0, 1, kLargestCardSide);
  size.divisor = reader.number("divisor", 1.0, 1e-3, 1e3);
  size.side = reader.integer("side", 0, 1, kLargestCardSide);
  size.enlarge = reader.flag("enlarge", true);
  size.keep_between = reader.flag("keep-between", false);
  size.other_down = reader.choice("other", false, {{"rounded", false}, {"down", true}});
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

CardPad::Always read_always(const TomlReader& reader) {
  if (!reader.is_text("always")) {
    return reader.flag("always", false) ? CardPad::Always::yes : CardPad::Always::no;
  }
  return reader.choice("always", CardPad::Always::no, {{"together", CardPad::Always::together}});
}

}  // namespace

CardResize read_resize(const TomlReader& reader, std::string_view key, std::string_view depth_key,
                       CardResize fallback) {
  using Program = CardResize::Program;
  using Depth = CardResize::Depth;
  CardResize resize = reader.choice(
      key, fallback,
      {{"opencv-linear", CardResize{}},
       {"opencv-nearest", CardResize{.interpolation = Interpolation::nearest}},
       {"opencv-cubic", CardResize{.interpolation = Interpolation::cubic}},
       {"opencv-lanczos4", CardResize{.interpolation = Interpolation::lanczos4}},
       {"skimage014", CardResize{.program = Program::skimage, .skimage = ResizeRule::skimage014}},
       {"skimage019", CardResize{.program = Program::skimage, .skimage = ResizeRule::skimage019}},
       {"skimage019-constant",
        CardResize{.program = Program::skimage, .skimage = ResizeRule::skimage019_constant}},
       {"pillow-bilinear",
        CardResize{.program = Program::pillow, .pillow = PillowFilter::bilinear}},
       {"pillow-bicubic", CardResize{.program = Program::pillow, .pillow = PillowFilter::bicubic}},
       {"area", CardResize{.program = Program::area}}});
  const bool says_depth = !depth_key.empty() && reader.has(depth_key);
  resize.depth = fallback.depth;
  if (says_depth) {
    resize.depth = reader.choice(depth_key, resize.depth,
                                 {{"8-bit", Depth::bits8},
                                  {"float", Depth::single_precision},
                                  {"double", Depth::double_precision}});
  }
  const auto only = [&](Depth depth, std::string_view expected) {
    if (says_depth && resize.depth != depth) {
      reader.refuse(depth_key, std::string{expected}, reader.text(depth_key, {}));
    }
    resize.depth = depth;
  };
  switch (resize.program) {
    case Program::opencv: break;
    case Program::skimage:
      if (says_depth && resize.depth == Depth::single_precision)
        resize.depth = Depth::double_precision;
      only(Depth::double_precision, "\"float\": scikit-image's rules work in double precision");
      break;
    case Program::pillow: only(Depth::bits8, "\"8-bit\": Pillow's rules work on 8 bits"); break;
    case Program::area:
      only(Depth::single_precision, "\"float\": this rule works in single precision");
      break;
  }
  return resize;
}

CardSize read_size(const toml::table& table, const std::string& where, const std::string& name) {
  const TomlReader reader{table,
                          where,
                          name,
                          {"rule", "width", "height", "divisor", "side", "enlarge", "keep-between",
                           "other", "multiple", "rounding", "at-least", "at-most"}};
  return size_of(reader);
}

CardFirstSize read_first_size(const toml::table& table, const std::string& where) {
  const TomlReader reader{
      table,
      where,
      "[first-size]",
      {"rule", "width", "height", "divisor", "side", "enlarge", "keep-between", "other", "multiple",
       "rounding", "at-least", "at-most", "depth", "resize", "trimap-resize", "resize-back"}};
  return {.size = size_of(reader),
          .eight_bit = reader.choice("depth", false, {{"image", false}, {"8-bit", true}}),
          .image = read_resize(reader, "resize", "", {}),
          .trimap = read_resize(reader, "trimap-resize", "", kNearest),
          .back = read_resize(reader, "resize-back", "",
                              {.depth = CardResize::Depth::single_precision})};
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
      .always = read_always(reader),
      .where = reader.choice("where", CardPad::Where::end,
                             {{"end", CardPad::Where::end}, {"centre", CardPad::Where::centre}})};
  if (!reader.has("multiple") && !reader.has("frame")) {
    reader.refuse("multiple", "'multiple', 'frame' or both in each step of padding", "neither");
  }
  if (reader.has("value") && pad.mode != CardPad::Mode::constant) {
    reader.refuse("value", "this key only with mode = \"constant\"", "another mode");
  }
  for (const std::string_view key : {"always", "where"}) {
    if (reader.has(key) && pad.multiple == 0) {
      reader.refuse(key, "this key only with 'multiple'", "'frame', which every side gets");
    }
  }
  return pad;
}

CardOutput read_output(const toml::table& table, const std::string& where) {
  const TomlReader reader{
      table,
      where,
      "[[output]]",
      {"role", "name", "index", "channel", "activation", "scale", "offset", "stretch", "depth",
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
  output.scale = reader.number("scale", 1.0, -kLargestCardNumber, kLargestCardNumber);
  output.offset = reader.number("offset", 0.0, -kLargestCardNumber, kLargestCardNumber);
  output.stretch = reader.flag("stretch", false);
  output.depth = reader.choice("depth", CardOutput::Depth::floats,
                               {{"float", CardOutput::Depth::floats},
                                {"8-bit", CardOutput::Depth::rounded},
                                {"8-bit-down", CardOutput::Depth::down}});
  for (const std::string_view key : {"scale", "offset", "stretch", "depth"}) {
    if (alpha || !reader.has(key)) continue;
    reader.refuse(key, "this key only with role = \"alpha\"", "role = \"classes\"");
  }
  output.stride = reader.number("stride", 1.0, 1e-3, 1e3);
  output.channels_last = reader.choice("layout", false, {{"nchw", false}, {"nhwc", true}});
  output.resize =
      read_resize(reader, "resize", "resize-depth", {.depth = CardResize::Depth::single_precision});
  if (const toml::table* size = reader.table("size")) {
    output.size = read_size(*size, where, "[output.size]");
  }
  return output;
}

}  // namespace mbench::baselines

#include "baselines/card/card.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

#include <fmt/core.h>

#include "baselines/card/card_tables.hpp"
#include "core/error.hpp"
#include "core/text_file.hpp"

namespace mbench::baselines {
namespace {
namespace fs = std::filesystem;

void read_fusion(const TomlReader& top, const std::string& where, Card& card) {
  if (const toml::table* table = top.table("fusion")) {
    const TomlReader reader{*table, where, "[fusion]", {"rule", "at", "known"}};
    card.fusion = reader.choice("rule", CardFusion::alpha,
                                {{"alpha", CardFusion::alpha},
                                 {"classes", CardFusion::classes},
                                 {"soft", CardFusion::soft},
                                 {"soft-share", CardFusion::soft_share},
                                 {"unified", CardFusion::unified},
                                 {"trimap", CardFusion::trimap},
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
  const bool wants_alpha = card.fusion != CardFusion::trimap;
  if (count(CardOutput::Role::alpha) != (wants_alpha ? 1 : 0) ||
      count(CardOutput::Role::classes) != (wants_classes ? 1 : 0)) {
    top.refuse("output",
               !wants_alpha     ? "one output with role = \"classes\" and none of alpha, as the "
                                  "fusion asks"
               : !wants_classes ? "one output with role = \"alpha\""
                                : "one output with role = \"alpha\" and one with role = "
                                  "\"classes\", as the fusion asks",
               fmt::format("{} of alpha, {} of classes", count(CardOutput::Role::alpha),
                           count(CardOutput::Role::classes)));
  }
  if (wants_classes) {
    const bool two = card.fusion == CardFusion::add || card.fusion == CardFusion::subtract;
    const bool any_number = card.fusion == CardFusion::trimap;
    if (!any_number && classes->channels.size() != (two ? 2U : 3U)) {
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
  const TomlReader top{table,
                       file,
                       "",
                       {"title", "weights", "sha256", "runtime", "first-size", "size", "pad",
                        "input", "output", "fusion"}};
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
  if (const toml::table* first = top.table("first-size")) {
    card.first = read_first_size(*first, file);
  }
  if (const toml::table* size = top.table("size")) card.size = read_size(*size, file, "[size]");
  for (const toml::table* pad : top.tables("pad")) card.pads.push_back(read_pad(*pad, file));
  for (const toml::table* input : top.tables("input")) {
    card.inputs.push_back(read_input(*input, file, folder));
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
  for (const CardInput& input : card.inputs) {
    if (input.folder.empty() || input.folder == card.backgrounds()) continue;
    top.refuse("input", "one folder of backgrounds", "several");
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
  if (card.outputs.empty())
    card.outputs.push_back({.resize = {.depth = CardResize::Depth::single_precision}});
  read_fusion(top, file, card);
  return card;
}

Card read_card(const fs::path& file) {
  return parse_card(read_text_file(file), file.string(), file.parent_path());
}

}  // namespace mbench::baselines

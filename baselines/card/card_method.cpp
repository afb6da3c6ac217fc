#include "baselines/card/card_method.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>
#include <fmt/format.h>

#include "baselines/card/card.hpp"
#include "baselines/card/card_estimate.hpp"
#include "baselines/card/runtime.hpp"
#include "baselines/deep/module.hpp"
#include "baselines/sample_file.hpp"
#include "core/error.hpp"
#include "core/sha256.hpp"
#include "imaging/io.hpp"

namespace mbench::baselines {
namespace {
namespace fs = std::filesystem;

constexpr std::array kOptions{
    OptionSpec{.name = "file", .help = "the card, a TOML file; docs/bring-your-method.md"}};

fs::path card_file(const Options& options) {
  if (options.has("file")) return options.text("file");
  throw Error{ErrorKind::usage,
              {.what = "method 'card' needs the option 'file'",
               .expected = "card:file=CARD.toml",
               .fix = "`mbench new-method NAME` writes a card to begin with"}};
}

/// The card, with the weights that the command line names in place of its own.
Card chosen_card(const fs::path& file, const WeightsChoice& weights) {
  Card card = read_card(file);
  if (weights.recipe) {
    throw Error{ErrorKind::usage,
                {.what = "an exported network cannot be filled by a formula",
                 .expected = "--weights FILE, or the card's own weights",
                 .found = to_string(weights)}};
  }
  if (!weights.file.empty()) card.weights = weights.file;
  if (!fs::is_regular_file(card.weights)) {
    throw Error{ErrorKind::bad_input,
                {.what = "the card's weights do not exist",
                 .where = file.string(),
                 .expected = card.weights.string(),
                 .found = "no such file",
                 .fix = "put the file there, or name another with --weights"}};
  }
  return card;
}

std::string checked_sha256(const Card& card) {
  std::string found = sha256_file(card.weights);
  if (card.sha256.empty() || card.sha256 == found) return found;
  throw Error{ErrorKind::bad_input,
              {.what = "the weights are not those that the card was written for",
               .where = card.weights.string(),
               .expected = fmt::format("SHA-256 {}", card.sha256),
               .found = found,
               .fix = "take the right file, or change sha256 in the card"}};
}

std::unique_ptr<CardRuntime> open_runtime(const Card& card, const MethodSettings& settings) {
  if (card.runtime == CardRuntimeKind::torchscript) {
    return open_torchscript(card.weights, settings.device, settings.precision);
  }
  if (settings.device != Device{} || settings.precision != Precision::fp32) {
    throw Error{ErrorKind::unavailable,
                {.what = "ONNX cards run on the CPU, in single precision",
                 .expected = "--device cpu --precision fp32",
                 .fix = "leave --device and --precision out, or export the network to "
                        "TorchScript"}};
  }
  return open_onnx(card.weights);
}

class CardMethod final : public Method {
 public:
  CardMethod(const fs::path& file, const MethodSettings& settings)
      : card_{chosen_card(file, settings.weights)},
        weights_sha256_{checked_sha256(card_)},
        card_sha256_{sha256_file(file)},
        precision_{settings.precision},
        runtime_{open_runtime(card_, settings)} {
    std::vector<std::string> names;
    for (const CardInput& input : card_.inputs) {
      if (!input.joins) names.push_back(input.name);
    }
    runtime_->require_inputs(names);
  }

  [[nodiscard]] Estimate estimate(const MattingInput& input) const override {
    if (card_.backgrounds().empty()) return card_estimate(card_, *runtime_, input);
    const Image background = read_background(input);
    return card_estimate(card_, *runtime_, input, &background);
  }

  /// Pictures of the background that are missing are told all at once, before the first sample.
  [[nodiscard]] std::unique_ptr<Method> answer_all(const PendingSamples& samples) const override {
    if (card_.backgrounds().empty()) return nullptr;
    std::vector<std::string> reasons;
    for (const std::string& id : samples.ids) {
      try {
        (void)find_background(id);
      } catch (const Error& error) {
        reasons.push_back(error.parts().what);
      }
    }
    if (reasons.empty()) return nullptr;
    constexpr std::size_t kMostTold = 20;
    const std::size_t count = reasons.size();
    reasons.resize(std::min(count, kMostTold));
    throw Error{
        ErrorKind::bad_input,
        {.what = fmt::format("{} of {} samples lack their picture of the background", count,
                             samples.ids.size()),
         .where = card_.backgrounds().string(),
         .expected = "one image per sample, named after its id",
         .found = fmt::format("{}{}", fmt::join(reasons, "\n"), count > kMostTold ? "\n..." : ""),
         .fix = "add the pictures, or say folder = \"...\" in the card's [[input]]"}};
  }

  [[nodiscard]] std::string content_sha256(std::span<const std::string> ids) const override {
    std::string parts = card_sha256_ + weights_sha256_;
    if (!card_.backgrounds().empty()) {
      parts += sample_files_sha256(ids, [&](std::string_view id) { return find_background(id); });
    }
    return sha256_hex(std::string_view{parts});
  }

  [[nodiscard]] MethodFacts facts() const override {
    return {.title = card_.title,
            .weights = card_.weights.filename().string(),
            .weights_sha256 = weights_sha256_,
            .parameters = runtime_->parameters(),
            .precision = std::string{to_string(precision_)}};
  }

 private:
  [[nodiscard]] fs::path find_background(std::string_view id) const {
    return find_sample_file(
        card_.backgrounds(), id,
        {.one = "picture of the background", .several = "pictures of the background"});
  }

  [[nodiscard]] Image read_background(const MattingInput& input) const {
    const fs::path file = find_background(input.sample_id);
    Image background = imaging::read_image(file);
    if (background.size() == input.image.size()) return background;
    throw Error{ErrorKind::bad_input,
                {.what = "a picture of the background must have the size of its image",
                 .where = file.string(),
                 .expected = fmt::format("{} (image)", to_string(input.image.size())),
                 .found = fmt::format("{} (background)", to_string(background.size())),
                 .fix = "store it at the size of the image"}};
  }

  Card card_;
  std::string weights_sha256_, card_sha256_;
  Precision precision_;
  std::unique_ptr<CardRuntime> runtime_;
};

}  // namespace

constinit const MethodEntry card_method{
    .id = "card",
    .title = "Card",
    .cite = "",
    .summary = "A network exported to ONNX or TorchScript, fed as a TOML card says",
    .needs = {.weights = true},
    .options = kOptions,
    .make = [](const MethodSettings& settings) -> std::unique_ptr<Method> {
      auto method = std::make_unique<CardMethod>(card_file(settings.options), settings);
      if (settings.precision != Precision::fp32) require_precision(*method);
      return method;
    },
    .needs_of =
        [](const Options& options) {
          const Card card = read_card(card_file(options));
          return Needs{.trimap = card.needs(CardSource::trimap),
                       .segmentation = card.needs(CardSource::mask),
                       .weights = true};
        }};

}  // namespace mbench::baselines

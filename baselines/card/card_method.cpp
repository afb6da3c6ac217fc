#include "baselines/card/card_method.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "baselines/card/card.hpp"
#include "baselines/card/card_input.hpp"
#include "baselines/card/card_output.hpp"
#include "baselines/card/runtime.hpp"
#include "baselines/deep/module.hpp"
#include "baselines/trimap_input.hpp"
#include "core/error.hpp"
#include "core/sha256.hpp"
#include "core/stopwatch.hpp"

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
    EstimateTimes times;
    Stopwatch watch;
    const Size image = input.image.size();
    std::vector<Pass> passes;
    std::vector<std::vector<Plane<float>>> outputs;
    for (const CardOutput& output : card_.outputs) {
      const CardSize& rule = output.size ? *output.size : card_.size;
      auto pass = std::ranges::find(passes, rule, &Pass::rule);
      if (pass == passes.end()) {
        passes.push_back(run(input, rule, times, watch));
        pass = passes.end() - 1;
      }
      outputs.push_back(card_planes(output, pass->answer, pass->place));
      times.finish_s += watch.lap();
    }
    Plane<float> alpha = fused_alpha(card_, outputs, image);
    if (card_.impose_trimap) {
      impose_trimap(alpha, require_trimap(input, "card"));
    }
    for (float& value : alpha.values()) value = std::clamp(value, 0.0F, 1.0F);
    times.finish_s += watch.lap();
    return {.alpha = Matte{std::move(alpha)}, .times = times};
  }

  [[nodiscard]] std::string content_sha256(std::span<const std::string>) const override {
    return sha256_hex(std::string_view{card_sha256_ + weights_sha256_});
  }

  [[nodiscard]] MethodFacts facts() const override {
    return {.title = card_.title,
            .weights = card_.weights.filename().string(),
            .weights_sha256 = weights_sha256_,
            .parameters = runtime_->parameters(),
            .precision = std::string{to_string(precision_)}};
  }

 private:
  /// The network's answer at one size.
  struct Pass {
    CardSize rule{};
    PaddedPlace place{};
    std::vector<NamedArray> answer{};
  };

  [[nodiscard]] Pass run(const MattingInput& input, const CardSize& rule, EstimateTimes& times,
                         Stopwatch& watch) const {
    const Size size = card_size(rule, input.image.size());
    Pass pass{.rule = rule, .place = padded_place(size, card_.pads)};
    const std::vector<NamedArray> tensors = card_tensors(card_, input, size);
    times.prepare_s += watch.lap();
    CardAnswer answer = runtime_->run(tensors);
    (void)watch.lap();  // the runtime has told where this went; waiting for a device is no step
    times.prepare_s += answer.times.prepare_s;
    times.transfer_s += answer.times.transfer_s;
    times.infer_s += answer.times.infer_s;
    times.finish_s += answer.times.finish_s;
    pass.answer = std::move(answer.outputs);
    return pass;
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

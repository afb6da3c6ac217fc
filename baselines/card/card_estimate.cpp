#include "baselines/card/card_estimate.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "baselines/card/card_input.hpp"
#include "baselines/card/card_output.hpp"
#include "baselines/card/card_planes.hpp"
#include "baselines/segmentation_input.hpp"
#include "baselines/trimap_input.hpp"
#include "core/stopwatch.hpp"
#include "imaging/eight_bit.hpp"

namespace mbench::baselines {
namespace {

/// The network's answer at one size.
struct Pass {
  CardSize rule{};
  PaddedPlace place{};
  std::vector<NamedArray> answer{};
};

/// Follows one sample through the card.
class Work {
 public:
  Work(const Card& card, const CardRuntime& runtime) : card_{card}, runtime_{runtime} {}

  /// At the size of the image, not clipped.
  Plane<float> alpha_of(const MattingInput& input, const Image* background) {
    std::vector<Pass> passes;
    std::vector<std::vector<Plane<float>>> outputs;
    for (const CardOutput& output : card_.outputs) {
      const CardSize& rule = output.size ? *output.size : card_.size;
      auto pass = std::ranges::find(passes, rule, &Pass::rule);
      if (pass == passes.end()) {
        passes.push_back(run(input, background, rule));
        pass = passes.end() - 1;
      }
      outputs.push_back(card_planes(output, pass->answer, pass->place));
      times_.finish_s += watch_.lap();
    }
    Plane<float> alpha = fused_alpha(card_, outputs, input.image.size());
    if (card_.impose_trimap) impose_trimap(alpha, require_trimap(input, "card"));
    return alpha;
  }

  /// The same by way of the card's first size.
  Plane<float> alpha_by_first_size(const MattingInput& input, const Image* background) {
    const CardFirstSize& first = *card_.first;
    const auto picture = [&](const Image& image, Size size) {
      return resized_picture(first.eight_bit ? Image{imaging::eight_bit(image)} : image, size,
                             first.image);
    };
    const Size whole = input.image.size(), size = card_size(first.size, whole);
    const Image image = picture(input.image, size);
    std::optional<Image> behind;
    if (background != nullptr) behind = picture(*background, size);
    std::optional<Trimap> trimap;
    if (card_.needs(CardSource::trimap)) {
      trimap = resized_bytes(require_trimap(input, "card"), size, first.trimap);
    }
    std::optional<Plane<std::uint8_t>> mask;
    if (card_.needs(CardSource::mask)) {
      mask = resized_bytes(require_segmentation(input, "card"), size, first.image);
    }
    const MattingInput reduced{.sample_id = input.sample_id,
                               .image = image,
                               .trimap = trimap ? &*trimap : nullptr,
                               .segmentation = mask ? &*mask : nullptr};
    times_.prepare_s += watch_.lap();
    Plane<float> alpha =
        resized_numbers(alpha_of(reduced, behind ? &*behind : nullptr), whole, first.back);
    if (card_.impose_trimap) impose_trimap(alpha, require_trimap(input, "card"));
    return alpha;
  }

  [[nodiscard]] EstimateTimes finish() {
    times_.finish_s += watch_.lap();
    return times_;
  }

 private:
  Pass run(const MattingInput& input, const Image* background, const CardSize& rule) {
    const Size size = card_size(rule, input.image.size());
    Pass pass{.rule = rule, .place = padded_place(size, card_.pads)};
    const std::vector<NamedArray> tensors = card_tensors(card_, input, size, background);
    times_.prepare_s += watch_.lap();
    CardAnswer answer = runtime_.run(tensors);
    (void)watch_.lap();  // the runtime has told where this went; waiting for a device is no step
    times_.prepare_s += answer.times.prepare_s;
    times_.transfer_s += answer.times.transfer_s;
    times_.infer_s += answer.times.infer_s;
    times_.finish_s += answer.times.finish_s;
    pass.answer = std::move(answer.outputs);
    return pass;
  }

  const Card& card_;
  const CardRuntime& runtime_;
  EstimateTimes times_{};
  Stopwatch watch_{};
};

}  // namespace

Estimate card_estimate(const Card& card, const CardRuntime& runtime, const MattingInput& input,
                       const Image* background) {
  Work work{card, runtime};
  Plane<float> alpha =
      card.first ? work.alpha_by_first_size(input, background) : work.alpha_of(input, background);
  for (float& value : alpha.values()) value = std::clamp(value, 0.0F, 1.0F);
  return {.alpha = Matte{std::move(alpha)}, .times = work.finish()};
}

}  // namespace mbench::baselines

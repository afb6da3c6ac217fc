#include <array>

#include "baselines/deep/gca/guided_contextual_attention.hpp"
#include "baselines/deep/module.hpp"
#include "baselines/deep/module_network.hpp"
#include "baselines/deep/network_method.hpp"
#include "baselines/deep/proof_images.hpp"
#include "baselines/deep/tensors.hpp"
#include "baselines/deep/trimap_tensors.hpp"
#include "baselines/trimap_input.hpp"

namespace mbench::deep {
namespace {

/// Encoder and decoder of GCA-Matting with an attention in each (`resnet_gca_encoder_29`,
/// `res_gca_decoder_22`), or with none: the paper's baseline (`res_shortcut_...`).
class Gca : public torch::nn::Module {
 public:
  explicit Gca(bool attends)
      : attention_{attends ? std::make_shared<GuidedContextualAttention>() : nullptr},
        encoder_{register_module("encoder",
                                 std::make_shared<GcaEncoder>(NamedAttention{"gca", attention_}))},
        decoder_{register_module(
            "decoder",
            std::make_shared<GcaDecoder>(NamedAttention{
                "gca", attends ? std::make_shared<GuidedContextualAttention>() : nullptr}))} {}

  /// [N, 6, H, W] as GcaEncoder takes it -> alpha [N, 1, H, W] in [0, 1].
  [[nodiscard]] Tensor operator()(const Tensor& input) const { return decode(encode(input)); }
  [[nodiscard]] GcaFeatures encode(const Tensor& input) const { return (*encoder_)(input); }
  [[nodiscard]] Tensor decode(const GcaFeatures& features) const { return (*decoder_)(features); }
  /// The encoder's; null in the baseline.
  [[nodiscard]] const GuidedContextualAttention* attention() const { return attention_.get(); }

 private:
  std::shared_ptr<GuidedContextualAttention> attention_;
  std::shared_ptr<GcaEncoder> encoder_;
  std::shared_ptr<GcaDecoder> decoder_;
};

/// Of a forward pass at 800 x 800.
constexpr std::int64_t macs(bool attends) { return attends ? 135'668'480'000 : 101'754'880'000; }

/// [1, 6, H, W]
Tensor network_input(const Image& image, const Trimap& trimap, const imaging::Margins& margins) {
  return at::cat({padded_rgb(image, margins), padded_one_hot(trimap, margins)}, 1);
}

class GcaMethod final : public NetworkMethod {
 public:
  explicit GcaMethod(const baselines::MethodSettings& settings)
      : NetworkMethod{settings},
        frame_{settings.options.text("frame") == "yes" ? 32 : 0},
        attends_{settings.options.text("variant") == "gca"},
        network_{attends_} {
    const NetworkFile file = attends_ ? NetworkFile{.network = "GCA", .published = "gca-dist.pth"}
                                      : NetworkFile{.network = "GCA's baseline"};
    load(network_, file, settings.weights, macs(attends_));
  }

  [[nodiscard]] baselines::Estimate estimate(const baselines::MattingInput& input) const override {
    const Trimap& trimap = baselines::require_trimap(input, "gca");
    EstimateClock clock;
    const Size size = input.image.size();
    imaging::Margins margins = imaging::margins_to_multiple(size, 32);
    for (int* side : {&margins.top, &margins.bottom, &margins.left, &margins.right}) {
      *side += frame_;
    }
    const Tensor prepared = network_input(input.image, trimap, margins);
    const Tensor raw = infer(clock, prepared, [&](const Tensor& x) { return network_(x); });
    const Tensor classes = class_index(prepared.narrow(1, 3, 3));
    const Plane<float> alpha = to_plane(fill_unknown(classes, raw));
    return {.alpha = Matte{imaging::crop(alpha, imaging::inside(size, margins))},
            .times = clock.finish()};
  }

 private:
  int frame_;  ///< mirrored pixels on every side
  bool attends_;
  Gca network_;
};

// --- proofs --------------------------------------------------------------------------------------

template <bool attends>
std::unique_ptr<baselines::Network> make_proof() {
  const auto network = std::make_shared<Gca>(attends);
  return make_network(
      {.module = network,
       .run =
           [network](const Tensors& inputs, std::span<const std::string>) {
             const GcaFeatures features = network->encode(require_input(inputs, "input", 6));
             Tensors outputs{{"output", network->decode(features)},
                             {"bottleneck", features.bottleneck}};
             append_prepared(outputs, inputs, [](const Image& image, const Trimap& trimap) {
               return network_input(image, trimap, {});
             });
             if (const GuidedContextualAttention* attention = network->attention()) {
               outputs["softmax_scale_1"] = attention->weights(features.unknown);
               outputs["argmax_offset_1"] = attention->offsets(features.guidance, features.unknown);
             }
             return outputs;
           },
       .channels = 6,
       .forward = [network](const Tensor& x) { (void)(*network)(x); }});
}

/// Both attentions alone, so that their cost can be compared with Table 6 of zhou2021. Image sizes
/// stand for features of an eighth.
class Attentions : public torch::nn::Module {
 public:
  explicit Attentions(std::int64_t max_scores)
      : encoder_{register_module("encoder",
                                 std::make_shared<GuidedContextualAttention>(max_scores))},
        decoder_{
            register_module("decoder", std::make_shared<GuidedContextualAttention>(max_scores))} {}

  [[nodiscard]] Tensor operator()(const Tensor& guidance, const Tensor& alpha,
                                  const Tensor& unknown) const {
    return (*decoder_)(guidance, (*encoder_)(guidance, alpha, unknown), unknown);
  }

 private:
  std::shared_ptr<GuidedContextualAttention> encoder_, decoder_;
};

template <std::int64_t max_scores>
std::unique_ptr<baselines::Network> make_attentions() {
  const auto attentions = std::make_shared<Attentions>(max_scores);
  return make_network({.module = attentions,
                       .run =
                           [attentions](const Tensors& inputs, std::span<const std::string>) {
                             const Tensor& guidance = require_input(inputs, "guidance", 128);
                             const Tensor& alpha = require_input(inputs, "alpha", 128);
                             const Tensor& unknown = require_input(inputs, "unknown", 1);
                             return Tensors{{"output", (*attentions)(guidance, alpha, unknown)}};
                           },
                       .channels = 128,
                       .forward =
                           [attentions](const Tensor& input) {
                             const Tensor features = input.slice(2, 0, {}, 8).slice(3, 0, {}, 8);
                             (void)(*attentions)(features, features, features.narrow(1, 0, 1));
                           }});
}

constexpr std::array kNetworks{
    baselines::NetworkEntry{"gca", "gca", "", make_proof<true>},
    baselines::NetworkEntry{"gca-baseline", "gca", "variant=baseline", make_proof<false>},
    baselines::NetworkEntry{"gca-attention", "gca", "",
                            make_attentions<GuidedContextualAttention::kMaxScores>},
    baselines::NetworkEntry{"gca-attention-in-parts", "gca", "", make_attentions<700>}};

}  // namespace
}  // namespace mbench::deep

namespace mbench::baselines {

extern constinit const DeepMethod gca_deep{
    .id = "gca",
    .make = [](const MethodSettings& settings) -> std::unique_ptr<Method> {
      return std::make_unique<deep::GcaMethod>(settings);
    },
    .networks = deep::kNetworks};

}  // namespace mbench::baselines

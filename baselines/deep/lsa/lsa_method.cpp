#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include <fmt/core.h>

#include "baselines/deep/known_regions.hpp"
#include "baselines/deep/lsa/lsa.hpp"
#include "baselines/deep/lsa/refinement.hpp"
#include "baselines/deep/lsa/routine.hpp"
#include "baselines/deep/module.hpp"
#include "baselines/deep/module_network.hpp"
#include "baselines/deep/network_method.hpp"
#include "baselines/deep/proof_images.hpp"
#include "baselines/deep/rgb_and_trimap.hpp"
#include "baselines/deep/tensors.hpp"
#include "baselines/trimap_input.hpp"
#include "core/error.hpp"
#include "imaging/eight_bit.hpp"

namespace mbench::deep {
namespace {

using Colours = Plane<Rgb<std::uint8_t>>;

class Lsa final : public NetworkMethod {
 public:
  explicit Lsa(const baselines::MethodSettings& settings)
      : NetworkMethod{settings},
        passes_{settings.options.integer("br")},
        tta_{settings.options.text("tta")} {
    if (passes_ > 1 && settings.precision != Precision::fp32) {
      throw Error{ErrorKind::usage,
                  {.what = "backpropagating refinement needs single precision: gradients vanish "
                           "in 16 bits",
                   .expected = "--precision fp32, or lsa without br=",
                   .found = fmt::format("br={} with {}", passes_, to_string(settings.precision)),
                   .fix = "leave --precision out"}};
    }
    load(network_, {.network = "LSA-Matting", .published = "ckpt_e100.pth"}, settings.weights,
         kMacsPerTile * (kMacsSize.pixels() / kTilePixels) + kMacsPerImage);
  }

  [[nodiscard]] baselines::Estimate estimate(const baselines::MattingInput& input) const override {
    const Trimap& trimap = baselines::require_trimap(input, "lsa");
    EstimateClock clock;
    const Colours image = imaging::eight_bit(input.image);
    const LsaPredict predict = [&](const Colours& colours, const Trimap& levels) {
      return to_plane(alpha(clock, rgb_and_trimap(colours, levels)));
    };
    Plane<float> matte;
    if (tta_ == "rotation8") {
      matte = with_known_regions(lsa_rotation8(image, trimap, predict), trimap);
    } else if (tta_ == "tta24") {
      matte = with_known_regions(lsa_tta24(image, trimap, predict), trimap);
    } else {
      matte = with_known_regions(lsa_limited(image, trimap, predict), trimap);
    }
    return {.alpha = std::move(matte), .times = clock.finish()};
  }

 private:
  /// Of one forward pass: what count_cost() gives, which would take seconds. The network's work is
  /// the same for every 32 x 32 pixels but for the channel weights of the decoder.
  static constexpr std::int64_t kMacsPerTile = 188940288, kMacsPerImage = 352256;
  static constexpr std::int64_t kTilePixels = 1024;

  /// [1, 1, H, W], clipped.
  [[nodiscard]] Tensor alpha(EstimateClock& clock, const Tensor& input) const {
    if (passes_ == 1) {
      return infer(clock, input,
                   [&](const Tensor& tensor) { return at::clamp(network_(tensor), 0.0, 1.0); });
    }
    return inference().with_gradients(clock, input, [&](const Tensor& tensor) {
      return refined_alpha(network_, tensor, passes_);
    });
  }

  int passes_;
  std::string tta_;
  LsaNet network_{};
};

// --- proofs --------------------------------------------------------------------------------------

Tensor tensor_of(const Plane<double>& plane) {
  return at::from_blob(const_cast<double*>(plane.values().data()),
                       {plane.size().height, plane.size().width}, at::kDouble)
      .to(at::kFloat);
}

constexpr std::string_view kRefinedPrefix = "br_output_steps";
constexpr std::string_view kTraceName = "br_trace_total_edge_preserve";

/// The number of passes in "br_output_steps020"; nothing for other names.
std::optional<int> passes_in(std::string_view name) {
  if (!name.starts_with(kRefinedPrefix)) return std::nullopt;
  name.remove_prefix(kRefinedPrefix.size());
  int passes = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), passes);
  if (error != std::errc{} || end != name.data() + name.size()) return std::nullopt;
  return passes;
}

/// All refined outputs that are wanted, in one run: pass k does not depend on what follows it.
void append_refined(const LsaNet& network, const Tensors& inputs,
                    std::span<const std::string> wanted, Tensors& outputs) {
  int most = 0;
  for (const std::string& name : wanted) {
    most = std::max(most, name == kTraceName ? 100 : passes_in(name).value_or(0));
  }
  if (most == 0) return;
  std::vector<Tensor> losses;
  (void)refined_alpha(network, require_input(inputs, "net_input", 4), most,
                      [&](const RefinementPass& pass) {
                        losses.push_back(pass.losses);
                        for (const std::string& name : wanted) {
                          if (passes_in(name) == pass.number) outputs[name] = pass.alpha;
                        }
                      });
  outputs[std::string{kTraceName}] = at::stack(losses);
}

void append_whole_images(const LsaNet& network, const Tensors& inputs,
                         std::span<const std::string> wanted, Tensors& outputs) {
  const LsaPredict predict = [&](const Colours& image, const Trimap& trimap) {
    const Tensor input = rgb_and_trimap(image, trimap).to(network.parameters().front().device());
    return to_plane(at::clamp(network(input), 0.0, 1.0).to(at::kCPU));
  };
  for (const std::string& name : wanted) {
    if (name != "inference_output" && name != "rotation8_output" && name != "tta24_output") {
      continue;
    }
    const auto image = require_image<Rgb<std::uint8_t>>(inputs, "image_rgb");
    const auto trimap = require_image<std::uint8_t>(inputs, "trimap");
    if (name == "inference_output") {
      outputs[name] = to_tensor(lsa_limited(image, trimap, predict))[0][0];
    } else {
      outputs[name] = tensor_of(name == "rotation8_output" ? lsa_rotation8(image, trimap, predict)
                                                           : lsa_tta24(image, trimap, predict));
    }
  }
}

std::unique_ptr<baselines::Network> make_proof() {
  const auto network = std::make_shared<LsaNet>();
  return make_network({.module = network,
                       .run =
                           [network](const Tensors& inputs, std::span<const std::string> wanted) {
                             Tensors outputs;
                             const auto wants = [&](std::string_view name) {
                               return std::ranges::find(wanted, name) != wanted.end();
                             };
                             if (wants("net_output") || wants("stage5")) {
                               const at::NoGradGuard no_gradients;
                               const LsaFeatures features =
                                   network->encode(require_input(inputs, "net_input", 4));
                               outputs["net_output"] = network->decode(features);
                               // The references hold every 64th of the 2048 channels.
                               outputs["stage5"] = features[5].slice(1, 0, {}, 64);
                             }
                             append_whole_images(*network, inputs, wanted, outputs);
                             append_refined(*network, inputs, wanted, outputs);
                             return outputs;
                           },
                       .channels = 4,
                       .forward = [network](const Tensor& x) { (void)(*network)(x); }});
}

constexpr std::array kNetworks{baselines::NetworkEntry{"lsa", "lsa", "", make_proof}};

}  // namespace
}  // namespace mbench::deep

namespace mbench::baselines {

extern constinit const DeepMethod lsa_deep{
    .id = "lsa",
    .make = [](const MethodSettings& settings) -> std::unique_ptr<Method> {
      return std::make_unique<deep::Lsa>(settings);
    },
    .networks = deep::kNetworks};

}  // namespace mbench::baselines

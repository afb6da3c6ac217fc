#include <algorithm>
#include <array>

#include "baselines/deep/fba/fba.hpp"
#include "baselines/deep/fba/routine.hpp"
#include "baselines/deep/module.hpp"
#include "baselines/deep/module_network.hpp"
#include "baselines/deep/network_method.hpp"
#include "baselines/deep/proof_images.hpp"
#include "baselines/deep/tensors.hpp"
#include "baselines/trimap_input.hpp"

namespace mbench::deep {
namespace {

using baselines::MethodSettings;
using imaging::Interpolation;

/// The parts of Fba's input by their names in the references.
struct InputTensors {
  Tensor normalised, nearness, certain, image;
  [[nodiscard]] Tensor joined() const { return at::cat({normalised, nearness, certain, image}, 1); }
};

InputTensors to_tensors(const FbaInput& input) {
  std::vector<Tensor> certain;
  for (const Plane<double>& plane : input.certain) {
    Plane<float> values{plane.size()};
    std::ranges::transform(plane.values(), values.values().begin(),
                           [](double value) { return static_cast<float>(value); });
    certain.push_back(to_tensor(values));
  }
  std::vector<Tensor> nearness;
  for (const Plane<float>& plane : input.nearness) nearness.push_back(to_tensor(plane));
  const Tensor image = to_tensor(in_single_precision(input.image));
  return {.normalised = normalised(image),
          .nearness = at::cat(nearness, 1),
          .certain = at::cat(certain, 1),
          .image = image};
}

std::array<Plane<float>, 7> to_planes(const Tensor& output) {
  std::array<Plane<float>, 7> planes;
  for (std::size_t i = 0; i < planes.size(); ++i) {
    planes[i] = to_plane(output, static_cast<std::int64_t>(i));
  }
  return planes;
}

class FbaMethod final : public NetworkMethod {
 public:
  explicit FbaMethod(const MethodSettings& settings)
      : NetworkMethod{settings},
        wants_layers_{settings.options.text("layers") == "yes"},
        resize_back_{settings.options.text("resize-back") == "linear" ? Interpolation::linear
                                                                      : Interpolation::lanczos4} {
    load(network_, {.network = "FBA", .published = "FBA.pth"}, settings.weights, kMacs);
  }

  [[nodiscard]] baselines::Estimate estimate(const baselines::MattingInput& input) const override {
    const Trimap& trimap = baselines::require_trimap(input, "fba");
    EstimateClock clock;
    const InputTensors tensors = to_tensors(fba_input(input.image, trimap));
    const Tensor output = infer(clock, tensors.joined(), [&](const Tensor& seen) {
      return network_(seen, tensors.image.to(seen.device()));
    });
    FbaLayers layers = fba_layers(to_planes(output), input.image, trimap, resize_back_);
    baselines::Estimate estimate{.alpha = Matte{std::move(layers.alpha)}};
    if (wants_layers_) {
      estimate.foreground = std::move(layers.foreground);
      estimate.background = std::move(layers.background);
    }
    estimate.times = clock.finish();
    return estimate;
  }

 private:
  /// At kMacsSize: 651,552 per pixel, and 50 pooled cells of 2048 x 256 whatever the size.
  static constexpr std::int64_t kMacs = 651'552 * kMacsSize.pixels() + 50 * 2048 * 256;

  bool wants_layers_;
  Interpolation resize_back_;
  Fba network_{};
};

// --- proofs --------------------------------------------------------------------------------------

Tensors run_proof(const Fba& network, const Tensors& inputs, std::span<const std::string> wanted) {
  const auto wants = [&](std::string_view name) {
    return std::ranges::find(wanted, name) != wanted.end();
  };
  Tensors outputs;
  if (wants("output_alpha_F_B")) {
    outputs["output_alpha_F_B"] =
        network(InputTensors{.normalised = require_input(inputs, "input_image_normalised", 3),
                             .nearness = require_input(inputs, "input_trimap_transformed", 6),
                             .certain = require_input(inputs, "input_two_channel_trimap", 2),
                             .image = require_input(inputs, "input_image", 3)}
                    .joined());
  }
  if (!wants("final_alpha")) return outputs;
  // The whole routine, from picture and trimap; what it gives to the network is compared, too.
  const Image image{require_image<Rgb<std::uint8_t>>(inputs, "image")};
  const Trimap trimap = require_image<std::uint8_t>(inputs, "trimap");
  const InputTensors own = to_tensors(fba_input(image, trimap));
  const Tensor output = network(own.joined().to(network.parameters().front().device()));
  const FbaLayers layers = fba_layers(to_planes(output), image, trimap, Interpolation::linear);
  outputs["input_image_normalised"] = own.normalised;
  outputs["input_trimap_transformed"] = own.nearness;
  outputs["input_two_channel_trimap"] = own.certain;
  outputs["input_image"] = own.image;
  outputs["final_alpha"] = to_tensor(layers.alpha)[0][0];
  outputs["final_fg"] = to_tensor(layers.foreground)[0].permute({1, 2, 0});
  outputs["final_bg"] = to_tensor(layers.background)[0].permute({1, 2, 0});
  return outputs;
}

std::unique_ptr<baselines::Network> make_proof() {
  const auto network = std::make_shared<Fba>();
  return make_network({.module = network,
                       .run =
                           [network](const Tensors& inputs, std::span<const std::string> wanted) {
                             return run_proof(*network, inputs, wanted);
                           },
                       .channels = Fba::kChannels,
                       .forward = [network](const Tensor& x) { (void)(*network)(x); }});
}

constexpr std::array kNetworks{baselines::NetworkEntry{"fba", "fba", "", make_proof}};

}  // namespace
}  // namespace mbench::deep

namespace mbench::baselines {

extern constinit const DeepMethod fba_deep{
    .id = "fba",
    .make = [](const MethodSettings& settings) -> std::unique_ptr<Method> {
      return std::make_unique<deep::FbaMethod>(settings);
    },
    .networks = deep::kNetworks};

}  // namespace mbench::baselines

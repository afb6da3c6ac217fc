#include <algorithm>
#include <array>

#include "baselines/deep/blocks/decoder_parts.hpp"
#include "baselines/deep/blocks/inverted_residual.hpp"
#include "baselines/deep/blocks/squeeze_excitation.hpp"
#include "baselines/deep/module.hpp"
#include "baselines/deep/module_network.hpp"
#include "baselines/deep/network_method.hpp"
#include "baselines/deep/tensors.hpp"
#include "baselines/deep/two_scales.hpp"

// MODNet [ke2022] and its test program, names of ZHKKKe/MODNet.

namespace mbench::deep {
namespace {

using baselines::Estimate;
using baselines::MattingInput;
using baselines::MethodSettings;

/// The first half of the channels normalised by stored statistics, the other by the image's own.
/// Names bnorm, inorm.
class HalfInstanceNorm : public Unit {
 public:
  explicit HalfInstanceNorm(std::int64_t channels)
      : half_{channels / 2}, bnorm_{add<BatchNorm2d>("bnorm", half_)} {}

 protected:
  Tensor forward(const Tensor& input) override {
    const Tensor own = input.narrow(1, half_, input.size(1) - half_).contiguous();
    return join((*bnorm_)(input.narrow(1, 0, half_).contiguous()),
                at::instance_norm(own, {}, {}, {}, {}, true, 0.1, 1e-5, true));
  }

 private:
  std::int64_t half_;
  std::shared_ptr<BatchNorm2d> bnorm_;
};

/// Convolution with bias that keeps the size at stride 1, HalfInstanceNorm, ReLU. Names layers.I.
class NormedConv : public Unit {
 public:
  enum class Ends { normed, bare };

  NormedConv(std::int64_t in, std::int64_t out, std::int64_t kernel, std::int64_t stride = 1,
             Ends ends = Ends::normed) {
    std::vector<UnitPointer> units{
        unit<Conv2d>(in, out, kernel, ConvOptions{.stride = stride, .padding = kernel / 2})};
    if (ends == Ends::normed) {
      units.push_back(unit<HalfInstanceNorm>(out));
      units.push_back(unit<Relu>());
    }
    layers_ = register_module("layers", sequence(std::move(units)));
  }

 protected:
  Tensor forward(const Tensor& input) override { return (*layers_)(input); }

 private:
  std::shared_ptr<Sequence> layers_;
};

Tensor scaled(const Tensor& input, double factor) {
  const auto side = [factor](std::int64_t length) {
    return static_cast<std::int64_t>(static_cast<double>(length) * factor);
  };
  return at::upsample_bilinear2d(input, {side(input.size(2)), side(input.size(3))}, false, factor,
                                 factor);
}

/// MobileNetV2 [sandler2018] without its classifier. Names model.features.I.
class MobileNetV2 : public torch::nn::Module {
 public:
  struct Output {
    Tensor half;     ///< [N, 16, H/2, W/2]
    Tensor quarter;  ///< [N, 24, H/4, W/4]
    Tensor last;     ///< [N, 1280, H/32, W/32]
  };

  MobileNetV2() {
    struct Group {
      std::int64_t channels, count, stride;
    };
    constexpr std::array kGroups{Group{16, 1, 1}, Group{24, 2, 2}, Group{32, 3, 2},
                                 Group{64, 4, 2}, Group{96, 3, 1}, Group{160, 3, 2},
                                 Group{320, 1, 1}};
    const auto ends = [](std::int64_t in, std::int64_t out, std::int64_t kernel,
                         std::int64_t stride) {
      return sequence(
          {unit<Conv2d>(in, out, kernel,
                        ConvOptions{.stride = stride, .padding = kernel / 2, .bias = false}),
           unit<BatchNorm2d>(out), unit<Relu6>()});
    };
    std::vector<UnitPointer> units{ends(3, 32, 3, 2)};
    std::int64_t channels = 32;
    for (const Group& group : kGroups) {
      for (std::int64_t i = 0; i < group.count; ++i) {
        InvertedResidualOptions options{.stride = i == 0 ? group.stride : 1};
        if (channels == 32 && group.channels == 16) options.expansion.reset();
        units.push_back(unit<InvertedResidual>(channels, group.channels, options));
        channels = group.channels;
      }
    }
    units.push_back(ends(channels, 1280, 1, 1));
    features_ = sequence(std::move(units));
    register_module("model", std::make_shared<torch::nn::Module>())
        ->register_module("features", features_);
  }

  [[nodiscard]] Output operator()(const Tensor& image) const {
    Output output;
    Tensor value = image;
    for (std::size_t i = 0; i < features_->size(); ++i) {
      value = (*(*features_)[i])(value);
      if (i == 1) output.half = value;
      if (i == 3) output.quarter = value;
    }
    output.last = value;
    return output;
  }

 private:
  std::shared_ptr<Sequence> features_;
};

/// Finds what belongs to the person, at low resolution.
class LowResolutionBranch : public torch::nn::Module {
 public:
  explicit LowResolutionBranch(const std::shared_ptr<MobileNetV2>& backbone)
      : backbone_{register_module("backbone", backbone)},
        se_block_{register_module("se_block", std::make_shared<SqueezeExcitation>(1280, 4))},
        conv_lr16x_{register_module("conv_lr16x", std::make_shared<NormedConv>(1280, 96, 5))},
        conv_lr8x_{register_module("conv_lr8x", std::make_shared<NormedConv>(96, 32, 5))},
        conv_lr_{register_module(
            "conv_lr", std::make_shared<NormedConv>(32, 1, 3, 2, NormedConv::Ends::bare))} {}

  [[nodiscard]] MobileNetV2::Output encode(const Tensor& image) const {
    return (*backbone_)(image);
  }
  /// [N, 32, H/8, W/8]
  [[nodiscard]] Tensor decode(const Tensor& last) const {
    const Tensor value = (*conv_lr16x_)(scaled((*se_block_)(last), 2.0));  // [N, 96, H/16, W/16]
    return (*conv_lr8x_)(scaled(value, 2.0));
  }
  /// [N, 1, H/16, W/16], sigmoid: for training
  [[nodiscard]] Tensor semantic(const Tensor& eighth) const {
    Tensor output = at::sigmoid((*conv_lr_)(eighth));
    trace(*this, output);
    return output;
  }

 private:
  std::shared_ptr<MobileNetV2> backbone_;
  std::shared_ptr<SqueezeExcitation> se_block_;
  std::shared_ptr<NormedConv> conv_lr16x_, conv_lr8x_, conv_lr_;
};

std::shared_ptr<Sequence> chain(const std::vector<std::int64_t>& channels) {
  std::vector<UnitPointer> units;
  for (std::size_t i = 1; i < channels.size(); ++i) {
    units.push_back(unit<NormedConv>(channels[i - 1], channels[i], 3));
  }
  return sequence(std::move(units));
}

/// A NormedConv 3 x 3 and a bare convolution 1 x 1 to one channel.
std::shared_ptr<Sequence> head(std::int64_t in, std::int64_t middle) {
  return sequence(
      {unit<NormedConv>(in, middle, 3), unit<NormedConv>(middle, 1, 1, 1, NormedConv::Ends::bare)});
}

/// Finds details.
class HighResolutionBranch : public torch::nn::Module {
 public:
  HighResolutionBranch()
      : tohr_enc2x_{register_module("tohr_enc2x", std::make_shared<NormedConv>(16, 32, 1))},
        conv_enc2x_{register_module("conv_enc2x", std::make_shared<NormedConv>(35, 32, 3, 2))},
        tohr_enc4x_{register_module("tohr_enc4x", std::make_shared<NormedConv>(24, 32, 1))},
        conv_enc4x_{register_module("conv_enc4x", std::make_shared<NormedConv>(64, 64, 3))},
        conv_hr4x_{register_module("conv_hr4x", chain({99, 64, 64, 32}))},
        conv_hr2x_{register_module("conv_hr2x", chain({64, 64, 32, 32, 32}))},
        conv_hr_{register_module("conv_hr", head(35, 32))} {}

  /// [N, 32, H/2, W/2]
  [[nodiscard]] Tensor operator()(const Tensor& image, const MobileNetV2::Output& encoded,
                                  const Tensor& eighth) const {
    const Tensor half = (*tohr_enc2x_)(encoded.half);                      // [N, 32, H/2, W/2]
    Tensor value = (*conv_enc2x_)(join(scaled(image, 0.5), half));         // [N, 32, H/4, W/4]
    value = (*conv_enc4x_)(join(value, (*tohr_enc4x_)(encoded.quarter)));  // [N, 64, H/4, W/4]
    value = (*conv_hr4x_)(at::cat({value, scaled(eighth, 2.0), scaled(image, 0.25)}, 1));
    return (*conv_hr2x_)(join(scaled(value, 2.0), half));
  }
  /// [N, 1, H, W], sigmoid: for training
  [[nodiscard]] Tensor detail(const Tensor& image, const Tensor& half) const {
    Tensor output = at::sigmoid((*conv_hr_)(join(scaled(half, 2.0), image)));
    trace(*this, output);
    return output;
  }

 private:
  std::shared_ptr<NormedConv> tohr_enc2x_, conv_enc2x_, tohr_enc4x_, conv_enc4x_;
  std::shared_ptr<Sequence> conv_hr4x_, conv_hr2x_, conv_hr_;
};

/// Puts both together.
class FusionBranch : public torch::nn::Module {
 public:
  FusionBranch()
      : conv_lr4x_{register_module("conv_lr4x", std::make_shared<NormedConv>(32, 32, 5))},
        conv_f2x_{register_module("conv_f2x", std::make_shared<NormedConv>(64, 32, 3))},
        conv_f_{register_module("conv_f", head(35, 16))} {}

  [[nodiscard]] Tensor operator()(const Tensor& image, const Tensor& eighth,
                                  const Tensor& half) const {
    const Tensor quarter = (*conv_lr4x_)(scaled(eighth, 2.0));                 // [N, 32, H/4, W/4]
    const Tensor fused = (*conv_f2x_)(join(scaled(quarter, 2.0), half));       // [N, 32, H/2, W/2]
    Tensor output = at::sigmoid((*conv_f_)(join(scaled(fused, 2.0), image)));  // [N, 1, H, W]
    trace(*this, output);
    return output;
  }

 private:
  std::shared_ptr<NormedConv> conv_lr4x_, conv_f2x_;
  std::shared_ptr<Sequence> conv_f_;
};

struct ModNetOutput {
  Tensor semantic, detail;  ///< undefined if only the matte is wanted
  Tensor matte;             ///< [N, 1, H, W]
};

/// Input [N, 3, H, W], RGB in [-1, 1]; H and W multiples of 32.
class ModNet : public torch::nn::Module {
 public:
  enum class Wanted { everything, matte };

  ModNet()
      : backbone_{register_module("backbone", std::make_shared<MobileNetV2>())},
        lr_branch_{register_module("lr_branch", std::make_shared<LowResolutionBranch>(backbone_))},
        hr_branch_{register_module("hr_branch", std::make_shared<HighResolutionBranch>())},
        f_branch_{register_module("f_branch", std::make_shared<FusionBranch>())} {}

  [[nodiscard]] ModNetOutput operator()(const Tensor& image,
                                        Wanted wanted = Wanted::everything) const {
    const bool all = wanted == Wanted::everything;
    ModNetOutput output;
    const MobileNetV2::Output encoded = lr_branch_->encode(image);
    const Tensor eighth = lr_branch_->decode(encoded.last);
    if (all) output.semantic = lr_branch_->semantic(eighth);
    const Tensor half = (*hr_branch_)(image, encoded, eighth);
    if (all) output.detail = hr_branch_->detail(image, half);
    output.matte = (*f_branch_)(image, eighth, half);
    return output;
  }

 private:
  std::shared_ptr<MobileNetV2> backbone_;
  std::shared_ptr<LowResolutionBranch> lr_branch_;
  std::shared_ptr<HighResolutionBranch> hr_branch_;
  std::shared_ptr<FusionBranch> f_branch_;
};

/// The size at which the network sees an image: images whose sides are all below 512 or all above
/// are brought to a short side of 512, others stay; then each side comes down to a multiple of 32.
/// (The published program has no lower bound and fails on sides below 32.)
Size network_size(Size image) {
  constexpr int kReference = 512;
  const auto [shorter, longer] = std::minmax(image.width, image.height);
  Size size = image;
  if (longer < kReference || shorter > kReference) {
    const int scaled_longer = static_cast<int>(static_cast<double>(longer) / shorter * kReference);
    size = image.width >= image.height ? Size{.width = scaled_longer, .height = kReference}
                                       : Size{.width = kReference, .height = scaled_longer};
  }
  const auto side = [](int length) { return std::max(32, length - length % 32); };
  return {.width = side(size.width), .height = side(size.height)};
}

/// Each output pixel is the mean of the inputs that it overlaps, also where an image is enlarged:
/// PyTorch's mode 'area'.
Tensor resized_by_area(const Tensor& input, Size size) {
  return at::adaptive_avg_pool2d(input, {size.height, size.width});
}

class ModNetMethod final : public NetworkMethod {
 public:
  explicit ModNetMethod(const MethodSettings& settings) : NetworkMethod{settings} {
    load(network_, {.network = "modnet", .published = "modnet_photographic_portrait_matting.ckpt"},
         settings.weights, 819200 + 69108 * kMacsSize.pixels());
  }

  [[nodiscard]] Estimate estimate(const MattingInput& input) const override {
    EstimateClock clock;
    const Size size = input.image.size();
    const Tensor image = (to_tensor(unit_colours(input.image)) - 0.5) / 0.5;
    const Tensor matte =
        infer(clock, resized_by_area(image, network_size(size)),
              [&](const Tensor& x) { return network_(x, ModNet::Wanted::matte).matte; });
    Plane<float> alpha = to_plane(resized_by_area(matte, size));
    clamp_to_unit(alpha);  // a mean of ones may round beyond 1
    return {.alpha = Matte{std::move(alpha)}, .times = clock.finish()};
  }

 private:
  ModNet network_{};
};

std::unique_ptr<baselines::Network> make() {
  const auto network = std::make_shared<ModNet>();
  const auto run = [network](const Tensors& inputs, std::span<const std::string>) {
    const ModNetOutput output = (*network)(require_input(inputs, "input", 3));
    return Tensors{{"out_semantic", output.semantic},
                   {"out_detail", output.detail},
                   {"out_matte", output.matte}};
  };
  return make_network(
      {.module = network, .run = run, .channels = 3, .forward = [network](const Tensor& x) {
         (void)(*network)(x);
       }});
}

constexpr std::array kNetworks{
    baselines::NetworkEntry{.id = "modnet", .method = "modnet", .make = make}};

}  // namespace
}  // namespace mbench::deep

namespace mbench::baselines {

extern constinit const DeepMethod modnet_deep{
    .id = "modnet",
    .make = [](const MethodSettings& settings) -> std::unique_ptr<Method> {
      return std::make_unique<deep::ModNetMethod>(settings);
    },
    .networks = deep::kNetworks};

}  // namespace mbench::baselines

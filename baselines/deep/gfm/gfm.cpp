#include "baselines/deep/gfm/gfm.hpp"

namespace mbench::deep {
namespace {

/// Three convolutions; batch normalisation and ReLU after the last one, and an enlargement to twice
/// the size, where wanted.
enum class Last { plain, normalised };
enum class Enlarge { no, yes };

std::shared_ptr<Sequence> decoder(std::int64_t in, std::int64_t middle1, std::int64_t middle2,
                                  std::int64_t out, Last last, Enlarge enlarge) {
  std::vector<UnitPointer> units;
  append_conv_bn_relu(units, in, middle1);
  append_conv_bn_relu(units, middle1, middle2);
  if (last == Last::normalised) {
    append_conv_bn_relu(units, middle2, out);
  } else {
    units.push_back(unit<Conv2d>(middle2, out, 3, ConvOptions{.padding = 1}));
  }
  if (enlarge == Enlarge::yes) units.push_back(unit<Upsample>(2));
  return sequence(std::move(units));
}

std::shared_ptr<Sequence> pyramid_level(std::int64_t in, std::int64_t out, std::int64_t factor) {
  std::vector<UnitPointer> units;
  append_conv_bn_relu(units, in, out);
  units.push_back(unit<Upsample>(factor));
  return sequence(std::move(units));
}

std::shared_ptr<Sequence> bridge(std::int64_t channels) {
  std::vector<UnitPointer> units;
  for (int i = 0; i < 3; ++i) {
    append_conv_bn_relu(units, channels, channels, ConvOptions{.padding = 2, .dilation = 2});
  }
  return sequence(std::move(units));
}

Tensor join(const Tensor& first, const Tensor& second) { return at::cat({first, second}, 1); }

}  // namespace

GfmResNet34::GfmResNet34(Representation representation)
    : representation_{representation},
      resnet_{register_module("resnet", std::make_shared<ResNet34>())} {
  const auto named = [this](const char* name, std::shared_ptr<Sequence> part) {
    return register_module(name, std::move(part));
  };
  encoder0_ = named("encoder0", sequence({resnet_->conv1, resnet_->bn1, resnet_->relu}));
  encoder1_ = named("encoder1", sequence({resnet_->maxpool, resnet_->layer1}));
  encoder2_ = named("encoder2", resnet_->layer2);
  encoder3_ = named("encoder3", resnet_->layer3);
  encoder4_ = named("encoder4", resnet_->layer4);
  psp_module_ =
      register_module("psp_module", std::make_shared<PyramidPooling>(512, Corners::aligned));
  psp4_ = named("psp4", pyramid_level(512, 256, 2));
  psp3_ = named("psp3", pyramid_level(512, 128, 4));
  psp2_ = named("psp2", pyramid_level(512, 64, 8));
  psp1_ = named("psp1", pyramid_level(512, 64, 16));
  decoder4_g_ = named("decoder4_g", decoder(1024, 512, 512, 256, Last::normalised, Enlarge::yes));
  decoder3_g_ = named("decoder3_g", decoder(512, 256, 256, 128, Last::normalised, Enlarge::yes));
  decoder2_g_ = named("decoder2_g", decoder(256, 128, 128, 64, Last::normalised, Enlarge::yes));
  decoder1_g_ = named("decoder1_g", decoder(128, 64, 64, 64, Last::normalised, Enlarge::yes));
  bridge_block_ = named("bridge_block", bridge(512));
  decoder4_f_ = named("decoder4_f", decoder(1024, 512, 512, 256, Last::normalised, Enlarge::yes));
  decoder3_f_ = named("decoder3_f", decoder(512, 256, 256, 128, Last::normalised, Enlarge::yes));
  decoder2_f_ = named("decoder2_f", decoder(256, 128, 128, 64, Last::normalised, Enlarge::yes));
  decoder1_f_ = named("decoder1_f", decoder(128, 64, 64, 64, Last::normalised, Enlarge::yes));
  const std::int64_t classes = representation == Representation::trimap ? 3 : 2;
  decoder0_g_ = named("decoder0_g", decoder(128, 64, 64, classes, Last::plain, Enlarge::yes));
  decoder0_f_ = named("decoder0_f", decoder(128, 64, 64, 1, Last::plain, Enlarge::yes));
}

GfmOutput GfmResNet34::operator()(const Tensor& image) const {
  const Tensor e0 = (*encoder0_)(image);  // [N, 64, H/2, W/2]
  const Tensor e1 = (*encoder1_)(e0);     // [N, 64, H/4, W/4]
  const Tensor e2 = (*encoder2_)(e1);     // [N, 128, H/8, W/8]
  const Tensor e3 = (*encoder3_)(e2);     // [N, 256, H/16, W/16]
  const Tensor e4 = (*encoder4_)(e3);     // [N, 512, H/32, W/32]

  const Tensor psp = (*psp_module_)(e4);       // [N, 512, H/32, W/32]
  Tensor g = (*decoder4_g_)(join(psp, e4));    // [N, 256, H/16, W/16]
  g = (*decoder3_g_)(join((*psp4_)(psp), g));  // [N, 128, H/8, W/8]
  g = (*decoder2_g_)(join((*psp3_)(psp), g));  // [N, 64, H/4, W/4]
  g = (*decoder1_g_)(join((*psp2_)(psp), g));  // [N, 64, H/2, W/2]
  g = (*decoder0_g_)(join((*psp1_)(psp), g));  // [N, classes, H, W]
  const Tensor glance = at::sigmoid(g);

  Tensor f = (*decoder4_f_)(join((*bridge_block_)(e4), e4));      // [N, 256, H/16, W/16]
  f = (*decoder3_f_)(join(f, e3));                                // [N, 128, H/8, W/8]
  f = (*decoder2_f_)(join(f, e2));                                // [N, 64, H/4, W/4]
  f = (*decoder1_f_)(join(f, e1));                                // [N, 64, H/2, W/2]
  const Tensor focus = at::sigmoid((*decoder0_f_)(join(f, e0)));  // [N, 1, H, W]
  return {.glance = glance, .focus = focus, .fusion = gfm_fusion(glance, focus, representation_)};
}

Tensor gfm_fusion(const Tensor& glance, const Tensor& focus, Representation representation) {
  const Tensor index = glance.argmax(1, true).to(focus.scalar_type());  // [N, 1, H, W]
  switch (representation) {
    case Representation::foreground: return at::clamp_max(index + focus, 1.0);
    case Representation::background: return at::clamp_min(index - focus, 0.0);
    case Representation::trimap: break;
  }
  const Tensor known = (index == 2).to(focus.scalar_type());
  return at::where(index == 1, focus, known);
}

}  // namespace mbench::deep

#include "baselines/deep/gfm/gfm.hpp"

#include <string>

#include "baselines/deep/blocks/decoder_parts.hpp"
#include "baselines/deep/blocks/resnet_backbone.hpp"
#include "baselines/deep/blocks/squeeze_excitation.hpp"
#include "baselines/deep/gfm/densenet.hpp"
#include "baselines/deep/trimap_tensors.hpp"

namespace mbench::deep {
namespace {

/// One step of both decoders. The encoder's map of this level has `skip` channels; the decoder's
/// convolutions give `middle1`, `middle2` and `out`; `pooled` channels of pooled features join the
/// glance decoder's output.
struct Level {
  std::int64_t skip, middle1, middle2, out, pooled;
};

/// From coarse to fine; the encoder's first map, of 64 channels, comes after the last.
std::vector<Level> levels_of(Backbone backbone) {
  switch (backbone) {
    case Backbone::r101:
      return {{2048, 2048, 1024, 1024, 1024},
              {1024, 1024, 512, 512, 512},
              {512, 512, 256, 256, 256},
              {256, 256, 128, 64, 64}};
    case Backbone::d121:
      return {{512, 512, 512, 256, 256},
              {512, 256, 256, 128, 128},
              {256, 128, 128, 64, 64},
              {128, 64, 64, 64, 64}};
    case Backbone::r34_2b:
      return {{512, 512, 512, 512, 512}, {512, 512, 512, 512, 512}, {512, 512, 512, 256, 256},
              {256, 256, 256, 128, 128}, {128, 128, 128, 64, 64},   {64, 64, 64, 64, 64}};
    case Backbone::r34: break;
  }
  return {{512, 512, 512, 256, 256},
          {256, 256, 256, 128, 128},
          {128, 128, 128, 64, 64},
          {64, 64, 64, 64, 64}};
}

enum class Enlarge { no, yes };

std::shared_ptr<Sequence> decoder(std::int64_t in, const Level& level, Enlarge enlarge) {
  std::vector<UnitPointer> units = conv_chain({in, level.middle1, level.middle2, level.out});
  if (enlarge == Enlarge::yes) units.push_back(unit<Upsample>(2));
  return sequence(std::move(units));
}

/// The last step of a decoder: [N, in, H/2, W/2] -> [N, out, H, W], without the sigmoid.
std::shared_ptr<Sequence> head(std::int64_t in, std::int64_t out) {
  std::vector<UnitPointer> units = conv_chain({in, 64, 64});
  units.push_back(unit<Conv2d>(64, out, 3, ConvOptions{.padding = 1}));
  units.push_back(unit<Upsample>(2));
  return sequence(std::move(units));
}

/// The same where the decoder's output has the size of the image already.
std::shared_ptr<Sequence> full_size_head(std::int64_t out) {
  return sequence({unit<Conv2d>(64, out, 3, ConvOptions{.padding = 1})});
}

/// A stage of its own before the coarsest one: half the size, 512 channels.
std::shared_ptr<Sequence> residual_stage() {
  std::vector<UnitPointer> units{
      unit<MaxPool2d>(PoolOptions{.kernel = 2, .stride = 2, .padding = 0, .ceil_mode = true})};
  for (int i = 0; i < 3; ++i) units.push_back(unit<BasicBlock>(512, 512));
  return sequence(std::move(units));
}

template <typename ResNet>
std::vector<std::shared_ptr<Unit>> resnet_stages(const ResNet& net) {
  return {sequence({net.conv1, net.bn1, net.relu}),  // [N, 64, H/2, W/2]
          sequence({net.maxpool, net.layer1}),       // [N, 64 or 256, H/4, W/4]
          net.layer2,                                // [N, 128 or 512, H/8, W/8]
          net.layer3,                                // [N, 256 or 1024, H/16, W/16]
          net.layer4};                               // [N, 512 or 2048, H/32, W/32]
}

std::vector<std::shared_ptr<Unit>> full_size_resnet_stages(const ResNet34& net) {
  return {sequence(conv_chain({3, 64})),  // [N, 64, H, W]
          net.layer1,                     // [N, 64, H, W]
          net.layer2,                     // [N, 128, H/2, W/2]
          net.layer3,                     // [N, 256, H/4, W/4]
          net.layer4,                     // [N, 512, H/8, W/8]
          residual_stage(),               // [N, 512, H/16, W/16]
          residual_stage()};              // [N, 512, H/32, W/32]
}

std::vector<std::shared_ptr<Unit>> densenet_stages(const DenseNet121& net) {
  std::vector<UnitPointer> last{net.denseblock4};
  append_conv_bn_relu(last, 1024, 512);
  last.push_back(
      unit<MaxPool2d>(PoolOptions{.kernel = 2, .stride = 2, .padding = 0, .ceil_mode = true}));
  return {sequence({net.conv0, net.norm0, net.relu0}),   // [N, 64, H/2, W/2]
          sequence({net.denseblock1, net.transition1}),  // [N, 128, H/4, W/4]
          sequence({net.denseblock2, net.transition2}),  // [N, 256, H/8, W/8]
          sequence({net.denseblock3, net.transition3}),  // [N, 512, H/16, W/16]
          sequence(std::move(last))};                    // [N, 512, H/32, W/32]
}

std::int64_t classes(Representation representation) {
  return representation == Representation::trimap ? 3 : 2;
}

std::string suffix(Representation representation) {
  switch (representation) {
    case Representation::foreground: return "_ft";
    case Representation::background: return "_bt";
    case Representation::trimap: break;
  }
  return "_tt";
}

}  // namespace

Gfm::Gfm(Backbone backbone, std::vector<Representation> representations) {
  for (const Representation representation : representations) {
    heads_.push_back({.representation = representation});
  }
  add_encoder(backbone);
  add_decoders(backbone);
}

void Gfm::add_encoder(Backbone backbone) {
  // The published classes keep the whole backbone beside the stages that are made of its parts.
  switch (backbone) {
    case Backbone::r34:
      encoder_ = resnet_stages(*register_module("resnet", std::make_shared<ResNet34>()));
      break;
    case Backbone::r101:
      encoder_ = resnet_stages(*register_module("resnet", std::make_shared<ResNet101>()));
      break;
    case Backbone::r34_2b:
      encoder_ = full_size_resnet_stages(*register_module("resnet", std::make_shared<ResNet34>()));
      break;
    case Backbone::d121:
      encoder_ = densenet_stages(*register_module("densenet", std::make_shared<DenseNet121>()));
      break;
  }
  for (std::size_t i = 0; i < encoder_.size(); ++i) {
    register_module("encoder" + std::to_string(i), encoder_[i]);
  }
}

void Gfm::add_decoders(Backbone backbone) {
  const std::vector<Level> levels = levels_of(backbone);
  const std::size_t count = levels.size();
  const std::int64_t top = levels.front().skip;
  heads_join_ = backbone != Backbone::r34_2b;
  const auto add = [&](const std::string& name, std::shared_ptr<Sequence> part) {
    return register_module(name, std::move(part));
  };
  const auto add_bridge = [&] { bridge_block_ = add("bridge_block", dilated_bridge(top)); };

  psp_module_ =
      register_module("psp_module", std::make_shared<PyramidPooling>(top, Corners::aligned));
  if (backbone == Backbone::r101) add_bridge();
  for (std::size_t i = 0; i < count; ++i) {
    // The last one of r34_2b is never called; its published factor is the one before.
    const std::size_t factor = heads_join_ || i + 1 < count ? i + 1 : i;
    pyramid_.push_back(add("psp" + std::to_string(count - i),
                           pyramid_level(top, levels[i].pooled, std::int64_t{1} << factor)));
  }
  const auto add_decoder = [&](const char* branch, std::size_t i, std::int64_t in) {
    const bool full_size = !heads_join_ && i + 1 == count;
    return add("decoder" + std::to_string(count - i) + branch,
               decoder(in, levels[i], full_size ? Enlarge::no : Enlarge::yes));
  };
  for (std::size_t i = 0; i < count; ++i) {
    const std::int64_t in = i == 0 ? 2 * top : levels[i - 1].out + levels[i - 1].pooled;
    glance_.push_back(add_decoder("_g", i, in));
  }
  if (backbone != Backbone::r101) add_bridge();
  for (std::size_t i = 0; i < count; ++i) {
    const std::int64_t in = i == 0 ? 2 * top : levels[i - 1].out + levels[i].skip;
    focus_.push_back(add_decoder("_f", i, in));
  }

  const auto add_head = [&](const char* branch, const Head& which, std::int64_t out) {
    const std::string name = heads_.size() > 1 ? branch + suffix(which.representation) : branch;
    return add(name, heads_join_ ? head(128, out) : full_size_head(out));
  };
  for (Head& which : heads_) {
    which.glance = add_head("decoder0_g", which, classes(which.representation));
  }
  for (Head& which : heads_) which.focus = add_head("decoder0_f", which, 1);
  if (heads_.size() > 1) {
    rim_ = add("rim", sequence({unit<Conv2d>(3, 16, 1), unit<SqueezeExcitation>(16, 4),
                                unit<Conv2d>(16, 1, 1)}));
  }
}

GfmOutput Gfm::operator()(const Tensor& image, Branches branches) const {
  std::vector<Tensor> features;  // from [N, 64, H/2, W/2] to [N, C, H/32, W/32]
  for (const auto& stage : encoder_) {
    features.push_back((*stage)(features.empty() ? image : features.back()));
  }
  GfmOutput output{.heads = std::vector<GfmHead>(heads_.size())};
  if (branches != Branches::focus) glance(features, output);
  if (branches != Branches::glance) focus(features, output);
  if (branches != Branches::both) return output;

  std::vector<Tensor> fusions;
  for (std::size_t i = 0; i < heads_.size(); ++i) {
    GfmHead& head = output.heads[i];
    head.fusion = gfm_fusion(head.glance, head.focus, heads_[i].representation);
    fusions.push_back(head.fusion);
  }
  if (rim_) output.merged = (*rim_)(at::cat(fusions, 1));  // [N, 1, H, W]
  return output;
}

void Gfm::glance(const std::vector<Tensor>& features, GfmOutput& output) const {
  const Tensor& top = features.back();
  const Tensor pooled = (*psp_module_)(top);          // [N, C, H/32, W/32]
  Tensor value = (*glance_[0])(join(pooled, top));    // [N, C', H/16, W/16]
  for (std::size_t i = 1; i < glance_.size(); ++i) {  // twice the size each
    value = (*glance_[i])(join((*pyramid_[i - 1])(pooled), value));
  }
  for (std::size_t i = 0; i < heads_.size(); ++i) {  // [N, classes, H, W]
    output.heads[i].glance = at::sigmoid(
        (*heads_[i].glance)(heads_join_ ? join((*pyramid_.back())(pooled), value) : value));
  }
}

void Gfm::focus(const std::vector<Tensor>& features, GfmOutput& output) const {
  const Tensor& top = features.back();
  Tensor value = (*focus_[0])(join((*bridge_block_)(top), top));  // [N, C', H/16, W/16]
  for (std::size_t i = 1; i < focus_.size(); ++i) {               // twice the size each
    value = (*focus_[i])(join(value, features[features.size() - 1 - i]));
  }
  for (std::size_t i = 0; i < heads_.size(); ++i) {  // [N, 1, H, W]
    output.heads[i].focus =
        at::sigmoid((*heads_[i].focus)(heads_join_ ? join(value, features.front()) : value));
  }
}

Tensor gfm_fusion(const Tensor& glance, const Tensor& focus, Representation representation) {
  const Tensor index = class_index(glance);  // [N, 1, H, W]
  switch (representation) {
    case Representation::foreground: return at::clamp_max(index + focus, 1.0);
    case Representation::background: return at::clamp_min(index - focus, 0.0);
    case Representation::trimap: break;
  }
  return fill_unknown(index, focus);
}

}  // namespace mbench::deep

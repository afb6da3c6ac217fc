#include <cmath>
#include <string>
#include <vector>

#include "baselines/card/card_estimate.hpp"
#include "baselines/card/card_input.hpp"
#include "tests/baselines/networks.hpp"
#include "tests/baselines/scenes.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"
#include "tests/support/images.hpp"

// What built-in methods do before and after their networks, said by cards: the same network, fed
// and read as the card says, gives the method's matte bit for bit.

using namespace mbench;
using namespace mbench::baselines;
using namespace mbench::testing;

namespace {

/// A network of the module in the place of an exported one.
class BuiltInNetwork final : public CardRuntime {
 public:
  /// `input`: its only one, for cards that name none. `outputs`: in their order.
  BuiltInNetwork(std::string_view id, std::string input, std::vector<std::string> outputs)
      : network_{untrained_network(id)}, input_{std::move(input)}, outputs_{std::move(outputs)} {}

  [[nodiscard]] CardAnswer run(std::span<const NamedArray> inputs) const override {
    Arrays arrays;
    for (const NamedArray& input : inputs) {
      arrays[input.name.empty() ? input_ : input.name] = input.array;
    }
    const Arrays found = network_->run(arrays, outputs_);
    CardAnswer answer;
    for (const std::string& name : outputs_) {
      answer.outputs.push_back({.name = name, .array = found.at(name)});
    }
    return answer;
  }

 private:
  std::unique_ptr<Network> network_;
  std::string input_;
  std::vector<std::string> outputs_;
};

/// A sample with all that a card may ask for.
struct Sample {
  Image image{};
  Trimap trimap{};
  Plane<std::uint8_t> mask{};

  explicit Sample(Size size) : trimap{noise_trimap(size, 2)}, mask{noise_plane(size, 3)} {
    image = Image{random_scene(size, 1).image};
  }
  [[nodiscard]] MattingInput input() const {
    return {.sample_id = "s", .image = image, .trimap = &trimap, .segmentation = &mask};
  }
};

Plane<Rgb<std::uint16_t>> sixteen_bits(Size size) {
  const Plane<std::uint8_t> noise = noise_plane({3 * size.width, 2 * size.height}, 4);
  Plane<Rgb<std::uint16_t>> image{size};
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const auto value = [&](int c) {
        return static_cast<std::uint16_t>(256 * noise(2 * y, 3 * x + c) +
                                          noise(2 * y + 1, 3 * x + c));
      };
      image(y, x) = {value(0), value(1), value(2)};
    }
  }
  return image;
}

struct Case {
  std::string method, network;
  std::vector<std::string> outputs;
  std::string card;
  std::string input{"input"};
};

void check_same(const Case& test, const std::vector<Sample>& samples) {
  CAPTURE(test.method);
  const Card card = parse_card("weights = 'x.onnx'\n" + test.card, "card", "");
  const auto method = make_untrained(test.method);
  const BuiltInNetwork network{test.network, test.input, test.outputs};
  for (const Sample& sample : samples) {
    CAPTURE(to_string(sample.image.size()), to_string(sample.image.depth()));
    const Plane<float> expected = to_f32(method->estimate(sample.input()).alpha);
    const Plane<float> found = to_f32(card_estimate(card, network, sample.input()).alpha);
    CHECK(found.size() == expected.size());
    CHECK(found == expected);
  }
}

/// Odd, tiny, and of another depth than most.
std::vector<Sample> samples(std::vector<Size> sizes = {{45, 37}, {5, 3}, {64, 32}}) {
  std::vector<Sample> result;
  for (const Size size : sizes) result.emplace_back(size);
  result.emplace_back(Size{39, 50}).image = Image{sixteen_bits({39, 50})};
  return result;
}

void check_same(const Case& test) { check_same(test, samples()); }

/// The card of that title in docs/bring-your-method.md, without its title and weights.
std::string documented_card(std::string_view title) {
  const std::string page = read_text(source_path("docs/bring-your-method.md"));
  const std::string begin = "```toml\ntitle = \"" + std::string{title} + "\"\n";
  const std::size_t at = page.find(begin);
  REQUIRE(at != std::string::npos);
  const std::size_t weights_end = page.find('\n', at + begin.size());
  return page.substr(weights_end + 1, page.find("```", weights_end) - weights_end - 1);
}

/// [H, W, 3] and [H, W] of 0 to 255, as folders of references hold pictures.
Array picture(const Image& image) {
  Array array{.shape = {image.size().height, image.size().width, 3}};
  const Plane<Rgb<double>> colours = to_f64(image);
  for (const Rgb<double>& pixel : colours.values()) {
    for (const double value : {pixel.r, pixel.g, pixel.b}) {
      array.values.push_back(static_cast<float>(std::round(value * 255.0)));
    }
  }
  return array;
}
Array picture(const Trimap& trimap) {
  return {.shape = {trimap.size().height, trimap.size().width},
          .values = {trimap.values().begin(), trimap.values().end()}};
}

const std::string kImage = "[[input]]\nsource = 'image'\n";
const std::string kTrimap = "[[input]]\nsource = 'trimap'\njoins = true\n";
/// As for ImageNet.
const std::string kNormalised = "mean = [0.485, 0.456, 0.406]\nstd = [0.229, 0.224, 0.225]\n";
const std::string kKnown = "[fusion]\nknown = 'trimap'\n";

std::string multiple(int sides) { return "[[pad]]\nmultiple = " + std::to_string(sides) + "\n"; }

/// The size that GFM, AIM-Net and P3M-Net take at 1/divisor, as an inline table.
std::string part(int divisor) {
  return "{ rule = 'divide', divisor = " + std::to_string(divisor) +
         ", multiple = 32, at-least = 32, at-most = 1600 }\n";
}

}  // namespace

TEST_CASE("cards say what trimap-based methods that pad do", "[baselines][deep][card]") {
  check_same({"a2u", "a2u", {"output"}, multiple(16) + kImage + kNormalised + kTrimap + kKnown});
  const std::string one_hot = kImage + kNormalised + kTrimap + "coding = 'one-hot'\n" + kKnown;
  check_same({"gca", "gca", {"output"}, multiple(32) + one_hot});
  check_same({"gca:frame=yes", "gca", {"output"}, multiple(32) + "frame = 32\n" + one_hot});
  check_same({"net-m", "zhou-net-m", {"output_refined"}, multiple(32) + one_hot});
  check_same({"lsa",
              "lsa",
              {"net_output"},
              "[first-size]\nat-most = 2176\ndepth = '8-bit'\n" + multiple(64) +
                  "[[pad]]\nframe = 16\n[[pad]]\nframe = 16\nmode = 'constant'\n" + kImage +
                  kNormalised + "depth = '8-bit'\n" + kTrimap + kKnown,
              "net_input"});
}

TEST_CASE("cards say what trimap-based methods that resize do", "[baselines][deep][card]") {
  check_same({"indexnet",
              "indexnet",
              {"output"},
              "[size]\nmultiple = 32\nrounding = 'up'\n" + kImage + kNormalised +
                  "normalise = 'image'\nresize = 'opencv-cubic'\nresize-depth = 'float'\n" +
                  kTrimap + "[[output]]\nresize = 'opencv-cubic'\n" + kKnown});
  check_same({"dim", "dim", {"output"}, documented_card("Deep Image Matting")});
  check_same({"dim:program=foamliu",
              "dim-foamliu",
              {"output"},
              kImage + kNormalised + "depth = '8-bit'\n" + kTrimap + kKnown},
             samples({{45, 37}, {64, 32}}));
}

TEST_CASE("cards say how FBA sees image and trimap", "[baselines][deep][card]") {
  const std::string lanczos = "resize = 'opencv-lanczos4'\nresize-depth = 'double'\n";
  const std::string trimap = "[[input]]\nsource = 'trimap'\n" + lanczos;
  const std::string card = "[size]\nmultiple = 8\nrounding = 'up'\n" + kImage + lanczos +
                           kNormalised + "name = 'input_image_normalised'\n" + trimap +
                           "coding = 'nearness'\nname = 'input_trimap_transformed'\n" + trimap +
                           "coding = 'certain'\nname = 'input_two_channel_trimap'\n" + kImage +
                           lanczos + "name = 'input_image'\n" + kKnown;
  check_same({"fba", "fba", {"output_alpha_F_B"}, card});
  check_same({"fba:resize-back=lanczos4",
              "fba",
              {"output_alpha_F_B"},
              card + "[[output]]\nresize = 'opencv-lanczos4'\n"},
             {Sample{{45, 37}}});
}

TEST_CASE("cards say how methods find classes and alpha at one size", "[baselines][deep][card]") {
  const std::string card = kImage + kNormalised + kTrimap +
                           "[[output]]\nindex = 1\n[[output]]\nrole = 'classes'\n[fusion]\nrule = "
                           "'classes'\nat = 'network'";
  const std::vector<std::string> outputs{"output_trimap_logits", "output_alpha"};
  check_same({"adamatting", "adamatting", outputs, multiple(32) + card});
  check_same(
      {"adamatting:variant=waterbearbee", "adamatting-waterbearbee", outputs, multiple(16) + card});
  const std::string mask = "[[input]]\nsource = 'mask'\njoins = true\n";
  check_same({"net-t:align-corners=yes",
              "zhou-net-t",
              {"output_logits"},
              multiple(32) + kImage + kNormalised + mask + "invert = true\n" + mask +
                  "[[output]]\nrole = 'classes'\n[fusion]\nrule = 'trimap'"});
}

TEST_CASE("cards say GFM's strategies", "[baselines][deep][card]") {
  const std::vector<std::string> outputs{"out_glance", "out_focus", "out_fusion"};
  const std::vector<Sample> some = samples({{5, 3}, {333, 97}});
  check_same({"gfm", "gfm_r34_tt", outputs, documented_card("GFM")}, some);
  check_same({"gfm:strategy=resize", "gfm_r34_tt", outputs,
              kImage +
                  "range = 255\nresize = 'skimage019'\n[[output]]\nindex = 2\nresize = "
                  "'skimage019'\nsize = " +
                  part(2)},
             some);
  for (const auto& [kind, rule] : {std::pair{"ft", "add"}, std::pair{"bt", "subtract"}}) {
    check_same({std::string{"gfm:resize-rule=skimage014:representation="} + kind,
                std::string{"gfm_r34_"} + kind, outputs,
                kImage +
                    "range = 255\nresize = 'skimage014'\n[[output]]\nindex = 1\nresize = "
                    "'skimage014'\nsize = " +
                    part(2) +
                    "[[output]]\nrole = 'classes'\nchannel = [0, 1]\nresize = "
                    "'skimage014'\nsize = " +
                    part(3) + "[fusion]\nrule = '" + rule + "'"},
               some);
  }
}

TEST_CASE("cards say AIM-Net's and P3M-Net's strategies", "[baselines][deep][card]") {
  const std::vector<std::string> outputs{"out_global", "out_local", "out_fusion"};
  const std::vector<Sample> some = samples({{5, 3}, {333, 97}});
  const std::string image =
      kImage + "range = 255\ndivide-before = 255\n" + kNormalised + "resize = 'skimage014'\n";
  const auto card = [&](int classes, int detail, const std::string& rule) {
    return image + "[[output]]\nindex = 1\nresize = 'skimage014'\nsize = " + part(detail) +
           "[[output]]\nrole = 'classes'\nresize = 'skimage014'\nsize = " + part(classes) +
           "[fusion]\nrule = '" + rule + "'\n";
  };
  check_same({"aimnet", "aimnet", outputs, card(4, 2, "classes")}, some);
  check_same({"aimnet:fusion=soft:detail=1/3", "aimnet", outputs, card(4, 3, "unified")}, some);
  check_same({"aimnet:strategy=resize:fusion=soft:shorter-side=90", "aimnet", outputs,
              "[first-size]\nrule = 'short-side'\nside = 90\nother = 'down'\nenlarge = false\n"
              "[size]\nrule = 'divide'\ndivisor = 4\nmultiple = 32\nat-least = 32\n" +
                  image +
                  "[[output]]\nindex = 1\nresize = 'skimage014'\n[[output]]\nrole = 'classes'\n"
                  "[fusion]\nrule = 'unified'\nat = 'network'"},
             some);
  check_same({"p3mnet", "p3mnet_r34", outputs, card(2, 1, "classes")});
}

TEST_CASE("cards say what methods without a trimap do", "[baselines][deep][card]") {
  check_same({"hattmatting:variant=rx50",
              "hattmatting_rx50",
              {"out_alpha"},
              multiple(16) + kImage + kNormalised});
  check_same({"hattmatting:variant=small",
              "hattmatting_small",
              {"out_alpha"},
              multiple(8) + kImage + "order = 'bgr'\n" + kNormalised});
  check_same({"shm",
              "shm_light",
              {"out_alpha"},
              "[size]\nrule = 'fixed'\nwidth = 256\nheight = 256\n" + kImage +
                  "order = 'bgr'\ndepth = '8-bit'\nrange = 255\nmean = [104, 112, 121]\n"
                  "divide = 255\nresize = 'opencv-cubic'\n[[output]]\nresize = 'opencv-cubic'"});
  check_same({"modnet", "modnet", {"out_matte"}, documented_card("MODNet")},
             {Sample{{45, 37}}, Sample{{640, 70}}});
}

TEST_CASE("cards say U2-Net's own maximum and its stretched answer", "[baselines][deep][card]") {
  const std::string card = documented_card("U2-Net");
  check_same({"u2netp", "u2netp", {"out_d0"}, card}, samples({{320, 320}}));
  std::string constant = card;
  constant.replace(constant.find("skimage014"), 10, "skimage019-constant");
  check_same({"u2netp:resize-rule=skimage019", "u2netp", {"out_d0"}, constant}, {Sample{{45, 37}}});
}

TEST_CASE("cards say how ViTMatte sees image and trimap", "[baselines][deep][card]") {
  const Card card = parse_card(
      "weights = 'x.onnx'\n[[pad]]\nmultiple = 32\nalways = 'together'\nmode = 'constant'\n" +
          // 57.12F / 255 is the float below 0.224.
          kImage +
          "normalise = 'resized'\nmean = [0.485, 0.456, 0.406]\n"
          "std = [0.229, 0.223999992, 0.225]\n" +
          kTrimap + "normalise = 'resized'\n",
      "card", "");
  const auto network = untrained_network("vitmatte-s");
  for (const Size size : {Size{45, 37}, Size{64, 32}, Size{64, 33}}) {
    CAPTURE(to_string(size));
    const Sample sample{size};
    const Arrays seen =
        network->run({{"image", picture(sample.image)}, {"trimap", picture(sample.trimap)}},
                     std::vector<std::string>{"net_input"});
    const std::vector<NamedArray> found = card_tensors(card, sample.input(), size);
    CHECK(found.front().array.shape == seen.at("net_input").shape);
    CHECK(found.front().array.values == seen.at("net_input").values);
  }
}

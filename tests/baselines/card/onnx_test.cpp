#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "baselines/card/card_input.hpp"
#include "baselines/card/card_output.hpp"
#include "baselines/method.hpp"
#include "baselines/onnx/onnx_writer.hpp"
#include "core/error.hpp"
#include "core/parallel.hpp"
#include "imaging/io.hpp"
#include "tests/baselines/scenes.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"
#include "tests/support/images.hpp"

using namespace mbench;
using namespace mbench::baselines;
using namespace mbench::testing;
using Catch::Contains;

namespace {

const OnnxValue kColours{.name = "image", .shape = {1, 3, -1, -1}};
const OnnxValue kAlpha{.name = "alpha", .shape = {1, 1, -1, -1}};

/// Sums the channels of `input`, each with its weight, by a 1 x 1 convolution.
OnnxModel weighted_sum(std::vector<float> weights) {
  const auto channels = static_cast<std::int64_t>(weights.size());
  return {.nodes = {{.op = "Conv",
                     .inputs = {"image", "w"},
                     .outputs = {"alpha"},
                     .attributes = {{"kernel_shape", {1, 1}}}}},
          .weights = {{.name = "w", .shape = {1, channels, 1, 1}, .values = std::move(weights)}},
          .inputs = {{.name = "image", .shape = {1, channels, -1, -1}}},
          .outputs = {kAlpha}};
}

/// A folder with net.onnx and a card of the text given.
class CardFolder {
 public:
  CardFolder(const OnnxModel& model, const std::string& card) {
    write_text(folder_ / "net.onnx", write_onnx(model));
    write_text(folder_ / "my.toml", "weights = \"net.onnx\"\n" + card);
  }
  [[nodiscard]] std::unique_ptr<Method> method() const {
    return make_method("card:file=" + (folder_ / "my.toml").string());
  }
  [[nodiscard]] std::filesystem::path operator/(std::string_view name) const {
    return folder_ / name;
  }

 private:
  TemporaryFolder folder_;
};

Plane<float> alpha_of(const Method& method, const MattingInput& input) {
  return to_f32(method.estimate(input).alpha);
}

}  // namespace

TEST_CASE("an ONNX card computes what its network says", "[baselines][card][onnx]") {
  const CardFolder folder{weighted_sum({0.5F, 0.25F, 0}), "[[input]]\nsource = 'image'"};
  const Plane<Rgb<std::uint8_t>> pixels{Size{5, 3}, Rgb<std::uint8_t>{255, 102, 9}};
  const Image image{pixels};
  const auto method = folder.method();
  const Plane<float> alpha = alpha_of(*method, {.sample_id = "a", .image = image});
  for (const float value : alpha.values()) {
    CHECK(value == Approx(0.6F));
  }
  CHECK(method->facts().weights == "net.onnx");
  CHECK(method->facts().parameters == 3);
}

TEST_CASE("the statistics of batch normalisations are no parameters of an ONNX network",
          "[baselines][card][onnx]") {
  OnnxModel model = weighted_sum({1, 0, 0});
  model.nodes[0].outputs = {"sum"};
  model.nodes.push_back({.op = "BatchNormalization",
                         .inputs = {"sum", "scale", "shift", "mean", "variance"},
                         .outputs = {"alpha"}});
  for (const char* name : {"scale", "shift", "mean", "variance"}) {
    model.weights.push_back({.name = name, .shape = {1}, .values = {0.5F}});
  }
  const CardFolder folder{model, "[[input]]\nsource = 'image'"};
  CHECK(folder.method()->facts().parameters == 5);
}

TEST_CASE("a card's background is a picture per sample, found by its id",
          "[baselines][card][onnx]") {
  // alpha is the background's red
  const CardFolder folder{weighted_sum({0, 0, 0, 1, 0, 0}),
                          "[[input]]\nsource = 'image'\n[[input]]\nsource = 'background'\njoins "
                          "= true\nfolder = 'behind'"};
  const Image image = noise_image({8, 6}, 1), background = noise_image({8, 6}, 2);
  imaging::write_image(folder / "behind/clip/a.png", background);
  const auto method = folder.method();
  const Plane<float> alpha = alpha_of(*method, {.sample_id = "clip/a", .image = image});
  CHECK(alpha(3, 4) == static_cast<float>(to_f64(background)(3, 4).r));
  CHECK_THROWS_WITH(
      method->estimate({.sample_id = "b", .image = image}),
      Contains("no picture of the background for sample 'b'") && Contains("behind/b.png"));
  CHECK_THROWS_WITH(
      method->estimate({.sample_id = "clip/a", .image = noise_image({8, 7}, 1)}),
      Contains("must have the size of its image") && Contains("8x7") && Contains("8x6"));
  CHECK_THROWS_WITH(make_method("tta:of=card+file=" + (folder / "my.toml").string()),
                    Contains("pictures of the background"));
  const std::vector<std::string> one{"clip/a"}, all{"b", "clip/a", "c"};
  CHECK(method->answer_all({.ids = one, .visit = {}}) == nullptr);
  CHECK_THROWS_WITH(method->answer_all({.ids = all, .visit = {}}),
                    Contains("2 of 3 samples") && Contains("'b'") && Contains("'c'"));
}

TEST_CASE("pictures of the background are part of a run's identity", "[baselines][card][onnx]") {
  const CardFolder folder{
      weighted_sum({0, 0, 0, 1, 0, 0}),
      "[[input]]\nsource = 'image'\n[[input]]\nsource = 'background'\njoins = true"};
  const std::vector<std::string> ids{"a"};
  const auto method = folder.method();
  const std::string without = method->content_sha256(ids);
  imaging::write_image(folder / "backgrounds/a.png", noise_image({8, 6}, 2));
  const std::string with = method->content_sha256(ids);
  CHECK(with != without);
  imaging::write_image(folder / "backgrounds/a.png", noise_image({8, 6}, 3));
  CHECK(method->content_sha256(ids) != with);
}

TEST_CASE("padding and resizing are undone, whatever the size of the image",
          "[baselines][card][onnx]") {
  const std::string rules = GENERATE(
      as<std::string>{}, "[[pad]]\nmultiple = 32",
      "[[pad]]\nmultiple = 32\nwhere = 'centre'\n[[pad]]\nframe = 16\nmode = 'constant'",
      "[size]\nrule = 'fixed'\nwidth = 64\nheight = 32", "[size]\nrule = 'divide'\ndivisor = 2");
  CAPTURE(rules);
  const CardFolder folder{weighted_sum({1, 0, 0}), "[[input]]\nsource = 'image'\n" + rules};
  const auto method = folder.method();
  for (const Size size : {Size{64, 32}, Size{37, 50}, Size{1, 1}}) {
    Plane<Rgb<std::uint8_t>> pixels{size};
    for (int y = 0; y < size.height; ++y) {
      for (int x = 0; x < size.width; ++x) {
        pixels(y, x).r = static_cast<std::uint8_t>(y + 2 * x);  // survives halving within a level
      }
    }
    const Plane<float> alpha = alpha_of(*method, {.sample_id = "a", .image = Image{pixels}});
    REQUIRE(alpha.size() == size);
    const bool exact = rules.find("pad") != std::string::npos || size == Size{64, 32};
    if (!exact || rules.find("divide") != std::string::npos) continue;
    CHECK(alpha(size.height - 1, size.width - 1) * 255.0F ==
          Approx(pixels(size.height - 1, size.width - 1).r).margin(1e-3));
  }
}

TEST_CASE("several inputs go to the network by order or by name", "[baselines][card][onnx]") {
  const OnnxModel model{.nodes = {{.op = "Conv",
                                   .inputs = {"image", "w"},
                                   .outputs = {"red"},
                                   .attributes = {{"kernel_shape", {1, 1}}}},
                                  {.op = "Add", .inputs = {"red", "trimap"}, .outputs = {"alpha"}}},
                        .weights = {{.name = "w", .shape = {1, 3, 1, 1}, .values = {1, 0, 0}}},
                        .inputs = {kColours, {.name = "trimap", .shape = {1, 1, -1, -1}}},
                        .outputs = {kAlpha}};
  const auto [first, second] = GENERATE(
      table<std::string, std::string>({{"source = 'image'", "source = 'trimap'\ncoding = 'half'"},
                                       {"source = 'trimap'\ncoding = 'half'\nname = 'trimap'",
                                        "source = 'image'\nname = 'image'"}}));
  const CardFolder folder{model, "[[input]]\n" + first + "\n[[input]]\n" + second};
  const Image image{Plane<Rgb<std::uint8_t>>{Size{4, 4}, Rgb<std::uint8_t>{51, 0, 0}}};
  const Trimap trimap{Size{4, 4}, kUnknown};
  const Plane<float> alpha =
      alpha_of(*folder.method(), {.sample_id = "a", .image = image, .trimap = &trimap});
  CHECK(alpha(2, 2) == Approx(0.7F));
}

TEST_CASE("the trimap's certain pixels are imposed if the card says so",
          "[baselines][card][onnx]") {
  const CardFolder folder{weighted_sum({1, 0, 0}),
                          "[[input]]\nsource = 'image'\n[fusion]\nknown = 'trimap'"};
  const Image image{Plane<Rgb<std::uint8_t>>{Size{3, 1}, Rgb<std::uint8_t>{102, 0, 0}}};
  const Trimap trimap{Size{3, 1}, {kBackground, kUnknown, kForeground}};
  const Plane<float> alpha =
      alpha_of(*folder.method(), {.sample_id = "a", .image = image, .trimap = &trimap});
  CHECK(alpha(0, 0) == 0.0F);
  CHECK(alpha(0, 1) == Approx(0.4F));
  CHECK(alpha(0, 2) == 1.0F);
}

TEST_CASE("an operator that OpenCV cannot load is an error that names it",
          "[baselines][card][onnx]") {
  OnnxModel model = weighted_sum({1, 0, 0});
  model.nodes[0].outputs = {"sum"};
  model.nodes.push_back({.op = "FancyMatting", .inputs = {"sum"}, .outputs = {"alpha"}});
  const CardFolder folder{model, "[[input]]\nsource = 'image'"};
  try {
    (void)folder.method();
    FAIL("it was loaded");
  } catch (const Error& error) {
    CAPTURE(error.what());
    CHECK(error.kind() == ErrorKind::unavailable);
    CHECK_THAT(error.parts().what, Contains("operator 'FancyMatting'"));
    CHECK_THAT(error.parts().found, Contains("Conv, FancyMatting"));
    CHECK_THAT(error.parts().where, Contains("net.onnx"));
  }
}

TEST_CASE("a network that takes other inputs than the card gives is refused",
          "[baselines][card][onnx]") {
  const CardFolder two{weighted_sum({1, 0, 0}),
                       "[[input]]\nsource = 'image'\n[[input]]\nsource = 'trimap'"};
  CHECK_THROWS_WITH(two.method(), Contains("1 inputs: image") && Contains("joins = true"));
  const CardFolder other{weighted_sum({1, 0, 0}), "[[input]]\nsource = 'image'\nname = 'photo'"};
  CHECK_THROWS_WITH(other.method(), Contains("1 inputs: photo"));
  const Image image{Plane<Rgb<std::uint8_t>>{Size{4, 4}}};
  const CardFolder grey{weighted_sum({1}), "[[input]]\nsource = 'image'"};
  CHECK_THROWS_WITH(grey.method()->estimate({.sample_id = "a", .image = image}),
                    Contains("the network failed"));
}

TEST_CASE("weights that are damaged, absent or others than the card's are refused",
          "[baselines][card][onnx]") {
  const CardFolder folder{weighted_sum({1, 0, 0}), "[[input]]\nsource = 'image'"};
  const std::string whole = read_text(folder / "net.onnx");
  for (std::size_t length = 0; length < whole.size(); ++length) {
    write_text(folder / "net.onnx", whole.substr(0, length));
    CHECK_THROWS_AS(folder.method(), Error);
  }
  std::filesystem::remove(folder / "net.onnx");
  CHECK_THROWS_WITH(folder.method(), Contains("the card's weights do not exist"));
  const CardFolder other{weighted_sum({1, 0, 0}),
                         "sha256 = '" + std::string(64, '0') + "'\n[[input]]\nsource = 'image'"};
  CHECK_THROWS_WITH(other.method(), Contains("SHA-256 0000"));
}

TEST_CASE("an ONNX file whose weights lie in another one is refused", "[baselines][card][onnx]") {
  const CardFolder folder{weighted_sum({1, 0, 0}), "[[input]]\nsource = 'image'"};
  std::string bytes = read_text(folder / "net.onnx");
  const std::size_t type = bytes.find("\x10\x01\x42\x01w");  // data_type = 1, name = "w"
  REQUIRE(type != std::string::npos);
  bytes[type] = '\x70';  // data_location = 1: external
  write_text(folder / "net.onnx", bytes);
  CHECK_THROWS_WITH(folder.method(), Contains("weights lie in another file") &&
                                         Contains("net.onnx") && Contains("save as one file"));
}

TEST_CASE("card and weights are part of a run's identity", "[baselines][card][onnx]") {
  const std::string card = "[[input]]\nsource = 'image'\n";
  const CardFolder folder{weighted_sum({1, 0, 0}), card};
  const std::string first = folder.method()->content_sha256({});
  CHECK(CardFolder(weighted_sum({1, 0, 0}), card).method()->content_sha256({}) == first);
  CHECK(CardFolder(weighted_sum({1, 0, 0.5F}), card).method()->content_sha256({}) != first);
  CHECK(CardFolder(weighted_sum({1, 0, 0}), card + "range = 2").method()->content_sha256({}) !=
        first);
}

TEST_CASE("ONNX answers are the same from several threads", "[baselines][card][onnx]") {
  const CardFolder folder{weighted_sum({0.3F, 0.3F, 0.3F}), "[[input]]\nsource = 'image'"};
  const auto method = folder.method();
  std::vector<Plane<float>> alone(8), together(8);
  const auto work = [&](std::vector<Plane<float>>& mattes, std::size_t i) {
    mattes[i] = alpha_of(*method, {.sample_id = "a", .image = noise_image({40, 30}, i)});
  };
  for (std::size_t i = 0; i < alone.size(); ++i) work(alone, i);
  parallel_for(together.size(), 4, [&](std::size_t i) { work(together, i); });
  CHECK(alone == together);
}

TEST_CASE("SINet's ONNX gives its reference through a card", "[baselines][card][onnx]") {
  const auto weights = shared_path("weights/sinet");
  const auto photo = shared_path("data/aisegment/image/1803151818-00000003.jpg");
  if (!weights || !photo) return;
  const TemporaryFolder folder;
  const auto [file, activation] = GENERATE(
      table<std::string, std::string>({{"SINet_Softmax.onnx", "none"}, {"SINet.onnx", "softmax"}}));
  write_text(folder / "sinet.toml", "title = 'SINet'\nweights = '" + (*weights / file).string() +
                                        "'\n" + R"([size]
rule = "fixed"
width = 320
height = 320
[[input]]
source = "image"
order = "bgr"
range = 255
mean = [102.890434, 111.25247, 126.91212]
std = [62.93292, 62.82138, 66.355705]
divide = 255
resize = "opencv-linear"
[[output]]
channel = 1
activation = ")" + activation + "\"\n");
  const Card card = read_card(folder / "sinet.toml");
  const Image image = imaging::read_image(*photo);
  const MattingInput input{.sample_id = "a", .image = image};
  const auto runtime = open_onnx(card.weights);
  const Plane<float> found =
      card_planes(card.outputs[0], runtime->run(card_tensors(card, input, {320, 320})).outputs,
                  padded_place({320, 320}, {}))[0];
  const Matte reference = imaging::read_matte(*weights / "ref_fg_320_1803151818-00000003.png");
  const Plane<float> expected = to_f32(reference);
  double largest = 0.0;
  for (std::size_t i = 0; i < found.values().size(); ++i) {
    largest = std::max(largest, std::abs(double{found.values()[i]} - double{expected.values()[i]}));
  }
  CHECK(largest <= 1e-4);  // the reference is stored in 16 bits
  const auto method = make_method("card:file=" + (folder / "sinet.toml").string());
  CHECK(method->estimate(input).alpha.size() == image.size());
}

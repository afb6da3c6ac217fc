#include <cmath>
#include <string>
#include <vector>

#include "baselines/card/card_input.hpp"
#include "baselines/card/card_output.hpp"
#include "core/error.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::baselines;
using Catch::Contains;

namespace {

/// The tensors of a card for an image of one colour, with a trimap and a mask.
std::vector<NamedArray> tensors(const std::string& card_text) {
  const Image image{Plane<Rgb<std::uint8_t>>{Size{2, 1}, Rgb<std::uint8_t>{255, 51, 0}}};
  const Trimap trimap{Size{2, 1}, {kUnknown, kForeground}};
  const Plane<std::uint8_t> mask{Size{2, 1}, {51, 255}};
  const Card card = parse_card("weights = 'x.onnx'\n" + card_text, "my.toml", "");
  const MattingInput input{
      .sample_id = "a", .image = image, .trimap = &trimap, .segmentation = &mask};
  return card_tensors(card, input, card_size(card.size, image.size()));
}

}  // namespace

TEST_CASE("colours reach the network in the order, range and scale of the card",
          "[baselines][card]") {
  using Values = std::vector<float>;
  CHECK(tensors("[[input]]\nsource = 'image'")[0].array.values == Values{1, 1, 0.2F, 0.2F, 0, 0});
  CHECK(tensors("[[input]]\nsource = 'image'\norder = 'bgr'\nrange = 255")[0].array.values ==
        Values{0, 0, 51, 51, 255, 255});
  CHECK(tensors("[[input]]\nsource = 'image'\nrange = 255\nmean = [5, 1, 0]\nstd = [2, 5, 1]\n"
                "divide = 5")[0]
            .array.values == Values{25, 25, 2, 2, 0, 0});
  const NamedArray last = tensors("[[input]]\nsource = 'image'\nrange = 255\nlayout = 'nhwc'")[0];
  CHECK(last.array.values == Values{255, 51, 0, 255, 51, 0});
  CHECK(last.array.shape == std::vector<std::int64_t>{1, 1, 2, 3});
}

TEST_CASE("a trimap is coded as the card says", "[baselines][card]") {
  using Values = std::vector<float>;
  const auto coded = [](const std::string& keys) {
    return tensors("[[input]]\nsource = 'trimap'\n" + keys)[0].array.values;
  };
  CHECK(coded("") == Values{static_cast<float>(128 / 255.0), 1});
  CHECK(coded("range = 255") == Values{128, 255});
  CHECK(coded("coding = 'one-hot'") == Values{0, 0, 1, 0, 0, 1});
  CHECK(coded("coding = 'half'") == Values{0.5F, 1});
  CHECK(coded("coding = 'classes'") == Values{1, 2});
  CHECK(coded("coding = 'signed'") == Values{0, 1});
  CHECK(coded("levels = [7, 8, 9]") == Values{8, 9});
}

TEST_CASE("inputs join as channels of one tensor, or are tensors of their own",
          "[baselines][card]") {
  const std::string image = "[[input]]\nsource = 'image'\n";
  const std::string mask = "[[input]]\nsource = 'mask'\n";
  const auto joined =
      tensors(image + mask + "joins = true\ninvert = true\n" + mask + "joins = true\n");
  REQUIRE(joined.size() == 1);
  CHECK(joined[0].array.shape == std::vector<std::int64_t>{1, 5, 1, 2});
  CHECK(std::vector<float>(joined[0].array.values.begin() + 6, joined[0].array.values.end()) ==
        std::vector<float>{0.8F, 0, 0.2F, 1});
  CHECK(tensors(image + mask).size() == 2);
}

TEST_CASE("padding adds what the card names, in its order", "[baselines][card]") {
  const std::string mask = "[[input]]\nsource = 'mask'\nrange = 255\n";
  const auto padded = [&](const std::string& steps) { return tensors(mask + steps)[0].array; };
  const Array reflected = padded("[[pad]]\nmultiple = 4");
  CHECK(reflected.shape == std::vector<std::int64_t>{1, 1, 4, 4});
  CHECK(std::vector<float>(reflected.values.begin(), reflected.values.begin() + 4) ==
        std::vector<float>{51, 255, 51, 255});
  CHECK(padded("[[pad]]\nmultiple = 2\nalways = true\nmode = 'constant'\nvalue = 9").values ==
        std::vector<float>{51, 255, 9, 9, 9, 9, 9, 9});
  CHECK(padded("[[pad]]\nframe = 1\nmode = 'edge'").values ==
        std::vector<float>{51, 51, 255, 255, 51, 51, 255, 255, 51, 51, 255, 255});
  CHECK(padded("[[pad]]\nmultiple = 4\nwhere = 'centre'\nmode = 'edge'\n"
               "[[pad]]\nframe = 1\nmode = 'constant'")
            .shape == std::vector<std::int64_t>{1, 1, 6, 6});
}

TEST_CASE("a step of padding may complete to a multiple and add a frame at once",
          "[baselines][card]") {
  const std::string mask = "[[input]]\nsource = 'mask'\nrange = 255\n";
  const auto row = [&](const std::string& steps) {
    const Array array = tensors(mask + steps)[0].array;
    return std::vector<float>(array.values.begin(), array.values.begin() + array.shape[3]);
  };
  using Values = std::vector<float>;
  // 51 255 goes on as 51 255 51 ...; two steps would mirror at the edge of the first one.
  CHECK(row("[[pad]]\nmultiple = 3\nframe = 2") == Values{51, 255, 51, 255, 51, 255, 51});
  CHECK(row("[[pad]]\nmultiple = 3\nmode = 'edge'\n[[pad]]\nframe = 1\nmode = 'constant'") ==
        Values{0, 0, 0, 0, 0});
  // The height, 1, is no multiple of 2: the width, which is one, gets two columns more.
  CHECK(row("[[pad]]\nmultiple = 2\nalways = 'together'\nmode = 'edge'") ==
        Values{51, 255, 255, 255});
  CHECK(row("[[pad]]\nmultiple = 1\nalways = 'together'\nmode = 'edge'") == Values{51, 255});
}

TEST_CASE("the arithmetic of an input is that of the card, step by step", "[baselines][card]") {
  const auto first = [](const std::string& keys) {
    return tensors("[[input]]\nsource = 'image'\n" + keys)[0].array.values[2];  // green, 51
  };
  CHECK(first("range = 255\ndivide-before = 51\nmean = 3") == -2.0F);
  const float green = static_cast<float>(51 / 255.0);
  CHECK(first("mean = 0.456\nstd = 0.229") == (green - 0.456F) / 0.229F);
  CHECK(first("mean = 0.456\nstd = 0.229\narithmetic = 'double'") ==
        static_cast<float>((51 / 255.0 - 0.456) / 0.229));
  CHECK((green - 0.456F) / 0.229F != static_cast<float>((51 / 255.0 - 0.456) / 0.229));
  const Plane<Rgb<std::uint8_t>> dark{Size{2, 1}, Rgb<std::uint8_t>{0, 25, 50}};
  const auto own = [](const Image& image) {
    const Card card =
        parse_card("weights = 'x.onnx'\n[[input]]\nsource = 'image'\nown-maximum = true", "", "");
    return card_tensors(card, {.sample_id = "a", .image = image}, image.size())[0].array.values;
  };
  CHECK(own(Image{dark}) == std::vector<float>{0, 0, 0.5F, 0.5F, 1, 1});
  CHECK(own(Image{Plane<Rgb<std::uint8_t>>{Size{1, 1}}}) == std::vector<float>{0, 0, 0});
}

TEST_CASE("an image is normalised before it is resized or padded if the card says so",
          "[baselines][card]") {
  const std::string padded =
      "[[input]]\nsource = 'mask'\nmean = 1\n[[pad]]\nframe = 1\nmode = 'constant'\n";
  CHECK(tensors(padded)[0].array.values[0] == -1.0F);
  const std::string numbers =
      "[[input]]\nsource = 'mask'\nmean = 1\nnormalise = 'resized'\n"
      "[[pad]]\nframe = 1\nmode = 'constant'\nvalue = 7\n";
  CHECK(tensors(numbers)[0].array.values[0] == 7.0F);
  // Pixels at the edge go on beyond it: a mean that is taken off first leaves no seam.
  const auto cubic = [](const std::string& stage) {
    return tensors(
               "[size]\nrule = 'fixed'\nwidth = 5\nheight = 2\n[[input]]\nsource = 'mask'\n"
               "resize = 'opencv-cubic'\nresize-depth = 'float'\nmean = 0.3\nstd = 0.7\n" +
               stage)[0]
        .array.values;
  };
  const std::vector<float> before = cubic("normalise = 'image'"), after = cubic("");
  CHECK(before != after);  // in their last digits alone
  for (std::size_t i = 0; i < before.size(); ++i) CHECK(before[i] == Approx(after[i]).margin(1e-6));
}

TEST_CASE("16 bits are rounded to 8 first if the card says so", "[baselines][card]") {
  const Image image{Plane<Rgb<std::uint16_t>>{Size{1, 1}, Rgb<std::uint16_t>{0, 257 * 3 + 100, 0}}};
  const auto green = [&](const std::string& keys) {
    const Card card =
        parse_card("weights = 'x.onnx'\n[[input]]\nsource = 'image'\nrange = 255\n" + keys, "", "");
    return card_tensors(card, {.sample_id = "a", .image = image}, {1, 1})[0].array.values[1];
  };
  CHECK(green("") == Approx(3 + 100 / 257.0));
  CHECK(green("depth = '8-bit'") == 3.0F);
}

TEST_CASE("a trimap is coded by regions and by how near they are", "[baselines][card]") {
  const auto coded = [](const std::string& keys) {
    return tensors("[[input]]\nsource = 'trimap'\nresize-depth = 'double'\n" + keys)[0].array;
  };
  CHECK(coded("coding = 'certain'").values == std::vector<float>{0, 0, 0, 1});
  const Array nearness = coded("coding = 'nearness'");
  CHECK(nearness.shape == std::vector<std::int64_t>{1, 6, 1, 2});
  CHECK(nearness.values[0] == 0.0F);  // there is no background
  CHECK(nearness.values[6] == Approx(std::exp(-1 / (2 * 6.4 * 6.4))));
  CHECK(nearness.values[7] == 1.0F);
  // Coded first, then resized: between the two pixels lie values between their codes.
  const Array wide = coded("[size]\nrule = 'fixed'\nwidth = 4\nheight = 1\n");
  CHECK(wide.values ==
        std::vector<float>{static_cast<float>(128 / 255.0), static_cast<float>(128 / 255.0), 1, 1});
  const Array half = tensors(
                         "[size]\nrule = 'fixed'\nwidth = 4\nheight = 1\n[[input]]\nsource = "
                         "'trimap'\ncoding = 'half'\nresize = 'opencv-linear'\n"
                         "resize-depth = 'float'")[0]
                         .array;
  CHECK(half.values == std::vector<float>{0.5F, 0.625F, 0.875F, 1});
}

TEST_CASE("fusions follow their formulas", "[baselines][card]") {
  const auto fuse = [](const std::string& rule, const std::vector<float>& classes, float alpha) {
    std::string channels;
    for (std::size_t i = 0; i < classes.size(); ++i)
      channels += (i ? ", " : "") + std::to_string(i);
    const Card card = parse_card(
        "weights = 'x.onnx'\n[[input]]\nsource = 'image'\n[[output]]\n"
        "[[output]]\nrole = 'classes'\nchannel = [" +
            channels + "]\n[fusion]\nrule = '" + rule + "'",
        "", "");
    std::vector<Plane<float>> planes;
    for (const float value : classes) planes.emplace_back(Size{1, 1}, value);
    return fused_alpha(card, {{Plane<float>{Size{1, 1}, alpha}}, planes}, Size{1, 1})(0, 0);
  };
  CHECK(fuse("classes", {3, 2, 1}, 0.3F) == 0.0F);
  CHECK(fuse("classes", {1, 2, 1}, 0.3F) == 0.3F);
  CHECK(fuse("classes", {1, 2, 3}, 0.3F) == 1.0F);
  CHECK(fuse("classes", {2, 2, 2}, 0.3F) == 0.0F);  // the first of equal ones
  CHECK(fuse("soft", {0.2F, 0.5F, 0.3F}, 0.4F) == Approx(0.3 + 0.5 * 0.4));
  CHECK(fuse("soft-share", {0.2F, 0.5F, 0.3F}, 0.4F) == Approx(0.5 * 0.6 + 0.5 * 0.4));
  CHECK(fuse("soft-share", {0, 1, 0}, 0.4F) == Approx(0.4));
  // u = 0.6: certainty 0.2
  CHECK(fuse("unified", {0.2F, 0.4F, 0.4F}, 0.5F) == Approx(0.8 * 0.5 + 0.2 * 0.6));
  CHECK(fuse("add", {0.9F, 0.1F}, 0.25F) == 0.25F);
  CHECK(fuse("subtract", {0.1F, 0.9F}, 0.25F) == 0.75F);
}

TEST_CASE("classes alone are a trimap: 0, 0.5 and 1", "[baselines][card]") {
  const Card card = parse_card(
      "weights = 'x.onnx'\n[[input]]\nsource = 'image'\n[[output]]\nrole = 'classes'\n"
      "[fusion]\nrule = 'trimap'",
      "", "");
  const Size size{3, 1};
  const std::vector<Plane<float>> classes{
      {size, {1, 0, 0}}, {size, {0, 1, 0}}, {size, {0, 0.5F, 1}}};
  CHECK(fused_alpha(card, {classes}, size) == Plane<float>{size, {0, 0.5F, 1}});
}

TEST_CASE("classes that AIM-Net unifies are resized as one number", "[baselines][card]") {
  const Card card = parse_card(
      "weights = 'x.onnx'\n[[input]]\nsource = 'image'\n[[output]]\n[[output]]\nrole = "
      "'classes'\n[fusion]\nrule = 'unified'",
      "", "");
  // u is 0 and 1, between them 0.25 and 0.75; scores of other sums would be blended otherwise.
  const Size size{2, 1};
  const std::vector<Plane<float>> classes{{size, {1, 0}}, {size, {0, 0}}, {size, {0, 8}}};
  const Plane<float> alpha = fused_alpha(card, {{Plane<float>{size, 0.5F}}, classes}, Size{4, 1});
  CHECK(alpha == Plane<float>{Size{4, 1}, {0, 0.375F, 0.625F, 1}});
}

TEST_CASE("an answer is stretched and brought to 8 bits as the card says", "[baselines][card]") {
  const auto planes = [](const std::string& keys, std::vector<float> values) {
    const Card card =
        parse_card("weights = 'x.onnx'\n[[input]]\nsource = 'image'\n[[output]]\n" + keys, "", "");
    const std::vector<NamedArray> answer{{.array = {.shape = {1, 3}, .values = std::move(values)}}};
    const Plane<float> plane =
        card_planes(card.outputs[0], answer, padded_place({3, 1}, card.pads))[0];
    return std::vector<float>(plane.values().begin(), plane.values().end());
  };
  using Values = std::vector<float>;
  CHECK(planes("stretch = true", {3, 5, 7}) == Values{0, 0.5F, 1});
  CHECK(planes("stretch = true", {3, 3, 3}) == Values{0, 0, 0});
  const auto level = [](int value) { return static_cast<float>(value / 255.0); };
  CHECK(planes("depth = '8-bit'", {0.5F, -1, 2}) == Values{level(128), 0, 1});
  CHECK(planes("depth = '8-bit-down'", {0.5F, -1, 2}) == Values{level(127), 0, 1});
  CHECK(planes("stretch = true\ndepth = '8-bit-down'", {3, 5, 7}) == Values{0, level(127), 1});
}

TEST_CASE("activations turn scores into alpha", "[baselines][card]") {
  const auto planes = [](const std::string& keys) {
    const Card card =
        parse_card("weights = 'x.onnx'\n[[input]]\nsource = 'image'\n[[output]]\n" + keys, "", "");
    const std::vector<NamedArray> answer{
        {.name = "y", .array = {.shape = {1, 2, 1, 1}, .values = {0, std::log(3.0F)}}}};
    return card_planes(card.outputs[0], answer, padded_place({1, 1}, card.pads))[0](0, 0);
  };
  CHECK(planes("") == 0.0F);
  CHECK(planes("channel = 1\nactivation = 'softmax'") == Approx(0.75F));
  CHECK(planes("channel = 1\nactivation = 'sigmoid'") == Approx(0.75F));
  CHECK(planes("activation = 'sigmoid'\nscale = 2\noffset = -0.25") == Approx(0.75F));
  CHECK(planes("name = 'y'\nlayout = 'nchw'") == 0.0F);
  CHECK_THROWS_WITH(planes("channel = 2"), Contains("2 channels, counted from 0"));
  CHECK_THROWS_WITH(planes("name = 'z'"), Contains("outputs: y"));
  CHECK_THROWS_WITH(planes("index = 1"), Contains("an output of index 1"));
}

TEST_CASE("an answer of another size than its input is refused unless the card names the stride",
          "[baselines][card]") {
  const auto size_of = [](const std::string& keys, std::vector<std::int64_t> shape) {
    const Card card =
        parse_card("weights = 'x.onnx'\n[[input]]\nsource = 'image'\n[[output]]\n" + keys, "", "");
    std::int64_t count = 1;
    for (const std::int64_t length : shape) count *= length;
    const std::vector<NamedArray> answer{
        {.array = {.shape = std::move(shape),
                   .values = std::vector<float>(static_cast<std::size_t>(count))}}};
    return card_planes(card.outputs[0], answer, padded_place({10, 6}, {}))[0].size();
  };
  CHECK(size_of("", {1, 1, 6, 10}) == Size{10, 6});
  CHECK(size_of("stride = 4", {1, 1, 1, 2}) == Size{10, 6});
  CHECK(size_of("stride = 4", {1, 1, 2, 3}) == Size{10, 6});
  CHECK(size_of("stride = 0.5", {1, 1, 12, 20}) == Size{10, 6});
  CHECK(size_of("layout = 'nhwc'", {1, 6, 10, 1}) == Size{10, 6});
  CHECK_THROWS_WITH(size_of("", {1, 1, 3, 5}),
                    Contains("10x6") && Contains("5x3") && Contains("stride ="));
  CHECK_THROWS_WITH(size_of("stride = 4", {1, 1, 6, 10}), Contains("divided by stride = 4"));
  CHECK_THROWS_WITH(size_of("", {1, 6, 10, 1}), Contains("say layout = \"nhwc\""));
  CHECK_THROWS_WITH(size_of("layout = 'nhwc'", {1, 1, 6, 10}), Contains("say layout = \"nchw\""));
}

TEST_CASE("answers that are no image of finite numbers are refused", "[baselines][card]") {
  const Card card = parse_card("weights = 'x.onnx'\n[[input]]\nsource = 'image'", "", "");
  const auto take = [&](Array array) {
    const std::vector<NamedArray> answer{{.array = std::move(array)}};
    return card_planes(card.outputs[0], answer, padded_place({1, 1}, {}));
  };
  CHECK_THROWS_WITH(take({.shape = {7}, .values = std::vector<float>(7)}), Contains("[7]"));
  CHECK_THROWS_WITH(take({.shape = {2, 1, 1, 1}, .values = {1, 1}}), Contains("[2, 1, 1, 1]"));
  CHECK_THROWS_WITH(take({.shape = {1, 1}, .values = {NAN}}), Contains("not finite"));
}

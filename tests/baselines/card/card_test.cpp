#include "baselines/card/card.hpp"

#include <random>
#include <string>

#include "core/error.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::baselines;
using Catch::Contains;

namespace {

const std::string kPlain = R"(
title = "Mine"
weights = "net.onnx"
[[input]]
source = "image"
)";

Card parse(const std::string& text) { return parse_card(text, "my.toml", "cards"); }

Size sized(const std::string& size, Size image) {
  return card_size(parse(kPlain + "[size]\n" + size).size, image);
}

}  // namespace

TEST_CASE("a card needs weights and an input, everything else has a default", "[baselines][card]") {
  const Card card = parse(kPlain);
  CHECK(card.title == "Mine");
  CHECK(card.weights == "cards/net.onnx");
  CHECK(card.runtime == CardRuntimeKind::onnx);
  REQUIRE(card.inputs.size() == 1);
  CHECK(card.inputs[0].range == 1.0);
  REQUIRE(card.outputs.size() == 1);
  CHECK(card.outputs[0].resize.depth == CardResize::Depth::single_precision);
  CHECK(card.fusion == CardFusion::alpha);
  CHECK_FALSE(card.needs(CardSource::trimap));
}

TEST_CASE("what is no .onnx file is TorchScript unless the card says otherwise",
          "[baselines][card]") {
  CHECK(parse("weights = 'net.pt'\n[[input]]\nsource = 'image'").runtime ==
        CardRuntimeKind::torchscript);
  CHECK(parse("weights = 'net.bin'\nruntime = 'onnx'\n[[input]]\nsource = 'image'").runtime ==
        CardRuntimeKind::onnx);
}

TEST_CASE("sizes follow the rule that the card names", "[baselines][card]") {
  const Size image{1000, 667};
  CHECK(sized("", image) == image);
  CHECK(sized("rule = 'fixed'\nwidth = 320\nheight = 240", image) == Size{320, 240});
  CHECK(sized("rule = 'divide'\ndivisor = 3\nmultiple = 32", image) == Size{320, 192});
  CHECK(sized("rule = 'long-side'\nside = 512", image) == Size{512, 342});
  CHECK(sized("rule = 'short-side'\nside = 512\nmultiple = 32\nrounding = 'nearest'", image) ==
        Size{768, 512});
  CHECK(sized("rule = 'long-side'\nside = 2000\nenlarge = false", image) == image);
  CHECK(sized("rule = 'short-side'\nside = 512\nother = 'down'", {1001, 667}) == Size{768, 512});
  CHECK(sized("rule = 'short-side'\nside = 100\nother = 'down'", {200, 103}) == Size{194, 100});
  CHECK(sized("rule = 'short-side'\nside = 100\nother = 'down'", {201, 103}) == Size{195, 100});
  CHECK(sized("rule = 'short-side'\nside = 101", {200, 103}) == Size{196, 101});
  CHECK(sized("rule = 'short-side'\nside = 101\nother = 'down'", {200, 103}) == Size{196, 101});
  CHECK(sized("rule = 'short-side'\nside = 102", {200, 103}) == Size{198, 102});
  CHECK(sized("rule = 'short-side'\nside = 512\nkeep-between = true", {600, 400}) ==
        Size{600, 400});
  CHECK(sized("rule = 'short-side'\nside = 512\nkeep-between = true", {400, 400}) ==
        Size{512, 512});
  CHECK(sized("rule = 'short-side'\nside = 512\nkeep-between = true", {1024, 1000}) ==
        Size{524, 512});
  CHECK(sized("multiple = 64\nrounding = 'up'", image) == Size{1024, 704});
  CHECK(sized("at-most = 800", image) == Size{800, 667});
  CHECK(sized("rule = 'divide'\ndivisor = 3\nmultiple = 32\nat-least = 32", {20, 90}) ==
        Size{32, 32});
}

TEST_CASE("an unknown key is refused with line, table and nearest name", "[baselines][card]") {
  CHECK_THROWS_WITH(parse(kPlain + "means = [1]\n"),
                    Contains("unknown key 'means'") && Contains("my.toml, line 6, in [[input]]") &&
                        Contains("did you mean 'mean'?"));
  CHECK_THROWS_WITH(parse("titles = 'x'\n" + kPlain), Contains("did you mean 'title'?"));
  CHECK_THROWS_WITH(parse(kPlain + "[size]\nrules = 'fixed'"), Contains("did you mean 'rule'?"));
}

TEST_CASE("a wrong value is refused with what is valid", "[baselines][card]") {
  const auto [addition, message] = GENERATE(table<std::string, std::string>(
      {{"order = 'bgrr'", "'bgrr' (did you mean 'bgr'?)"},
       {"mean = [1, 2]", "one number, or one for each of 3 channels"},
       {"mean = 'x'", "a number, or several in square brackets"},
       {"std = 0", "numbers other than 0"},
       {"coding = 'half'", "this key only with source = \"trimap\""},
       {"range = 'x'", "a number from"},
       {"joins = 1", "true or false"},
       {"joins = true", "a first [[input]] that joins none"},
       {"resize = 'pillow-bilinear'\nresize-depth = 'float'", "Pillow's rules work on 8 bits"},
       {"[[input]]\nsource = 'trimap'\norder = 'bgr'", "only with source = \"image\""},
       {"[[input]]\nsource = 'trimap'\ncoding = 'one-hot'\nresize = 'opencv-linear'",
        "\"opencv-nearest\""},
       {"[[input]]\nsource = 'trimap'\nlevels = [0, 1]", "three numbers"},
       {"[[input]]\nsource = 'mask'\njoins = true\nname = 'x'", "of the input that is joined"},
       {"folder = 'x'", "only with source = \"background\""},
       {"[[input]]\nsource = 'background'\n[[input]]\nsource = 'background'\nfolder = 'x'",
        "one folder of backgrounds"},
       {"[[input]]\nsource = 'mask'\nown-maximum = true", "only with source = \"image\""},
       {"[[input]]\nsource = 'mask'\ndepth = '8-bit'", "only with source = \"image\""},
       {"normalise = 'image'", "\"float\" or \"double\" with normalise = \"image\""},
       {"[[input]]\nsource = 'trimap'\ncoding = 'nearness'\nresize-depth = 'float'\nnormalise = "
        "'image'",
        "\"resized\" or \"padded\""},
       {"resize = 'area'\nresize-depth = '8-bit'", "works in single precision"},
       {"[size]\nrule = 'fixed'\nwidth = 3", "'height' beside this rule"},
       {"[size]\ndivisor = 3", "this key only with rule = \"divide\""},
       {"[size]\nat-least = 9\nat-most = 8", "a whole number from 9"},
       {"[[pad]]\nmode = 'reflect'", "'multiple', 'frame' or both"},
       {"[[pad]]\nmultiple = 8\nalways = 'sometimes'", "one of: together"},
       {"[size]\nkeep-between = true", "\"long-side\" or \"short-side\""},
       {"[first-size]\nmultiples = 3", "did you mean 'multiple'?"},
       {"[[pad]]\nmultiple = 8\nvalue = 3", "only with mode = \"constant\""},
       {"[[pad]]\nframe = 8\nalways = true", "'always'"},
       {"[[pad]]\nframe = 8\nwhere = 'centre'", "'where'"},
       {"resize = 'skimage019'\nresize-depth = '8-bit'", "work in double precision"},
       {"[[input]]\nsource = 'trimap'\ncoding = 'half'\nrange = 255", "'range'"},
       {"[[input]]\nsource = 'trimap'\nlevels = [0, 1, 2]\ninvert = true", "'invert'"},
       {"mean = 1e300", "a number from -1e+06 to 1e+06"},
       {"std = [1, 1, 1e300]", "a number from -1e+06 to 1e+06"},
       {"[size]\nmultiple = 32\nat-most = 800\nat-least = 33", "'at-least'"},
       {"[size]\nmultiple = 32\nat-most = 801", "a multiple of 32"},
       {"[[output]]\nchannel = [0, 1]", "one channel for alpha"},
       {"[[output]]\nchannel = 0.5", "whole numbers from 0"},
       {"[[output]]\nname = 'a'\nindex = 1", "either 'name' or 'index'"},
       {"[[output]]\nrole = 'classes'", "one output with role = \"alpha\""},
       {"[[output]]\n[[output]]\nrole = 'classes'", "1 of alpha, 1 of classes"},
       {"[[output]]\n[fusion]\nrule = 'trimap'", "none of alpha"},
       {"[[output]]\nrole = 'classes'\nstretch = true\n[fusion]\nrule = 'trimap'", "'stretch'"},
       {"[[output]]\n[fusion]\nrule = 'classes'", "one with role = \"classes\""},
       {"[[output]]\n[[output]]\nrole = 'classes'\n[fusion]\nrule = 'add'",
        "2 channels of classes"},
       {"[fusion]\nat = 'nowhere'", "one of: image, network"},
       {"[", "the card is not TOML"}}));
  CAPTURE(addition);
  CHECK_THROWS_WITH(parse(kPlain + addition), Contains(message));
}

TEST_CASE("a card without weights or input is refused", "[baselines][card]") {
  CHECK_THROWS_WITH(parse("[[input]]\nsource = 'image'"), Contains("'weights'"));
  CHECK_THROWS_WITH(parse("weights = 'x.onnx'"), Contains("at least one [[input]]"));
  CHECK_THROWS_WITH(parse("weights = 'x.onnx'\ninput = 3"), Contains("[[input]]"));
  CHECK_THROWS_WITH(parse("weights = 'x.onnx'\n[[input]]\n"), Contains("'source'"));
}

TEST_CASE("inputs of TorchScript have no names to be called by", "[baselines][card]") {
  CHECK_THROWS_WITH(parse("weights = 'x.pt'\n[[input]]\nsource = 'image'\nname = 'photo'"),
                    Contains("TorchScript") && Contains("name = \"photo\""));
}

TEST_CASE("a checksum that is none is refused as such", "[baselines][card]") {
  const std::string valid(64, 'a');
  CHECK(parse("sha256 = '" + valid + "'\n" + kPlain).sha256 == valid);
  const std::string wrong =
      GENERATE(as<std::string>{}, "0123", std::string(64, 'A'), std::string(64, 'g'));
  CHECK_THROWS_WITH(parse("sha256 = '" + wrong + "'\n" + kPlain),
                    Contains("64 digits of 0-9 and a-f"));
}

TEST_CASE("bounds leave sides multiples", "[baselines][card]") {
  CHECK(sized("multiple = 48", {40000, 40000}) == Size{32736, 32736});
  CHECK(sized("multiple = 32\nat-least = 64\nat-most = 96", {10, 500}) == Size{64, 96});
}

TEST_CASE("damaged cards are errors, never crashes", "[baselines][card]") {
  const std::string whole = kPlain + R"(
[[input]]
source = "trimap"
joins = true
levels = [0, 0.5, 1]
[first-size]
rule = 'short-side'
side = 300
enlarge = false
[size]
rule = "divide"
divisor = 2
[[pad]]
multiple = 32
[[output]]
channel = 0
[[output]]
role = "classes"
index = 1
[fusion]
rule = "soft"
known = "trimap"
)";
  REQUIRE_NOTHROW(parse(whole));
  std::mt19937 random{7};
  for (int i = 0; i < 3000; ++i) {
    std::string text = whole;
    for (int edits = 0; edits <= i % 3; ++edits) {
      if (text.empty()) break;
      const std::size_t at = random() % text.size();
      switch (random() % 4) {
        case 0: text.erase(at, random() % 20); break;
        case 1: text[at] = static_cast<char>(random()); break;
        case 2: text.insert(at, text.substr(random() % text.size(), random() % 30)); break;
        default: text.resize(at + 1); break;
      }
    }
    try {
      const Card card = parse(text);
      const Size size = card_size(card.size, {640, 480});
      CHECK(size.pixels() > 0);
    } catch (const Error& error) {
      CHECK(error.kind() != ErrorKind::internal);
    }
  }
}

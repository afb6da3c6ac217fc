#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "tests/app/fixture.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::testing;
using Catch::Contains;

namespace {

namespace fs = std::filesystem;

const std::string kInputs = R"([[input]]
source = "image"
[[input]]
source = "trimap"
joins = true
coding = "half"
)";

/// What `mbench run` says of the card on one scene, in `work`.
ProgramResult try_card(const Workspace& work, const std::string& keys,
                       const std::vector<std::string>& more = {}) {
  write_dataset(work / "set", 1);
  fs::copy_file(source_path("tests/app/models/example.pt"), work / "example.pt");
  write_text(work / "my.toml", "title = \"Exported\"\nweights = \"example.pt\"\n" + keys);
  std::vector<std::string> arguments{"run",
                                     "-m",
                                     "card:file=" + (work / "my.toml").string(),
                                     "-d",
                                     (work / "set").string(),
                                     "-o",
                                     (work / "out").string(),
                                     "--depth",
                                     "16"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return work.mbench(arguments);
}

/// The mattes' folder of the card on one scene, in `work`.
fs::path run_card(const Workspace& work, const std::string& keys,
                  const std::vector<std::string>& more = {}) {
  const ProgramResult result = try_card(work, keys, more);
  CAPTURE(result.err);
  REQUIRE(result.exit_code == 0);
  CHECK_THAT(result.out, Contains("Exported"));
  const fs::directory_iterator folders{work / "out/set"};
  return folders->path();
}

}  // namespace

TEST_CASE("a TorchScript network runs by its card", "[app][card][torchscript]") {
  const Workspace work;
  const fs::path folder = run_card(work, kInputs + "[[output]]\nindex = 1\n");
  const Scene scene = make_scene({40, 32}, 0);
  const Matte matte = imaging::read_matte(folder / "mattes/a00.png");
  const Rgb<std::uint8_t>& pixel = scene.image(7, 9);
  CHECK(matte.view().alpha(7, 9) == Approx((pixel.r + pixel.g + pixel.b) / 765.0).margin(1e-4));
  const Json record = read_json(folder / "record.json");
  CHECK(record.at("method").at("parameters") == 1);
  CHECK(record.at("method").at("weights").at("sha256").get<std::string>().size() == 64);
}

TEST_CASE("classes and alpha of one network are fused as the card says",
          "[app][card][torchscript]") {
  const Workspace work;
  const fs::path folder = run_card(work, kInputs + R"([[pad]]
multiple = 32
[[output]]
index = 1
[[output]]
role = "classes"
[fusion]
rule = "classes"
)");
  const Scene scene = make_scene({40, 32}, 0);
  const Matte matte = imaging::read_matte(folder / "mattes/a00.png");
  for (const auto& [y, x] : {std::pair{0, 0}, std::pair{16, 20}, std::pair{16, 9}}) {
    const std::uint8_t level = scene.trimap(y, x);
    const Rgb<std::uint8_t>& pixel = scene.image(y, x);
    const double expected = level == kBackground   ? 0.0
                            : level == kForeground ? 1.0
                                                   : (pixel.r + pixel.g + pixel.b) / 765.0;
    CHECK(matte.view().alpha(y, x) == Approx(expected).margin(1e-4));
  }
}

TEST_CASE("a network's whole numbers stay whole in half precision", "[app][card][torchscript]") {
  const Workspace work;  // the network finds its channels by them: floats cannot be positions
  const fs::path folder =
      run_card(work, kInputs + "[[output]]\nindex = 1\n", {"--precision", "bf16"});
  const Scene scene = make_scene({40, 32}, 0);
  const Rgb<std::uint8_t>& pixel = scene.image(7, 9);
  CHECK(imaging::read_matte(folder / "mattes/a00.png").view().alpha(7, 9) ==
        Approx((pixel.r + pixel.g + pixel.b) / 765.0).margin(0.01));
}

TEST_CASE("what fails within a TorchScript network is said in one line",
          "[app][card][torchscript]") {
  const Workspace work;
  const ProgramResult result = try_card(work, "[[input]]\nsource = \"image\"\n");
  CHECK(result.exit_code == 4);
  const fs::directory_iterator folders{work / "out/set"};
  CHECK_THAT(read_text(folders->path() / "record.json"),
             Contains("the network failed") &&
                 Contains("index 3 is out of bounds for dimension 0 with size 3") &&
                 !Contains("Traceback") && !Contains("internal"));
}

TEST_CASE("a precision that the device lacks is told before the first image",
          "[app][card][torchscript]") {
  const Workspace work;
  const ProgramResult result = try_card(work, kInputs, {"--precision", "fp16"});
  CHECK(result.exit_code == 5);
  CHECK_THAT(result.err, Contains("fp16 cannot be computed on cpu") &&
                             Contains("not implemented for 'Half'") && !Contains("Traceback"));
  CHECK_FALSE(fs::exists(work / "out"));
}

TEST_CASE("inputs that forward() does not take are told before the first image",
          "[app][card][torchscript]") {
  const Workspace work;
  const ProgramResult two =
      try_card(work, "[[input]]\nsource = \"image\"\n[[input]]\nsource = \"trimap\"\n");
  CHECK(two.exit_code == 3);
  CHECK_THAT(two.err, Contains("forward(x: Tensor)") && Contains("2 tensors, by the card") &&
                          Contains("joins = true"));
  CHECK_FALSE(fs::exists(work / "out"));
}

TEST_CASE("a forward() that takes no tensors is told before the first image",
          "[app][card][torchscript]") {
  const Workspace work;
  write_dataset(work / "set", 1);
  // example.pt with forward(self, xs: List[Tensor]) in its code.
  fs::copy_file(source_path("tests/app/models/list.pt"), work / "list.pt");
  write_text(work / "my.toml", "weights = \"list.pt\"\n" + kInputs);
  const ProgramResult result =
      work.mbench({"run", "-m", "card:file=" + (work / "my.toml").string(), "-d",
                   (work / "set").string(), "-o", (work / "out").string()});
  CHECK(result.exit_code == 3);
  CHECK_THAT(result.err, Contains("forward(xs: List[Tensor])") && Contains("one tensor") &&
                             Contains("list.pt"));
  CHECK_FALSE(fs::exists(work / "out"));
}

TEST_CASE("a checkpoint of weights alone is refused as a network", "[app][card][torchscript]") {
  const Workspace work;
  write_dataset(work / "set", 1);
  write_text(work / "example.pt", "no zip archive");
  write_text(work / "my.toml", "weights = \"example.pt\"\n" + kInputs);
  const ProgramResult result = work.mbench(
      {"run", "-m", "card:file=" + (work / "my.toml").string(), "-d", (work / "set").string()});
  CHECK(result.exit_code == 3);
  CHECK_THAT(result.err, Contains("no TorchScript") && Contains("torch.jit.trace"));
}

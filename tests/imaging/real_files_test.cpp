#include "imaging/io.hpp"
#include "tests/imaging/one_file.hpp"
#include "tests/support/catch.hpp"

// Files of published data sets, which may not be part of this repository.

using namespace mbench;
using namespace mbench::imaging;
using namespace mbench::testing;
namespace fs = std::filesystem;

TEST_CASE("all trimaps of alphamatting.com hold three levels and the size of their image",
          "[imaging][real]") {
  const auto root = shared_path("data/alphamatting_train");
  if (!root) return;
  int read = 0;
  for (const char* kind : {"Trimap1", "Trimap2"}) {
    for (const auto& entry : fs::directory_iterator{*root / "trimap_training_lowres" / kind}) {
      if (entry.path().extension() != ".png") continue;
      CAPTURE(entry.path());
      const Trimap trimap = read_trimap(entry.path());
      const TrimapCounts counts = count_levels(trimap);
      CHECK(counts.unknown > 0);
      CHECK(counts.other == 0);
      const auto image = *root / "input_training_lowres" / entry.path().filename();
      CHECK(probe_image(image).size == trimap.size());
      ++read;
    }
  }
  CHECK(read == 28);
}

TEST_CASE("mattes with three equal channels or a palette are read", "[imaging][real]") {
  for (const char* folder : {"gt_training_lowres", "gt_training_highres"}) {
    const auto root = shared_path(std::string{"data/alphamatting_train/"} + folder);
    if (!root) return;
    for (const auto& entry : fs::directory_iterator{*root}) {
      if (entry.path().extension() != ".png") continue;
      CAPTURE(entry.path());
      const ImageInfo info = probe_image(entry.path());
      CHECK(info.channels == 3);
      const Matte matte = read_matte(entry.path());
      CHECK(matte.depth() == Depth::u8);
      CHECK(matte.size() == info.size);
    }
  }
}

TEST_CASE("the RGBA cut-out that a portrait set ships as its mask is refused as a matte",
          "[imaging][real]") {
  const auto mask = shared_path("data/aisegment/mask/1803151818-00000003.png");
  if (!mask) return;
  const Error error = error_of([&] { (void)read_matte(*mask); });
  CHECK(error.kind() == ErrorKind::bad_input);
  CHECK_THAT(error.parts().found, Catch::Contains("red 255, green 0, blue 0"));
  CHECK(error.parts().fix == "save its alpha channel alone as a grey PNG");
}

TEST_CASE("real photographs are read", "[imaging][real]") {
  for (const char* folder : {"data/backgrounds", "data/p3m_demo/original"}) {
    const auto root = shared_path(folder);
    if (!root) return;
    for (const auto& entry : fs::directory_iterator{*root}) {
      if (entry.path().extension() != ".jpg") continue;
      CAPTURE(entry.path());
      CHECK(read_image(entry.path()).size() == probe_image(entry.path()).size);
    }
  }
}

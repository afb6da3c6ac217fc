#include "baselines/deep/network.hpp"
#include "imaging/eight_bit.hpp"
#include "imaging/resample.hpp"
#include "tests/baselines/networks.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/images.hpp"

using namespace mbench;
using namespace mbench::testing;

TEST_CASE("aimnet answers images of any size, by every strategy and fusion",
          "[baselines][deep][aimnet]") {
  for (const char* text :
       {"aimnet", "aimnet:detail=1/3:fusion=soft", "aimnet:strategy=resize:resize-rule=skimage019",
        "aimnet:strategy=resize:fusion=soft"}) {
    CAPTURE(text);
    const auto method = make_untrained(text);
    check_is_matte(*method, noise_image({1, 1}, 1));
    check_is_matte(*method, noise_image({150, 90}, 2));
  }
}

TEST_CASE("aimnet and p3mnet bring a large photograph down first where they are asked to",
          "[baselines][deep][aimnet][p3mnet]") {
  const std::string id = GENERATE("aimnet", "p3mnet");
  CAPTURE(id);
  const Image large = noise_image({211, 160}, 3);
  const Image small = imaging::resize_opencv(  // 128 * 211 / 160 = 168.8
      imaging::eight_bit(large).view(), {168, 128}, imaging::Interpolation::linear);
  const auto alpha_of = [](std::string_view text, const Image& image) {
    return to_f32(make_untrained(text)->estimate({.sample_id = "s", .image = image}).alpha);
  };
  const Plane<float> limited = alpha_of(id + ":shorter-side=128", large);
  CHECK(limited == imaging::resize_opencv(alpha_of(id, small).view(), large.size(),
                                          imaging::Interpolation::linear));
  const Plane<float> own = alpha_of(id, large);
  CHECK(limited != own);
  CHECK(alpha_of(id + ":shorter-side=160", large) == own);
}

TEST_CASE("AIM-Net has the size and cost that its paper prints", "[baselines][deep][aimnet]") {
  const auto aimnet = named_network("aimnet");
  CHECK(aimnet->parameters() == 55298191);  // 55.3 M [li2021]
  // Every count is a constant and a part in proportion to the pixels: two small sizes give all.
  const baselines::Cost small = aimnet->cost({64, 64});
  const baselines::Cost larger = aimnet->cost({128, 128});
  const auto at_800 = [&](std::int64_t baselines::Cost::*count) {
    const std::int64_t per_4096 = (larger.*count - small.*count) / 3;
    return static_cast<double>(small.*count + per_4096 * (800 * 800 - 64 * 64) / 4096);
  };
  CHECK(at_800(&baselines::Cost::flops_counter) == Approx(191.517e9).margin(0.0005e9));
  CHECK(at_800(&baselines::Cost::macs) == Approx(190.577e9).margin(0.0005e9));
}

TEST_CASE("GFM costs what is stored of the original program", "[baselines][deep][gfm]") {
  const auto gfm = named_network("gfm_r34_tt");
  CHECK(gfm->cost({160, 128}).macs == 9175040 + std::int64_t{205936} * 160 * 128);
}

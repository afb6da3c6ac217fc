#include <span>

#include "core/random.hpp"
#include "core/sha256.hpp"
#include "imaging/resample.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::imaging;

namespace {

template <typename T>
Plane<Rgb<T>> noise(Size size, double scale) {
  Plane<Rgb<T>> plane{size};
  Random random{3};
  for (Rgb<T>& pixel : plane.values()) {
    for (T* value : {&pixel.r, &pixel.g, &pixel.b}) {
      *value = static_cast<T>(scale * random.uniform());
    }
  }
  return plane;
}

template <typename T>
void add(Sha256& digest, const Plane<T>& plane) {
  digest.update(std::as_bytes(plane.values()));
}

}  // namespace

TEST_CASE("resize_skimage gives the same bits with vectors of any width", "[imaging][resample]") {
  Sha256 digest;
  // What shrinks by 0.19 is smoothed with weights of the C library's exp(), whose last digit is the
  // machine's: goldens check that.
  for (const ResizeRule rule :
       {ResizeRule::skimage014, ResizeRule::skimage019, ResizeRule::skimage019_constant}) {
    for (const Size size : {Size{1, 1}, Size{5, 4}, Size{40, 33}, Size{64, 50}, Size{101, 77}}) {
      if (rule != ResizeRule::skimage014 && size.width < 64) continue;
      add(digest, resize_skimage(noise<std::uint8_t>({64, 49}, 256.0).view(), size, rule));
      add(digest, resize_skimage(noise<float>({64, 49}, 1.0).view(), size, rule));
      add(digest, resize_skimage(noise<double>({64, 49}, 1.0).view(), size, rule));
    }
  }
  CHECK(digest.hex_digest() == "2174a44c07b742e2fdb7b28a37d42ccc550e0f7d598d1712d21e60b0cfbe6588");
}

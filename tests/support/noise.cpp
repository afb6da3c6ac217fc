#include "tests/support/images.hpp"

#include <algorithm>

namespace mbench::testing {
namespace {

/// The generator splitmix64: one addition and three shift-multiply steps per number.
class Generator {
 public:
  explicit Generator(std::uint64_t seed) : state_{seed} {}

  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t z = state_;
    z = (z ^ z >> 30U) * 0xBF58476D1CE4E5B9U;
    z = (z ^ z >> 27U) * 0x94D049BB133111EBU;
    return z ^ z >> 31U;
  }
  std::uint8_t next_byte() { return static_cast<std::uint8_t>(next() >> 56U); }

 private:
  std::uint64_t state_;
};

}  // namespace

Plane<std::uint8_t> noise_plane(Size size, std::uint64_t seed) {
  Generator generator{seed};
  Plane<std::uint8_t> plane{size};
  std::ranges::generate(plane.values(), [&] { return generator.next_byte(); });
  return plane;
}

Matte noise_matte(Size size, std::uint64_t seed) { return noise_plane(size, seed); }

Image noise_image(Size size, std::uint64_t seed) {
  Generator generator{seed};
  Plane<Rgb<std::uint8_t>> image{size};
  for (Rgb<std::uint8_t>& pixel : image.values()) {
    pixel.r = generator.next_byte();
    pixel.g = generator.next_byte();
    pixel.b = generator.next_byte();
  }
  return image;
}

Trimap noise_trimap(Size size, std::uint64_t seed) {
  constexpr std::uint8_t kLevels[] = {kBackground, kUnknown, kForeground};
  Generator generator{seed};
  Trimap trimap{size};
  std::ranges::generate(trimap.values(), [&] { return kLevels[generator.next() % 3]; });
  return trimap;
}

}  // namespace mbench::testing

#pragma once
#include <cstdint>
#include <filesystem>

#include "core/image.hpp"
#include "core/matte.hpp"
#include "core/plane.hpp"

namespace mbench::testing {

/// A picture with its matte, as files have them and as methods compute with them.
struct Picture {
  Plane<Rgb<std::uint8_t>> picture{};
  Plane<std::uint8_t> matte{};
  Plane<Rgb<double>> colours{};
  Plane<double> alpha{};
};

[[nodiscard]] Picture make_picture(Plane<Rgb<std::uint8_t>> picture, Plane<std::uint8_t> matte);

/// Every level with equal probability, colours and alpha alike.
[[nodiscard]] Picture noise_picture(Size size, std::uint64_t seed);
/// A matte: a disc in the middle with a rim that is a quarter of the image wide.
[[nodiscard]] Plane<std::uint8_t> soft_disc(Size size);

/// Largest difference in any channel. Infinite for different sizes.
[[nodiscard]] double colour_difference(const Plane<Rgb<double>>& left,
                                       const Plane<Rgb<double>>& right);

/// Two files of 8 bits.
[[nodiscard]] Picture read_picture(const std::filesystem::path& picture,
                                   const std::filesystem::path& matte);

}  // namespace mbench::testing

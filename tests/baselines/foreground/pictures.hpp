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

/// Two files of 8 bits.
[[nodiscard]] Picture read_picture(const std::filesystem::path& picture,
                                   const std::filesystem::path& matte);

}  // namespace mbench::testing

#include "datasets/compose/blend.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <vector>

#include "core/simd_clones.hpp"
#include "datasets/compose/ingredients.hpp"

namespace mbench::datasets::compose {
namespace {

/// matte_of() for loops: what other files may call is not inlined in code for shared objects.
Rgb<std::uint8_t> read_matte(const Rgb<std::uint8_t>& pixel, MatteChannels channels) {
  switch (channels) {
    case MatteChannels::first: return {pixel.r, pixel.r, pixel.r};
    case MatteChannels::each: return pixel;
    case MatteChannels::grey: break;
  }
  const std::uint8_t grey = grey_of(pixel);
  return {grey, grey, grey};
}

// Of one number each. Function objects, not functions: a loop that takes a pointer calls it 6
// million times per picture.

/// trunc(a F + (1 - a) B)
constexpr auto truncated = [](std::uint8_t v, std::uint8_t foreground, std::uint8_t background) {
  const double alpha = v / 255.0;
  return static_cast<std::uint8_t>(alpha * foreground + (1.0 - alpha) * background);
};

constexpr auto rounded = [](std::uint8_t v, std::uint8_t foreground, std::uint8_t background) {
  const double alpha = v / 255.0;
  return static_cast<std::uint8_t>(std::lrint(alpha * foreground + (1.0 - alpha) * background));
};

float mixed_f32(float alpha, std::uint8_t foreground, std::uint8_t background) {
  return alpha * static_cast<float>(foreground) + (1.0F - alpha) * static_cast<float>(background);
}

constexpr auto truncated_f32 = [](float alpha, std::uint8_t foreground, std::uint8_t background) {
  return static_cast<std::uint8_t>(mixed_f32(alpha, foreground, background));
};

constexpr auto rounded_f32 = [](float alpha, std::uint8_t foreground, std::uint8_t background) {
  const float cut = std::clamp(alpha, 0.0F, 1.0F);
  return static_cast<std::uint8_t>(std::lrint(mixed_f32(cut, foreground, background)));
};

/// blend(v, F, B) of every number; per_colour() of a pixel of the matte has a v for each colour.
template <typename Alpha, typename PerColour, typename Blend>
Colours blend_by(ColourView foreground, PixelView<Alpha> alpha, ColourView background,
                 PerColour per_colour, Blend blend) {
  require_one_size(foreground.size(), alpha.size(), background.size());
  Colours result{foreground.size()};
  for (int y = 0; y < foreground.size().height; ++y) {
    for (int x = 0; x < foreground.size().width; ++x) {
      const Rgb<std::uint8_t> f = foreground(y, x);
      const Rgb<std::uint8_t> b = background(y, x);
      const auto v = per_colour(alpha(y, x));
      result(y, x) = {blend(v.r, f.r, b.r), blend(v.g, f.g, b.g), blend(v.b, f.b, b.b)};
    }
  }
  return result;
}

template <MatteChannels channels>
constexpr auto matte_by =
    [](const Rgb<std::uint8_t>& pixel) { return read_matte(pixel, channels); };

/// A loop for each way of reading the matte: the first channel alone is divided once for all three.
template <typename Blend>
Colours blend_by_file(ColourView foreground, ColourView alpha, ColourView background,
                      MatteChannels channels, Blend blend) {
  const auto read = [&](auto per_colour) {
    return blend_by(foreground, alpha, background, per_colour, blend);
  };
  switch (channels) {
    case MatteChannels::first: return read(matte_by<MatteChannels::first>);
    case MatteChannels::each: return read(matte_by<MatteChannels::each>);
    case MatteChannels::grey: break;
  }
  return read(matte_by<MatteChannels::grey>);
}

template <typename Blend>
Colours blend_by_floats(ColourView foreground, PixelView<float> alpha, ColourView background,
                        Blend blend) {
  return blend_by(
      foreground, alpha, background,
      [](float a) {
        return Rgb<float>{a, a, a};
      },
      blend);
}

/// v F + (255 - v) B, at most 255^2.
MBENCH_SIMD_BODY std::uint16_t mixed(std::uint8_t v, std::uint8_t f, std::uint8_t b) {
  return static_cast<std::uint16_t>(v * f + (255 - v) * b);
}

constexpr std::size_t kBlock = 64;
using Doubts = std::array<std::uint8_t, kBlock>;

/// to[i] = floor(n / 255) of n = mixed(...). Doubts, not 0, are where n is a multiple of 255 though
/// v is neither 0 nor 255: there the sum in double precision may lie below the integer.
MBENCH_SIMD_BODY void blend_block(const std::uint8_t* v, const std::uint8_t* f,
                                  const std::uint8_t* b, std::uint8_t* __restrict to,
                                  Doubts& doubts, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint16_t n = mixed(v[i], f[i], b[i]);
    const auto quotient = static_cast<std::uint16_t>((n + 1 + (n >> 8)) >> 8);
    const auto remainder = static_cast<std::uint8_t>(n - 255 * quotient);  // 0 ... 254
    const bool is_partial = v[i] != 0 && v[i] != 255;
    doubts[i] = static_cast<std::uint8_t>(is_partial && remainder == 0);
    to[i] = static_cast<std::uint8_t>(quotient);
  }
}

MBENCH_SIMD_CLONES void blend_row(const std::uint8_t* v, const std::uint8_t* f,
                                  const std::uint8_t* b, std::uint8_t* __restrict to,
                                  std::size_t count) {
  constexpr std::size_t kGroup = sizeof(std::uint64_t);
  Doubts doubts{};
  for (std::size_t begin = 0; begin < count; begin += kBlock) {
    const std::size_t length = std::min(kBlock, count - begin);
    if (length == kBlock) {
      blend_block(v + begin, f + begin, b + begin, to + begin, doubts, kBlock);
    } else {
      doubts.fill(0);
      blend_block(v + begin, f + begin, b + begin, to + begin, doubts, length);
    }
    for (std::size_t group = 0; group < kBlock; group += kGroup) {
      std::uint64_t any = 0;
      std::memcpy(&any, doubts.data() + group, kGroup);
      if (any == 0) continue;
      for (std::size_t k = group; k < group + kGroup; ++k) {
        const std::size_t i = begin + k;
        if (doubts[k] != 0) to[i] = truncated(v[i], f[i], b[i]);
      }
    }
  }
}

/// Whether each number equals the next one wherever `mask` is not 0.
MBENCH_SIMD_CLONES bool equals_next(const std::uint8_t* row, const std::uint8_t* mask,
                                    std::size_t count) {
  std::uint8_t differs = 0;
  for (std::size_t i = 0; i + 1 < count; ++i) {
    differs |= static_cast<std::uint8_t>((row[i] ^ row[i + 1]) & mask[i]);
  }
  return differs == 0;
}

const std::uint8_t* numbers(const Rgb<std::uint8_t>* row) {
  static_assert(sizeof(Rgb<std::uint8_t>) == 3);
  return reinterpret_cast<const std::uint8_t*>(row);
}

}  // namespace

Rgb<std::uint8_t> matte_of(const Rgb<std::uint8_t>& pixel, MatteChannels channels) {
  return read_matte(pixel, channels);
}

Colours blend_truncated(ColourView foreground, ColourView alpha, ColourView background,
                        MatteChannels channels) {
  require_one_size(foreground.size(), alpha.size(), background.size());
  const Size size = foreground.size();
  const std::size_t count = 3 * static_cast<std::size_t>(size.width);
  Colours result{size};
  std::vector<std::uint8_t> within_pixel(count, 255);  // the next number is of the same pixel
  for (std::size_t i = 2; i < count; i += 3) within_pixel[i] = 0;
  std::vector<Rgb<std::uint8_t>> matte(static_cast<std::size_t>(size.width));
  for (int y = 0; y < size.height; ++y) {
    const std::uint8_t* v = numbers(alpha.row_data(y));
    if (channels != MatteChannels::each && !equals_next(v, within_pixel.data(), count)) {
      std::ranges::transform(alpha.row(y), matte.begin(), [&](const Rgb<std::uint8_t>& pixel) {
        return matte_of(pixel, channels);
      });
      v = numbers(matte.data());
    }
    blend_row(v, numbers(foreground.row_data(y)), numbers(background.row_data(y)),
              reinterpret_cast<std::uint8_t*>(result.row(y).data()), count);
  }
  return result;
}

Colours blend_truncated_plain(ColourView foreground, ColourView alpha, ColourView background,
                              MatteChannels channels) {
  return blend_by_file(foreground, alpha, background, channels, truncated);
}

Colours blend_truncated_f32(ColourView foreground, ColourView alpha, ColourView background,
                            MatteChannels channels) {
  return blend_by_file(foreground, alpha, background, channels,
                       [](std::uint8_t v, std::uint8_t f, std::uint8_t b) {
                         return truncated_f32(static_cast<float>(v / 255.0), f, b);
                       });
}

Colours blend_float_truncated(ColourView foreground, PixelView<float> alpha,
                              ColourView background) {
  return blend_by_floats(foreground, alpha, background, truncated_f32);
}

Colours blend_float_rounded(ColourView foreground, PixelView<float> alpha, ColourView background) {
  return blend_by_floats(foreground, alpha, background, rounded_f32);
}

Colours blend_rounded(ColourView foreground, ColourView alpha, ColourView background,
                      MatteChannels channels) {
  return blend_by_file(foreground, alpha, background, channels, rounded);
}

}  // namespace mbench::datasets::compose

#pragma once
#include <string>
#include <string_view>

#include "core/error.hpp"
#include "tests/support/files.hpp"
#include "tests/support/images.hpp"

namespace mbench::testing {

/// A file with this content in a folder of its own, which goes with it.
class OneFile {
 public:
  explicit OneFile(std::string_view content, std::string_view name = "image.png")
      : path_{folder_ / name} {
    write_text(path_, content);
  }
  explicit OneFile(const PngSpec& spec) : OneFile{png_bytes(spec)} {}

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  TemporaryFolder folder_{};
  std::filesystem::path path_;
};

/// The error that the call throws; an error of kind internal that says so if it throws none.
template <typename Call>
[[nodiscard]] Error error_of(Call call) {
  try {
    call();
  } catch (const Error& error) {
    return error;
  }
  return Error{ErrorKind::internal, {.what = "no error was thrown"}};
}

/// The noise of noise_plane as samples of a PngSpec, `bits` bits each.
[[nodiscard]] inline std::vector<std::uint16_t> noise_samples(int width, int height, int channels,
                                                              std::uint64_t seed, int bits = 8) {
  const Plane<std::uint8_t> high = noise_plane({width * channels, height}, seed);
  const Plane<std::uint8_t> low = noise_plane({width * channels, height}, seed + 1);
  std::vector<std::uint16_t> samples;
  for (std::size_t i = 0; i < high.values().size(); ++i) {
    const unsigned wide = high.values()[i] * 256U + low.values()[i];
    samples.push_back(static_cast<std::uint16_t>(wide >> (16 - bits)));
  }
  return samples;
}

/// The same value in every channel of every pixel but those that `value(i)` sets: interleaves one
/// sample per pixel into `channels` equal ones.
[[nodiscard]] inline std::vector<std::uint16_t> repeated(const std::vector<std::uint16_t>& grey,
                                                         int channels) {
  std::vector<std::uint16_t> samples;
  for (const std::uint16_t value : grey) samples.insert(samples.end(), channels, value);
  return samples;
}

/// The samples as a plane of T.
template <typename T>
[[nodiscard]] Plane<T> plane_of(Size size, const std::vector<std::uint16_t>& samples) {
  return Plane<T>{size, std::vector<T>(samples.begin(), samples.end())};
}

}  // namespace mbench::testing

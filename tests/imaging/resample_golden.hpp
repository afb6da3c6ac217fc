#pragma once
#include <sstream>
#include <string>
#include <type_traits>
#include <vector>

#include "core/image.hpp"
#include "core/plane.hpp"
#include "tests/support/files.hpp"

namespace mbench::testing {

/// One array of tests/golden/resample/*.txt.
struct GoldenArray {
  std::string rule;  ///< "image" for an input
  std::string name;  ///< of the image that it is, or was made from
  std::string type;  ///< "uint8", "float32" or "float64"
  Size size{};
  int channels{};
  std::vector<double> values{};
};

[[nodiscard]] inline std::vector<GoldenArray> golden_arrays(std::string_view file) {
  std::istringstream text{
      read_text(source_path(std::string{"tests/golden/resample/"}.append(file)))};
  std::string comment;
  std::getline(text, comment);
  std::vector<GoldenArray> arrays;
  std::string name;
  for (std::string rule; text >> rule;) {
    GoldenArray array;
    array.rule = rule;
    if (rule == "image") text >> name;
    array.name = name;
    text >> array.type >> array.size.height >> array.size.width >> array.channels;
    array.values.resize(static_cast<std::size_t>(array.size.pixels() * array.channels));
    for (double& value : array.values) text >> value;
    arrays.push_back(array);
  }
  return arrays;
}

/// The array as pixels of that type.
template <typename Pixel>
[[nodiscard]] Plane<Pixel> pixels_of(const GoldenArray& array) {
  Plane<Pixel> plane{array.size};
  for (std::size_t i = 0; i < plane.values().size(); ++i) {
    if constexpr (std::is_arithmetic_v<Pixel>) {
      plane.values()[i] = static_cast<Pixel>(array.values[i]);
    } else {
      using Value = decltype(Pixel::r);
      plane.values()[i] = {static_cast<Value>(array.values[3 * i]),
                           static_cast<Value>(array.values[3 * i + 1]),
                           static_cast<Value>(array.values[3 * i + 2])};
    }
  }
  return plane;
}

/// All numbers of a plane, channels interleaved.
template <typename Pixel>
[[nodiscard]] std::vector<double> numbers_of(const Plane<Pixel>& plane) {
  std::vector<double> numbers;
  for (const Pixel& pixel : plane.values()) {
    if constexpr (std::is_arithmetic_v<Pixel>) {
      numbers.push_back(static_cast<double>(pixel));
    } else {
      for (const auto value : {pixel.r, pixel.g, pixel.b}) {
        numbers.push_back(static_cast<double>(value));
      }
    }
  }
  return numbers;
}

}  // namespace mbench::testing

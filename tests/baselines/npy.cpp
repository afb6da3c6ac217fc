#include "tests/baselines/npy.hpp"

#include <stdexcept>
#include <utility>

#include "imaging/memory_io.hpp"
#include "selftest/npy.hpp"

namespace mbench::testing {
namespace {

selftest::NumpyArrayF64 read_array(const std::filesystem::path& file, std::size_t dimensions) {
  selftest::NumpyArrayF64 array = selftest::parse_npy_f64(imaging::read_bytes(file));
  if (array.shape.size() == dimensions && (dimensions == 2 || array.shape[2] == 3)) return array;
  throw std::runtime_error{file.string() + ": an array of another shape"};
}

Size size_of(const selftest::NumpyArrayF64& array) {
  return {static_cast<int>(array.shape[1]), static_cast<int>(array.shape[0])};
}

}  // namespace

Plane<double> read_npy(const std::filesystem::path& file) {
  selftest::NumpyArrayF64 array = read_array(file, 2);
  return Plane<double>{size_of(array), std::move(array.values)};
}

Plane<Rgb<double>> read_npy_colours(const std::filesystem::path& file) {
  const selftest::NumpyArrayF64 array = read_array(file, 3);
  Plane<Rgb<double>> colours{size_of(array)};
  for (std::size_t i = 0; i < colours.values().size(); ++i) {
    const double* const values = array.values.data() + 3 * i;
    colours.values()[i] = {values[0], values[1], values[2]};
  }
  return colours;
}

}  // namespace mbench::testing

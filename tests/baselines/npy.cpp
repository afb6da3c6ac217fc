#include "tests/baselines/npy.hpp"

#include <cstdio>
#include <cstring>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/support/files.hpp"

namespace mbench::testing {

Plane<double> read_npy(const std::filesystem::path& file) {
  constexpr std::string_view kMagic{"\x93NUMPY\x01\x00", 8};
  const std::string bytes = read_text(file);
  const auto refuse = [&](const char* why) {
    throw std::runtime_error{file.string() + ": not a plain NumPy array: " + why};
  };
  if (bytes.size() < 10 || bytes.substr(0, 8) != kMagic) refuse("magic or version");
  const std::size_t header_size =
      static_cast<unsigned char>(bytes[8]) + 256U * static_cast<unsigned char>(bytes[9]);
  const std::string header = bytes.substr(10, header_size);
  if (header.find("'descr': '<f8'") == std::string::npos) refuse("element type");
  if (header.find("'fortran_order': False") == std::string::npos) refuse("order");
  int height = 0;
  int width = 0;
  const std::size_t shape = header.find("'shape': (");
  if (shape == std::string::npos ||
      std::sscanf(header.c_str() + shape, "'shape': (%d, %d)", &height, &width) != 2) {
    refuse("shape");
  }
  const Size size{width, height};
  std::vector<double> values(static_cast<std::size_t>(size.pixels()));
  if (bytes.size() != 10 + header_size + values.size() * sizeof(double)) refuse("length");
  std::memcpy(values.data(), bytes.data() + 10 + header_size, values.size() * sizeof(double));
  return Plane<double>{size, std::move(values)};
}

}  // namespace mbench::testing

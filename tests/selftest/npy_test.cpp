#include "selftest/npy.hpp"

#include <cstring>
#include <string>

#include "core/error.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using namespace mbench::selftest;
using Catch::Contains;

namespace {

std::vector<std::byte> bytes_of(const std::string& text) {
  std::vector<std::byte> bytes(text.size());
  std::memcpy(bytes.data(), text.data(), text.size());
  return bytes;
}

/// A file of version 1.0 with this header and these elements.
template <typename T>
std::vector<std::byte> file(const std::string& header, const std::vector<T>& elements) {
  std::string text{"\x93NUMPY\x01\x00", 8};
  text += static_cast<char>(header.size() % 256);
  text += static_cast<char>(header.size() / 256);
  text += header;
  text.append(reinterpret_cast<const char*>(elements.data()), elements.size() * sizeof(T));
  return bytes_of(text);
}

std::string header(const std::string& type, const std::string& shape,
                   const std::string& order = "False") {
  return "{'descr': '" + type + "', 'fortran_order': " + order + ", 'shape': " + shape + ", }\n";
}

std::string refusal(const std::vector<std::byte>& bytes) {
  try {
    (void)parse_npy(bytes);
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::bad_input);
    return error.parts().found;
  }
  return "accepted";
}

}  // namespace

TEST_CASE("arrays of every type that references use are read", "[selftest][npy]") {
  const NumpyArray floats = parse_npy(file<float>(header("<f4", "(2, 3)"), {1, 2, 3, 4, 5, 6.5F}));
  CHECK(floats.shape == std::vector<std::int64_t>{2, 3});
  CHECK(floats.values == std::vector<float>{1, 2, 3, 4, 5, 6.5F});
  CHECK(parse_npy(file<double>(header("<f8", "(1,)"), {0.25})).values == std::vector<float>{0.25F});
  CHECK(parse_npy(file<std::uint8_t>(header("|u1", "(2,)"), {0, 255})).values ==
        std::vector<float>{0, 255});
  CHECK(parse_npy(file<std::int64_t>(header("<i8", "()"), {-7})).values == std::vector<float>{-7});
  CHECK(parse_npy(file<std::int64_t>(header("<i8", "()"), {-7})).shape.empty());
}

TEST_CASE("doubles keep all their digits where they are asked for", "[selftest][npy]") {
  const std::vector<double> values{0.1, 1.0 / 3.0, -5e-324};
  const NumpyArrayF64 doubles = parse_npy_f64(file(header("<f8", "(3,)"), values));
  CHECK(doubles.shape == std::vector<std::int64_t>{3});
  CHECK(doubles.values == values);
  CHECK(parse_npy_f64(file<float>(header("<f4", "(1,)"), {0.1F})).values ==
        std::vector<double>{double{0.1F}});
  CHECK_THROWS_AS(parse_npy_f64(file<double>(header("<f8", "(2,)"), {0.1})), Error);
}

TEST_CASE("what is no array of these is refused, saying what was found", "[selftest][npy]") {
  CHECK_THAT(refusal(bytes_of("PNG")), Contains("other bytes"));
  CHECK_THAT(refusal(file<float>(header("<f4", "(2,)"), {1})), Contains("4 bytes"));
  CHECK_THAT(refusal(file<float>(header("<f4", "(1,)", "True"), {1})), Contains("Fortran"));
  CHECK_THAT(refusal(file<float>(header(">f4", "(1,)"), {1})), Contains("type"));
  CHECK_THAT(refusal(file<float>(header("<f4", "(-1,)"), {1})), Contains("shape"));
  CHECK_THAT(refusal(file<float>(header("<f4", "(99999999, 99999999)"), {1})), Contains("shape"));
  CHECK_THAT(refusal(file<float>("{'descr': '<f4'}", {1})), Contains("fortran_order"));
  std::vector<std::byte> cut = file<float>(header("<f4", "(1,)"), {1});
  cut.resize(20);
  CHECK_THAT(refusal(cut), Contains("header longer"));
}

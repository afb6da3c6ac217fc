#include "selftest/npy.hpp"

#include <charconv>
#include <cstring>
#include <string>
#include <string_view>

#include <fmt/core.h>

#include "core/error.hpp"

namespace mbench::selftest {
namespace {

constexpr std::string_view kMagic{"\x93NUMPY", 6};
constexpr std::int64_t kMaxElements = std::int64_t{1} << 31;

Error damaged(std::string_view found) {
  return Error{ErrorKind::bad_input,
               {.what = "not an array that mbench reads",
                .expected = "NumPy's format .npy: C order, little-endian float32, float64, uint8, "
                            "int32 or int64",
                .found = std::string{found}}};
}

/// What follows `'key': ` in the header's Python dict.
std::string_view value_of(std::string_view header, std::string_view key) {
  const std::size_t place = header.find(fmt::format("'{}':", key));
  if (place == std::string_view::npos) throw damaged(fmt::format("a header without '{}'", key));
  std::string_view rest = header.substr(place + key.size() + 3);
  while (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
  return rest;
}

std::vector<std::int64_t> parse_shape(std::string_view text) {
  std::vector<std::int64_t> shape;
  std::int64_t elements = 1;
  if (text.empty() || text.front() != '(') throw damaged("a shape that is no tuple");
  text.remove_prefix(1);
  while (!text.empty() && text.front() != ')') {
    std::int64_t extent = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), extent);
    if (error != std::errc{} || extent < 0 || (extent > 0 && elements > kMaxElements / extent)) {
      throw damaged("a shape that is no tuple of sizes");
    }
    elements *= extent;
    shape.push_back(extent);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    while (!text.empty() && (text.front() == ',' || text.front() == ' ')) text.remove_prefix(1);
  }
  return shape;
}

template <typename Value, typename T>
std::vector<Value> convert(std::span<const std::byte> bytes, std::size_t count) {
  if (bytes.size() != count * sizeof(T)) {
    throw damaged(fmt::format("{} bytes of elements for {} elements", bytes.size(), count));
  }
  std::vector<Value> values(count);
  for (std::size_t i = 0; i < count; ++i) {
    T value;
    std::memcpy(&value, bytes.data() + i * sizeof(T), sizeof(T));
    values[i] = static_cast<Value>(value);
  }
  return values;
}

template <typename Value>
NumpyArrayOf<Value> parse(std::span<const std::byte> bytes) {
  const std::string_view text{reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  if (!text.starts_with(kMagic) || text.size() < 12) throw damaged("other bytes at the beginning");
  const auto byte = [&](std::size_t i) {
    return static_cast<std::size_t>(static_cast<unsigned char>(text[i]));
  };
  const std::size_t version = byte(6);
  if (version != 1 && version != 2) throw damaged(fmt::format("version {}", version));
  const std::size_t begin = version == 1 ? 10 : 12;
  std::size_t length = byte(8) + 256 * byte(9);
  if (version == 2) length += 65536 * byte(10) + 16777216 * byte(11);
  if (length > text.size() - begin) throw damaged("a header longer than the file");
  const std::string_view header = text.substr(begin, length);
  if (!value_of(header, "fortran_order").starts_with("False")) throw damaged("Fortran order");

  NumpyArrayOf<Value> array{.shape = parse_shape(value_of(header, "shape"))};
  std::size_t count = 1;
  for (const std::int64_t extent : array.shape) count *= static_cast<std::size_t>(extent);
  const std::span<const std::byte> elements = bytes.subspan(begin + length);
  const std::string_view type = value_of(header, "descr");
  if (type.starts_with("'<f4'")) {
    array.values = convert<Value, float>(elements, count);
  } else if (type.starts_with("'<f8'")) {
    array.values = convert<Value, double>(elements, count);
  } else if (type.starts_with("'|u1'")) {
    array.values = convert<Value, std::uint8_t>(elements, count);
  } else if (type.starts_with("'<i4'")) {
    array.values = convert<Value, std::int32_t>(elements, count);
  } else if (type.starts_with("'<i8'")) {
    array.values = convert<Value, std::int64_t>(elements, count);
  } else {
    throw damaged(fmt::format("elements of type {}", type.substr(0, 8)));
  }
  return array;
}

}  // namespace

NumpyArray parse_npy(std::span<const std::byte> bytes) { return parse<float>(bytes); }

NumpyArrayF64 parse_npy_f64(std::span<const std::byte> bytes) { return parse<double>(bytes); }

}  // namespace mbench::selftest

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>

#include <fmt/core.h>

#include "baselines/checkpoint/container.hpp"
#include "core/error.hpp"

// The format: 8 bytes, the length of the header; the header, JSON: {"name": {"dtype": "F32",
// "shape": [2, 3], "data_offsets": [begin, end]}, ..., "__metadata__": {"key": "text"}}; then the
// elements, row-major, of all tensors without gaps; offsets count from there.

namespace mbench::checkpoint {
namespace {

constexpr std::uint64_t kLengthBytes = 8;
constexpr std::uint64_t kLongestHeader = 100'000'000;  // the bound of the format's own library

[[noreturn]] void throw_bad_header(std::string found) {
  throw Error{ErrorKind::bad_input,
              {.what = "the header of the safetensors file is damaged",
               .expected = "for every tensor dtype, shape and data_offsets, which cover the file",
               .found = std::move(found),
               .fix = "fetch it again and compare its size with what its page says"}};
}

ElementType element_type(std::string_view dtype, std::string_view tensor) {
  static constexpr std::array<std::pair<std::string_view, ElementType>, 10> kTypes{
      {{"F32", ElementType::f32},
       {"F64", ElementType::f64},
       {"F16", ElementType::f16},
       {"BF16", ElementType::bf16},
       {"I64", ElementType::i64},
       {"I32", ElementType::i32},
       {"I16", ElementType::i16},
       {"I8", ElementType::i8},
       {"U8", ElementType::u8},
       {"BOOL", ElementType::boolean}}};
  for (const auto& [name, type] : kTypes) {
    if (name == dtype) return type;
  }
  throw Error{ErrorKind::bad_input,
              {.what = fmt::format("tensor '{}' has a type that cannot be read", printable(tensor)),
               .expected = "F32, F64, F16, BF16, I64, I32, I16, I8, U8 or BOOL",
               .found = printable(dtype),
               .fix = "convert the weights to F32 and save them again"}};
}

struct HeaderEntry {
  std::string name{};
  std::optional<ElementType> type{};
  std::optional<Shape> shape{};
  std::vector<std::uint64_t> offsets{};
};

/// Takes the header as it is parsed, so that no tree of a hostile one is ever built.
class HeaderHandler : public nlohmann::json_sax<nlohmann::json> {
 public:
  std::vector<HeaderEntry> entries{};
  bool has_metadata{false};

  bool start_object(std::size_t) override {
    if (++depth_ > 2 || in_array_) throw_bad_header("an object within an entry");
    return true;
  }
  bool end_object() override {
    if (--depth_ == 1 && !in_metadata()) require_complete();
    return true;
  }
  bool key(string_t& text) override {
    if (depth_ == 1) {
      begin_entry(text);
    } else {
      field_ = text;
    }
    return true;
  }
  bool start_array(std::size_t) override {
    if (depth_ != 2 || in_array_ || in_metadata()) throw_bad_header("a list that is no shape");
    in_array_ = true;
    if (field_ == "shape") {
      entries.back().shape = Shape{};
    } else if (field_ == "data_offsets") {
      entries.back().offsets.clear();
    } else {
      throw_bad_header(fmt::format("a list '{}'", printable(field_)));
    }
    return true;
  }
  bool end_array() override {
    in_array_ = false;
    return true;
  }
  bool string(string_t& text) override {
    if (in_metadata() && depth_ == 2) return true;
    if (depth_ != 2 || in_array_ || field_ != "dtype") throw_bad_header("a text out of place");
    entries.back().type = element_type(text, entries.back().name);
    return true;
  }
  bool number_unsigned(number_unsigned_t number) override {
    if (!in_array_) throw_bad_header("a number out of place");
    if (field_ == "data_offsets") {
      entries.back().offsets.push_back(number);
    } else if (number > std::uint64_t{std::numeric_limits<std::int64_t>::max()}) {
      throw_bad_header(fmt::format("an axis of length {}", number));
    } else {
      entries.back().shape->push_back(static_cast<std::int64_t>(number));
    }
    return true;
  }
  bool number_integer(number_integer_t number) override {
    throw_bad_header(fmt::format("the number {}", number));
  }
  bool number_float(number_float_t, const string_t& text) override {
    throw_bad_header(fmt::format("the number {}", printable(text)));
  }
  bool null() override { throw_bad_header("null"); }
  bool boolean(bool) override { throw_bad_header("true or false"); }
  bool binary(binary_t&) override { throw_bad_header("binary data"); }
  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception&) override {
    throw_bad_header(fmt::format("no JSON at byte {}", position));
  }

 private:
  [[nodiscard]] bool in_metadata() const { return in_metadata_; }

  void begin_entry(const std::string& name) {
    in_metadata_ = name == "__metadata__";
    has_metadata = has_metadata || in_metadata_;
    if (in_metadata_) return;
    if (!names_.insert(name).second) {
      throw_bad_header(fmt::format("two tensors named '{}'", printable(name)));
    }
    entries.push_back({.name = name});
  }

  void require_complete() const {
    const HeaderEntry& entry = entries.back();
    const bool is_complete = entry.type && entry.shape && entry.offsets.size() == 2;
    if (!is_complete) {
      throw_bad_header(fmt::format("an incomplete entry '{}'", printable(entry.name)));
    }
  }

  std::size_t depth_{0};
  bool in_array_{false};
  bool in_metadata_{false};
  std::string field_{};
  std::unordered_set<std::string> names_{};
};

HeaderHandler parse_header(const std::string& text) {
  HeaderHandler handler;
  nlohmann::json::sax_parse(text, &handler);
  return handler;
}

std::string read_header(const ByteSource& source) {
  std::array<std::byte, kLengthBytes> bytes{};
  source.read(0, bytes);
  std::uint64_t length = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) length = length << 8U | std::uint64_t(bytes[i]);
  if (length > source.size() - kLengthBytes) throw_truncated(length, source.size());
  if (length > kLongestHeader) throw_bad_header(fmt::format("{} bytes of header", length));
  std::string text(static_cast<std::size_t>(length), '\0');
  source.read(kLengthBytes, std::as_writable_bytes(std::span{text}));
  return text;
}

/// Throws unless the tensor has as many bytes as its shape says.
void require_size(const HeaderEntry& entry) {
  std::int64_t bytes = static_cast<std::int64_t>(size_of(*entry.type));
  std::int64_t nonzero = bytes;
  bool fits = entry.offsets[0] <= entry.offsets[1];
  for (const std::int64_t length : *entry.shape) {
    bytes = length == 0 ? 0 : bytes;
    fits = fits && !__builtin_mul_overflow(nonzero, std::max<std::int64_t>(length, 1), &nonzero);
  }
  bytes = bytes == 0 ? 0 : nonzero;
  fits = fits && entry.offsets[1] - entry.offsets[0] == static_cast<std::uint64_t>(bytes);
  if (fits) return;
  throw_bad_header(fmt::format("tensor '{}' of shape {} in bytes {} to {}", printable(entry.name),
                               to_string(*entry.shape), entry.offsets[0], entry.offsets[1]));
}

/// Throws unless the tensors lie one behind the other and fill the file.
void require_cover(const std::vector<HeaderEntry>& entries, std::uint64_t data_bytes) {
  std::vector<std::pair<std::uint64_t, std::uint64_t>> ranges;
  for (const HeaderEntry& entry : entries) ranges.emplace_back(entry.offsets[0], entry.offsets[1]);
  std::ranges::sort(ranges);
  std::uint64_t end = 0;
  for (const auto& [begin, range_end] : ranges) {
    if (begin != end) {
      throw_bad_header(fmt::format("tensors that {} at byte {}",
                                   begin < end ? "overlap" : "leave a gap", std::min(begin, end)));
    }
    end = range_end;
  }
  if (end > data_bytes) throw_truncated(end, data_bytes);
  if (end < data_bytes) throw_bad_header(fmt::format("{} bytes of no tensor", data_bytes - end));
}

}  // namespace

Checkpoint read_safetensors(const ByteSource& source) {
  const std::string text = read_header(source);
  const std::uint64_t data = kLengthBytes + text.size();
  const HeaderHandler header = parse_header(text);
  for (const HeaderEntry& entry : header.entries) require_size(entry);
  require_cover(header.entries, source.size() - data);
  Checkpoint checkpoint{.container = "safetensors"};
  if (header.has_metadata) checkpoint.ignored.emplace_back("__metadata__");
  for (const HeaderEntry& entry : header.entries) {
    const auto storage = std::make_shared<StorageBytes>(
        static_cast<std::size_t>(entry.offsets[1] - entry.offsets[0]));
    source.read(data + entry.offsets[0], storage->bytes());
    checkpoint.tensors.push_back({.name = entry.name,
                                  .type = *entry.type,
                                  .shape = *entry.shape,
                                  .strides = contiguous_strides(*entry.shape),
                                  .storage = storage});
  }
  return checkpoint;
}

}  // namespace mbench::checkpoint

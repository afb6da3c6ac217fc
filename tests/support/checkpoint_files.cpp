#include "tests/support/checkpoint_files.hpp"

#include <zlib.h>

#include <cstring>

namespace mbench::testing {
namespace {

std::uint32_t checksum(std::string_view bytes) {
  return static_cast<std::uint32_t>(
      crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
}

struct ZipEntry {
  std::string name;
  std::string packed;
  std::uint32_t method;  // 0 stored, 8 deflate
  std::uint32_t crc;
  std::uint32_t size;
};

std::string zip_file(std::span<const ZipEntry> entries) {
  std::string file;
  std::string directory;
  for (const ZipEntry& entry : entries) {
    const std::string common =
        little_endian(20, 2) + little_endian(0, 2) + little_endian(entry.method, 2) +
        little_endian(0, 4) + little_endian(entry.crc, 4) + little_endian(entry.packed.size(), 4) +
        little_endian(entry.size, 4) + little_endian(entry.name.size(), 2) + little_endian(0, 2);
    directory += "PK\x01\x02" + little_endian(20, 2) + common + little_endian(0, 10) +
                 little_endian(file.size(), 4) + entry.name;
    file += "PK\x03\x04" + common + entry.name + entry.packed;
  }
  const std::size_t start = file.size();
  file += directory;
  return file + "PK\x05\x06" + little_endian(0, 4) + little_endian(entries.size(), 2) +
         little_endian(entries.size(), 2) + little_endian(directory.size(), 4) +
         little_endian(start, 4) + little_endian(0, 2);
}

}  // namespace

std::string little_endian(std::uint64_t value, std::size_t count) {
  std::string bytes;
  for (std::size_t i = 0; i < count; ++i) {
    bytes += static_cast<char>(i < 8 ? value >> (8 * i) & 0xFFU : 0U);
  }
  return bytes;
}

std::string float_bytes(std::span<const float> values) {
  std::string bytes(values.size_bytes(), '\0');
  std::memcpy(bytes.data(), values.data(), bytes.size());
  return bytes;
}

PickleWriter::PickleWriter(int protocol) {
  if (protocol > 0) op(0x80).raw(little_endian(static_cast<std::uint64_t>(protocol), 1));
}

PickleWriter& PickleWriter::op(std::uint8_t opcode) {
  bytes_ += static_cast<char>(opcode);
  return *this;
}

PickleWriter& PickleWriter::raw(std::string_view bytes) {
  bytes_ += bytes;
  return *this;
}

PickleWriter& PickleWriter::text(std::string_view value) {
  return op('X').raw(little_endian(value.size(), 4)).raw(value);
}

PickleWriter& PickleWriter::integer(std::int64_t value) {
  const auto bits = static_cast<std::uint64_t>(value);
  if (value >= 0 && value < 256) return op('K').raw(little_endian(bits, 1));
  if (value == static_cast<std::int32_t>(value)) return op('J').raw(little_endian(bits, 4));
  return op(0x8A).raw("\x08").raw(little_endian(bits, 8));
}

PickleWriter& PickleWriter::global(std::string_view module, std::string_view name) {
  return op('c').raw(module).raw("\n").raw(name).raw("\n");
}

PickleWriter& PickleWriter::tuple(std::span<const std::int64_t> numbers) {
  op('(');
  for (const std::int64_t number : numbers) integer(number);
  return op('t');
}

PickleWriter& PickleWriter::storage(std::string_view storage_class, std::string_view key,
                                    std::int64_t count) {
  op('(').text("storage").global("torch", storage_class).text(key).text("cpu").integer(count);
  return op('t').op('Q');
}

PickleWriter& PickleWriter::tensor(const Tensor& tensor) {
  global("torch._utils", "_rebuild_tensor_v2").op('(');
  storage(tensor.storage_class, tensor.key, tensor.count).integer(tensor.offset);
  tuple(tensor.shape).tuple(tensor.strides);
  return op(0x89).global("collections", "OrderedDict").op(')').op('R').op('t').op('R');
}

std::string PickleWriter::done() const { return bytes_ + '.'; }

std::string zip_of(std::span<const NamedBytes> entries, std::uint32_t claimed_size) {
  std::vector<ZipEntry> zipped;
  for (const auto& [name, bytes] : entries) {
    const bool is_claimed = zipped.empty() && claimed_size != 0;
    zipped.push_back(
        {.name = name,
         .packed = bytes,
         .method = 0,
         .crc = checksum(bytes),
         .size = is_claimed ? claimed_size : static_cast<std::uint32_t>(bytes.size())});
  }
  return zip_file(zipped);
}

std::string zip_of_packed_zeros(std::string_view name, std::size_t size) {
  const std::string zeros(size, '\0');
  std::string packed(compressBound(static_cast<uLong>(size)), '\0');
  z_stream stream{};
  constexpr int kRawDeflate = -15;  // without the head of zlib
  deflateInit2(&stream, 9, Z_DEFLATED, kRawDeflate, 9, Z_DEFAULT_STRATEGY);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(zeros.data()));
  stream.avail_in = static_cast<uInt>(size);
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  const ZipEntry entry{.name = std::string{name},
                       .packed = packed,
                       .method = 8,
                       .crc = checksum(zeros),
                       .size = static_cast<std::uint32_t>(size)};
  return zip_file({&entry, 1});
}

std::string zip_checkpoint(const std::string& pickle, std::span<const NamedBytes> storages) {
  std::vector<NamedBytes> entries{{"archive/data.pkl", pickle}};
  for (const auto& [key, bytes] : storages) entries.emplace_back("archive/data/" + key, bytes);
  entries.emplace_back("archive/version", "3\n");
  return zip_of(entries);
}

std::string legacy_checkpoint(const std::string& pickle, std::span<const LegacyStorage> storages,
                              bool little_endian_mark) {
  const std::string_view magic{"\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19", 12};
  std::string file = PickleWriter{}.raw(magic).done();
  file += PickleWriter{}.integer(1001).done();
  file += PickleWriter{}
              .op('}')
              .text("little_endian")
              .op(little_endian_mark ? 0x88 : 0x89)
              .op('s')
              .done();
  file += pickle;
  PickleWriter keys;
  keys.op(']').op('(');
  for (const LegacyStorage& storage : storages) keys.text(storage.key);
  file += keys.op('e').done();
  for (const LegacyStorage& storage : storages) {
    file += little_endian(storage.count, 8) + storage.bytes;
  }
  return file;
}

std::string safetensors_file(std::string_view header, std::string_view data) {
  return little_endian(header.size(), 8) + std::string{header} + std::string{data};
}

}  // namespace mbench::testing

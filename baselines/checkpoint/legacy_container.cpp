#include <array>
#include <string>
#include <unordered_map>

#include <fmt/core.h>

#include "baselines/checkpoint/container.hpp"
#include "core/error.hpp"

namespace mbench::checkpoint {
namespace {

/// 0x1950a86a20f9469cfc6c, least significant byte first.
constexpr std::string_view kMagic{"\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19", 10};
constexpr std::int64_t kProtocol = 1001;

/// Where the elements of a storage lie.
struct Place {
  std::uint64_t offset;
  std::uint64_t count;  ///< elements
};

void require_head(PickleReader& reader) {
  const Pickle magic = read_pickle(reader);
  const Value& number = magic[magic.root];
  if (number.kind != ValueKind::integer || number.text != kMagic) {
    throw Error{ErrorKind::bad_input,
                {.what = "the weight file is a pickle, but not one that torch.save wrote",
                 .expected = "the magic number of PyTorch",
                 .found = describe(number),
                 .fix = "in Python, save its tensors as a state dict with torch.save"}};
  }
  const Pickle protocol = read_pickle(reader);
  const Value& version = protocol[protocol.root];
  if (version.kind != ValueKind::integer || version.number != kProtocol) {
    throw_bad_pickle(fmt::format("container protocol {}", describe(version)));
  }
}

void require_little_endian(const Pickle& system) {
  const std::vector<ValueId>& items = system[system.root].items;
  for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
    const Value& value = system[items[i + 1]];
    if (system[items[i]].text != "little_endian") continue;
    if (value.kind == ValueKind::boolean && value.number != 0) return;
    throw Error{ErrorKind::bad_input,
                {.what = "the weight file was written in another byte order",
                 .expected = "little",
                 .found = "big",
                 .fix = "save it again on a little-endian machine"}};
  }
  throw_bad_pickle("no byte order");
}

std::uint64_t element_count_at(const ByteSource& source, std::uint64_t offset) {
  std::array<std::byte, 8> bytes{};
  source.read(offset, bytes);
  std::uint64_t count = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) count = count << 8U | std::uint64_t(bytes[i]);
  return count;
}

/// Behind the pickles: for each key the number of elements (8 bytes) and the elements.
std::unordered_map<std::string, Place> find_storages(PickleReader& reader, const Pickle& object,
                                                     const ByteSource& source) {
  const Pickle keys = read_pickle(reader);
  if (keys[keys.root].kind != ValueKind::list) throw_bad_pickle("no list of storages");
  std::unordered_map<std::string_view, ElementType> types;
  for (const PickledStorage& storage : object.storages) types.emplace(storage.key, storage.type);

  std::unordered_map<std::string, Place> places;
  std::uint64_t offset = reader.position();
  for (const ValueId id : keys[keys.root].items) {
    const std::string_view key = keys[id].text;
    const auto type = types.find(key);
    if (type == types.end()) {
      throw_bad_pickle(fmt::format("a storage '{}' that no tensor uses", printable(key)));
    }
    const std::uint64_t count = element_count_at(source, offset);
    offset += 8;
    const std::uint64_t element = size_of(type->second);
    if (count > (source.size() - offset) / element) {
      throw_truncated(count > UINT64_MAX / 16 ? count : offset + count * element, source.size());
    }
    if (!places.emplace(key, Place{.offset = offset, .count = count}).second) {
      throw_bad_pickle(fmt::format("two storages of the key '{}'", printable(key)));
    }
    offset += count * element;
  }
  return places;
}

}  // namespace

PickledFile open_legacy_container(const ByteSource& source) {
  PickleReader reader{source};
  require_head(reader);
  require_little_endian(read_pickle(reader));
  PickledFile file;
  file.pickle = read_pickle(reader);
  file.load = [&source, places = find_storages(reader, file.pickle, source)](
                  const PickledStorage& storage) -> std::shared_ptr<const StorageBytes> {
    const auto place = places.find(std::string{storage.key});
    const std::uint64_t count = place == places.end() ? 0 : place->second.count;
    if (place == places.end() || count != static_cast<std::uint64_t>(storage.count)) {
      throw_storage_size(storage, count * size_of(storage.type));
    }
    const std::uint64_t claimed = byte_count(storage);
    if (claimed > source.size() - place->second.offset) {  // under another type, a larger one
      throw_storage_size(storage, source.size() - place->second.offset);
    }
    auto bytes = std::make_shared<StorageBytes>(static_cast<std::size_t>(claimed));
    source.read(place->second.offset, bytes->bytes());
    return bytes;
  };
  return file;
}

}  // namespace mbench::checkpoint

#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mbench::testing {

/// Writes a pickle opcode by opcode, honest or not. Each call appends.
class PickleWriter {
 public:
  /// Begins with the protocol's mark; protocol 0 begins with nothing.
  explicit PickleWriter(int protocol = 2);

  PickleWriter& op(std::uint8_t opcode);
  PickleWriter& raw(std::string_view bytes);
  PickleWriter& text(std::string_view value);  ///< BINUNICODE
  PickleWriter& integer(std::int64_t value);   ///< BININT1, BININT or LONG1
  PickleWriter& global(std::string_view module, std::string_view name);
  PickleWriter& tuple(std::span<const std::int64_t> numbers);
  /// A persistent id: the storage of `count` elements under `key`.
  PickleWriter& storage(std::string_view storage_class, std::string_view key, std::int64_t count);
  struct Tensor {
    std::string storage_class{"FloatStorage"};
    std::string key{"0"};
    std::int64_t count{0};  ///< elements of the storage
    std::int64_t offset{0};
    std::vector<std::int64_t> shape{};
    std::vector<std::int64_t> strides{};
  };
  PickleWriter& tensor(const Tensor& tensor);
  /// The bytes with STOP behind them.
  [[nodiscard]] std::string done() const;

 private:
  std::string bytes_;
};

/// `count` bytes of a number, least significant first.
[[nodiscard]] std::string little_endian(std::uint64_t value, std::size_t count);
/// The bytes of float32 values.
[[nodiscard]] std::string float_bytes(std::span<const float> values);

using NamedBytes = std::pair<std::string, std::string>;

/// A zip archive of stored entries. `claimed_size`, unless 0, is written instead of the first
/// entry's size.
[[nodiscard]] std::string zip_of(std::span<const NamedBytes> entries,
                                 std::uint32_t claimed_size = 0);
/// An archive with one entry of `size` zeros, packed by deflate.
[[nodiscard]] std::string zip_of_packed_zeros(std::string_view name, std::size_t size);
/// As torch.save writes it: archive/data.pkl, archive/data/KEY and archive/version.
[[nodiscard]] std::string zip_checkpoint(const std::string& pickle,
                                         std::span<const NamedBytes> storages);

struct LegacyStorage {
  std::string key{};
  std::uint64_t count{0};  ///< elements, as claimed
  std::string bytes{};
};
/// As torch.save wrote it before PyTorch 1.6.
[[nodiscard]] std::string legacy_checkpoint(const std::string& pickle,
                                            std::span<const LegacyStorage> storages,
                                            bool little_endian_mark = true);

/// The length of the header, the header and the data.
[[nodiscard]] std::string safetensors_file(std::string_view header, std::string_view data);

}  // namespace mbench::testing

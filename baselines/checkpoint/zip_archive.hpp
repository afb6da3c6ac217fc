#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "baselines/checkpoint/byte_source.hpp"

namespace mbench::checkpoint {

/// The files in a zip archive. Uses the source, which must outlive it.
class ZipArchive {
 public:
  /// Throws bad_input unless the source is a whole zip archive without two entries of one name.
  explicit ZipArchive(const ByteSource& source);
  ~ZipArchive();
  ZipArchive(ZipArchive&&) noexcept;
  ZipArchive& operator=(ZipArchive&&) noexcept;

  struct Entry {
    std::string name;
    std::uint64_t index;
    std::uint64_t size;  ///< unpacked, as claimed
  };
  [[nodiscard]] const std::vector<Entry>& entries() const;
  /// The entry of the name, or nullptr.
  [[nodiscard]] const Entry* find(const std::string& name) const;

  /// Fills `out`, which has the entry's size. Throws bad_input if the entry's bytes are not as many
  /// or not those of its checksum, and when all that was read is far more than the archive's size
  /// can honestly unpack to.
  void read(const Entry& entry, std::span<std::byte> out);
  /// Throws bad_input if reading so much more would pass that bound: to be asked before the memory
  /// is allocated.
  void require_budget(const Entry& entry) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace mbench::checkpoint

#pragma once
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "baselines/checkpoint/known_globals.hpp"
#include "baselines/checkpoint/pickle_reader.hpp"
#include "baselines/checkpoint/stored_tensor.hpp"

namespace mbench::checkpoint {

/// A place in Pickle::values. Values refer to each other by number, so that lists which contain
/// themselves are nothing special and letting go of deep nests takes no recursion.
using ValueId = std::uint32_t;

enum class ValueKind : std::uint8_t {
  none,
  boolean,
  integer,
  real,
  text,
  bytes,
  tuple,
  list,
  set,
  dict,
  global,   ///< a known name: Pickle::globals[number]
  storage,  ///< Pickle::storages[number]
  tensor,   ///< Pickle::tensors[number]
  opaque,   ///< made by a harmless class, whose name is in `text`; not looked into
};

struct Value {
  ValueKind kind{ValueKind::none};
  std::int64_t number{0};        ///< boolean, integer, or the index that `kind` says
  std::string_view text{};       ///< text, bytes, class of an opaque value, digits of a big integer
  std::vector<ValueId> items{};  ///< tuple, list, set; dict: key, value, key, value ...
};

/// A storage as the pickle refers to it; its bytes lie elsewhere in the file.
struct PickledStorage {
  ElementType type{ElementType::u8};
  std::string_view key{};
  std::int64_t count{0};  ///< elements
  /// Legacy files may call a part of another storage a storage: `count` elements of that of the
  /// key, from `view_offset` on, known as `view_key`.
  std::string_view view_key{};
  std::int64_t view_offset{0};
  std::int64_t view_count{0};

  [[nodiscard]] bool is_view() const { return !view_key.empty(); }
};

struct PickledTensor {
  std::size_t storage{0};  ///< index into Pickle::storages
  std::int64_t offset{0};
  Shape shape{};
  std::vector<std::int64_t> strides{};
};

/// What a pickle describes.
struct Pickle {
  ValueId root{0};
  std::vector<Value> values{};
  std::vector<const KnownGlobal*> globals{};
  std::vector<PickledStorage> storages{};
  std::vector<PickledTensor> tensors{};
  std::deque<std::string> texts{};  ///< what the string_views point at
  std::size_t copied_items{0};      ///< while reading: values put into dicts by calls

  [[nodiscard]] const Value& operator[](ValueId id) const { return values[id]; }
};

/// Reads one pickle (protocols 2 to 5, as torch.save writes them) and stops behind it. Nothing is
/// executed. Throws bad_input for damaged bytes, and for every name that is not in the list of
/// known_globals.cpp. Memory is bounded: by the size of the source, and by kMaxValues.
[[nodiscard]] Pickle read_pickle(PickleReader& reader);

/// Far above what a training program stores (a few thousand), far below what hurts (about 300 MB).
constexpr std::size_t kMaxValues = std::size_t{1} << 22U;
/// A thousand times a network of today.
constexpr std::size_t kMaxTensors = std::size_t{1} << 18U;

/// What an entry is, for people: "integer 7", "text", "list of 3", "dict of 12", "tensor".
[[nodiscard]] std::string describe(const Value& value);

/// Text from a file for a message: control characters and broken UTF-8 are shown as \xNN, long
/// text is cut.
[[nodiscard]] std::string printable(std::string_view text);

/// Throws bad_input: the pickle is damaged, or is none that torch.save writes.
[[noreturn]] void throw_bad_pickle(std::string found);

}  // namespace mbench::checkpoint

#include <unordered_map>
#include <utility>

#include <fmt/core.h>

#include "baselines/checkpoint/pickle.hpp"
#include "baselines/checkpoint/pickle_rebuild.hpp"

namespace mbench::checkpoint {
namespace {

/// The opcodes that Python writes under protocols 2 to 5. Those of protocols 0 and 1, of
/// extension registries and of out-of-band buffers never stand in a weight file.
enum Opcode : std::uint8_t {
  kMark = '(',
  kStop = '.',
  kPop = '0',
  kPopMark = '1',
  kDup = '2',
  kBinFloat = 'G',
  kBinInt = 'J',
  kBinInt1 = 'K',
  kBinInt2 = 'M',
  kNone = 'N',
  kBinPersId = 'Q',
  kReduce = 'R',
  kBinString = 'T',
  kShortBinString = 'U',
  kBinUnicode = 'X',
  kAppend = 'a',
  kBuild = 'b',
  kGlobal = 'c',
  kAppends = 'e',
  kBinGet = 'h',
  kLongBinGet = 'j',
  kBinPut = 'q',
  kLongBinPut = 'r',
  kSetItem = 's',
  kTuple = 't',
  kSetItems = 'u',
  kEmptyDict = '}',
  kEmptyList = ']',
  kEmptyTuple = ')',
  kBinBytes = 'B',
  kShortBinBytes = 'C',
  kProto = 0x80,
  kNewObj = 0x81,
  kTuple1 = 0x85,
  kTuple2 = 0x86,
  kTuple3 = 0x87,
  kNewTrue = 0x88,
  kNewFalse = 0x89,
  kLong1 = 0x8A,
  kLong4 = 0x8B,
  kShortBinUnicode = 0x8C,
  kBinUnicode8 = 0x8D,
  kBinBytes8 = 0x8E,
  kEmptySet = 0x8F,
  kAddItems = 0x90,
  kFrozenSet = 0x91,
  kNewObjEx = 0x92,
  kStackGlobal = 0x93,
  kMemoize = 0x94,
  kFrame = 0x95,
  kByteArray8 = 0x96,
};

/// Steps of one pickle: a value takes a handful, so that the honest stay far below.
constexpr std::size_t kMaxSteps = 8 * kMaxValues;

class Machine {
 public:
  explicit Machine(PickleReader& reader) : reader_{reader} {
    none_ = add_value(pickle_, {.kind = ValueKind::none});
    false_ = add_value(pickle_, {.kind = ValueKind::boolean, .number = 0});
    true_ = add_value(pickle_, {.kind = ValueKind::boolean, .number = 1});
  }

  Pickle run() {
    if (reader_.byte() != kProto) throw_bad_pickle("no pickle of protocol 2 or later");
    require_protocol();
    for (std::size_t step = 0; step < kMaxSteps; ++step) {
      const std::uint8_t opcode = reader_.byte();
      if (opcode == kStop) {
        pickle_.root = pop();
        return std::move(pickle_);
      }
      if (!do_scalar(opcode) && !do_container(opcode) && !do_object(opcode)) {
        throw_bad_pickle(fmt::format("opcode 0x{:02x} at byte {}", opcode, reader_.position() - 1));
      }
    }
    throw_bad_pickle("a pickle of endless length");
  }

 private:
  void require_protocol() {
    const std::uint8_t protocol = reader_.byte();
    if (protocol < 2 || protocol > 5) throw_bad_pickle(fmt::format("pickle protocol {}", protocol));
  }

  void push(ValueId id) { stack_.push_back(id); }
  void push(Value value) { push(add_value(pickle_, std::move(value))); }
  void push_text(ValueKind kind, std::uint64_t length) {
    push({.kind = kind, .text = add_text(pickle_, reader_.bytes(length))});
  }
  void push_integer(std::int64_t number) { push({.kind = ValueKind::integer, .number = number}); }

  /// Where the values since the last mark begin.
  [[nodiscard]] std::size_t floor() const { return marks_.empty() ? 0 : marks_.back(); }

  [[nodiscard]] ValueId top() const {
    if (stack_.size() <= floor()) throw_bad_pickle("a value that was never put");
    return stack_.back();
  }
  ValueId pop() {
    const ValueId id = top();
    stack_.pop_back();
    return id;
  }
  std::vector<ValueId> pop_to_mark() {
    if (marks_.empty()) throw_bad_pickle("a mark that was never set");
    const auto first = stack_.begin() + static_cast<std::ptrdiff_t>(marks_.back());
    std::vector<ValueId> items{first, stack_.end()};
    stack_.erase(first, stack_.end());
    marks_.pop_back();
    return items;
  }
  std::vector<ValueId> pop_several(std::size_t count) {
    std::vector<ValueId> items(count);
    for (std::size_t i = count; i-- > 0;) items[i] = pop();
    return items;
  }
  void push_items(ValueKind kind, std::vector<ValueId> items) {
    push({.kind = kind, .items = std::move(items)});
  }

  void push_long(std::uint64_t length) {
    if (length > 8) {  // only the magic number of the legacy container is that large
      push_text(ValueKind::integer, length);
      return;
    }
    std::uint64_t number = reader_.number(length);
    if (length > 0 && length < 8 && (number >> (8 * length - 1)) != 0) {
      number |= ~std::uint64_t{0} << (8 * length);  // the sign bit fills the rest
    }
    push_integer(static_cast<std::int64_t>(number));
  }

  void put(std::uint64_t key) {
    if (memo_.size() >= kMaxValues) throw_bad_pickle("a memo without end");
    memo_[key] = top();
  }
  void get(std::uint64_t key) {
    const auto found = memo_.find(key);
    if (found == memo_.end()) throw_bad_pickle(fmt::format("a missing memo entry {}", key));
    push(found->second);
  }

  /// Puts `items` into the container on top of the stack; an opaque object swallows them.
  void extend(ValueKind kind, const std::vector<ValueId>& items) {
    Value& target = pickle_.values[top()];
    if (target.kind == ValueKind::opaque) return;
    if (target.kind != kind || (kind == ValueKind::dict && items.size() % 2 != 0)) {
      throw_bad_pickle(fmt::format("items put into {}", describe(target)));
    }
    target.items.insert(target.items.end(), items.begin(), items.end());
  }

  bool do_scalar(std::uint8_t opcode) {
    switch (opcode) {
      case kNone: push(none_); return true;
      case kNewTrue: push(true_); return true;
      case kNewFalse: push(false_); return true;
      case kBinInt:
        push_integer(static_cast<std::int32_t>(static_cast<std::uint32_t>(reader_.number(4))));
        return true;
      case kBinInt1: push_integer(reader_.byte()); return true;
      case kBinInt2: push_integer(static_cast<std::int64_t>(reader_.number(2))); return true;
      case kLong1: push_long(reader_.byte()); return true;
      case kLong4: push_long(reader_.number(4)); return true;
      case kBinFloat:
        push({.kind = ValueKind::real, .number = static_cast<std::int64_t>(reader_.number(8))});
        return true;
      case kShortBinString:  // str of Python 2
      case kShortBinUnicode: push_text(ValueKind::text, reader_.byte()); return true;
      case kBinString:
      case kBinUnicode: push_text(ValueKind::text, reader_.number(4)); return true;
      case kBinUnicode8: push_text(ValueKind::text, reader_.number(8)); return true;
      case kShortBinBytes: push_text(ValueKind::bytes, reader_.byte()); return true;
      case kBinBytes: push_text(ValueKind::bytes, reader_.number(4)); return true;
      case kBinBytes8:
      case kByteArray8: push_text(ValueKind::bytes, reader_.number(8)); return true;
      default: return false;
    }
  }

  bool do_container(std::uint8_t opcode) {
    switch (opcode) {
      case kMark: marks_.push_back(stack_.size()); return true;
      case kPop:
        if (!marks_.empty() && stack_.size() == floor()) {
          marks_.pop_back();
        } else {
          static_cast<void>(pop());
        }
        return true;
      case kPopMark: static_cast<void>(pop_to_mark()); return true;
      case kDup: push(top()); return true;
      case kBinGet: get(reader_.byte()); return true;
      case kLongBinGet: get(reader_.number(4)); return true;
      case kBinPut: put(reader_.byte()); return true;
      case kLongBinPut: put(reader_.number(4)); return true;
      case kMemoize: put(memo_.size()); return true;
      case kEmptyTuple: push_items(ValueKind::tuple, {}); return true;
      case kTuple1: push_items(ValueKind::tuple, pop_several(1)); return true;
      case kTuple2: push_items(ValueKind::tuple, pop_several(2)); return true;
      case kTuple3: push_items(ValueKind::tuple, pop_several(3)); return true;
      case kTuple: push_items(ValueKind::tuple, pop_to_mark()); return true;
      case kEmptyList: push_items(ValueKind::list, {}); return true;
      case kEmptyDict: push_items(ValueKind::dict, {}); return true;
      case kEmptySet: push_items(ValueKind::set, {}); return true;
      case kFrozenSet: push_items(ValueKind::set, pop_to_mark()); return true;
      case kAppend: extend(ValueKind::list, pop_several(1)); return true;
      case kAppends: extend(ValueKind::list, pop_to_mark()); return true;
      case kSetItem: extend(ValueKind::dict, pop_several(2)); return true;
      case kSetItems: extend(ValueKind::dict, pop_to_mark()); return true;
      case kAddItems: extend(ValueKind::set, pop_to_mark()); return true;
      default: return false;
    }
  }

  bool do_object(std::uint8_t opcode) {
    switch (opcode) {
      case kProto: require_protocol(); return true;
      case kFrame: static_cast<void>(reader_.number(8)); return true;  // a hint for buffering
      case kGlobal: {
        const std::string module = reader_.line();
        push(add_global(pickle_, module, reader_.line()));
        return true;
      }
      case kStackGlobal: {
        const ValueId name = pop();
        const ValueId module = pop();
        push(add_global(pickle_, pickle_[module].text, pickle_[name].text));
        return true;
      }
      case kNewObjEx: static_cast<void>(pop()); [[fallthrough]];  // arguments by keyword
      case kNewObj:
      case kReduce: {
        const ValueId arguments = pop();
        const ValueId callable = pop();
        push(rebuild(pickle_, callable, arguments));
        return true;
      }
      case kBuild: build(); return true;
      case kBinPersId: push(add_storage(pickle_, pop())); return true;
      default: return false;
    }
  }

  /// Attributes: `_metadata` of a state dict, those of parameters and of opaque objects. None of
  /// them bears on the weights.
  void build() {
    static_cast<void>(pop());
    const ValueKind kind = pickle_[top()].kind;
    if (kind != ValueKind::dict && kind != ValueKind::tensor && kind != ValueKind::opaque) {
      throw_bad_pickle(fmt::format("attributes of {}", describe(pickle_[top()])));
    }
  }

  PickleReader& reader_;
  Pickle pickle_;
  std::vector<ValueId> stack_;
  std::vector<std::size_t> marks_;
  std::unordered_map<std::uint64_t, ValueId> memo_;
  ValueId none_{0};
  ValueId false_{0};
  ValueId true_{0};
};

}  // namespace

Pickle read_pickle(PickleReader& reader) { return Machine{reader}.run(); }

}  // namespace mbench::checkpoint

#include "baselines/checkpoint/pickle_rebuild.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include <fmt/core.h>

#include "core/error.hpp"

namespace mbench::checkpoint {
namespace {

constexpr std::int64_t kLargest = std::numeric_limits<std::int64_t>::max();

/// A pickle may use one tuple a million times; what is copied of it each time must be short.
constexpr std::size_t kMostArguments = 16;
constexpr std::size_t kMostAxes = 64;  // PyTorch's own bound

[[noreturn]] void throw_unknown_class(std::string_view module, std::string_view name) {
  const std::string full = printable(fmt::format("{}.{}", module, name));
  if (module == "torch.storage" && name == "_load_from_bytes") {
    throw Error{ErrorKind::bad_input,
                {.what = "the weight file holds tensors as files within a pickle (torch.storage."
                         "_load_from_bytes)",
                 .expected = "a file that torch.save wrote",
                 .fix = "in Python: torch.save(pickle.load(open(FILE, 'rb')), 'weights.pth')"}};
  }
  const bool is_tensor = module == "torch._utils" || module.starts_with("torch.storage") ||
                         (module.starts_with("torch") && name.ends_with("Storage"));
  if (is_tensor) {
    throw Error{ErrorKind::bad_input,
                {.what = fmt::format("the weight file holds a kind of tensor that cannot be "
                                     "read: {}",
                                     full),
                 .expected = "dense tensors of 16- to 64-bit floats, integers or bool",
                 .fix = "in Python, convert its tensors with .float() and save the state dict "
                        "again"}};
  }
  throw Error{ErrorKind::bad_input,
              {.what = fmt::format("the weight file holds a Python object of class {}", full),
               .expected = "a state dict: names and tensors, beside them plain values; no code of "
                           "a file is ever run",
               .fix = "in Python, with the program that defines the class: "
                      "torch.save(torch.load(FILE).state_dict(), 'weights.pth'); of a dict, save "
                      "the entry that holds the weights alone"}};
}

std::int64_t natural_number(const Value& value, std::string_view what) {
  if (value.kind != ValueKind::integer || !value.text.empty() || value.number < 0) {
    throw_bad_pickle(fmt::format("{} is {}", what, describe(value)));
  }
  return value.number;
}

std::vector<std::int64_t> natural_numbers(const Pickle& pickle, const Value& value,
                                          std::string_view what) {
  if (value.kind != ValueKind::tuple && value.kind != ValueKind::list) {
    throw_bad_pickle(fmt::format("{} is {}", what, describe(value)));
  }
  if (value.items.size() > kMostAxes) {
    throw_bad_pickle(fmt::format("a tensor of {} axes", value.items.size()));
  }
  std::vector<std::int64_t> numbers;
  numbers.reserve(value.items.size());
  for (const ValueId item : value.items) {
    numbers.push_back(natural_number(pickle[item], what));
  }
  return numbers;
}

std::vector<ValueId> short_tuple(const Pickle& pickle, ValueId id, std::string_view what) {
  const Value& value = pickle[id];
  if (value.kind != ValueKind::tuple || value.items.size() > kMostArguments) {
    throw_bad_pickle(fmt::format("{} is {}", what, describe(value)));
  }
  return value.items;
}

/// Throws unless every element of the tensor lies in the storage, then gives axes along which
/// nothing is stepped the stride of a row-major tensor, so that no sum of strides can overflow.
void require_within(PickledTensor& tensor, const PickledStorage& storage) {
  std::int64_t count = 1;
  std::int64_t last = tensor.offset;
  const bool is_empty = std::ranges::find(tensor.shape, 0) != tensor.shape.end();
  bool fits = tensor.shape.size() == tensor.strides.size();
  for (std::size_t axis = 0; fits && axis < tensor.shape.size(); ++axis) {
    const std::int64_t length = tensor.shape[axis];
    std::int64_t reach = 0;
    fits = !__builtin_mul_overflow(count, std::max<std::int64_t>(length, 1), &count);
    if (!fits || is_empty || length == 1) continue;
    fits = !__builtin_mul_overflow(length - 1, tensor.strides[axis], &reach) &&
           !__builtin_add_overflow(last, reach, &last);
  }
  const std::int64_t held = storage.is_view() ? storage.view_count : storage.count;
  fits = fits && (is_empty ? tensor.offset <= held : last < held);
  if (!fits) {
    throw_bad_pickle(
        fmt::format("a tensor of shape {} that does not lie within its storage of {} "
                    "elements",
                    to_string(tensor.shape), held));
  }
  const std::vector<std::int64_t> contiguous = contiguous_strides(tensor.shape);
  for (std::size_t axis = 0; axis < tensor.shape.size(); ++axis) {
    if (is_empty || tensor.shape[axis] == 1) tensor.strides[axis] = contiguous[axis];
  }
}

/// (storage, offset, shape, strides, ...): what follows is of no use outside training.
ValueId rebuild_tensor(Pickle& pickle, const std::vector<ValueId>& arguments) {
  if (arguments.size() < 4 || pickle[arguments[0]].kind != ValueKind::storage) {
    throw_bad_pickle("a tensor without a storage");
  }
  PickledTensor tensor{
      .storage = static_cast<std::size_t>(pickle[arguments[0]].number),
      .offset = natural_number(pickle[arguments[1]], "the offset of a tensor"),
      .shape = natural_numbers(pickle, pickle[arguments[2]], "the shape of a tensor"),
      .strides = natural_numbers(pickle, pickle[arguments[3]], "the strides of a tensor")};
  require_within(tensor, pickle.storages[tensor.storage]);
  if (pickle.tensors.size() >= kMaxTensors) throw_bad_pickle("too many tensors");
  pickle.tensors.push_back(std::move(tensor));
  return add_value(pickle, {.kind = ValueKind::tensor,
                            .number = static_cast<std::int64_t>(pickle.tensors.size()) - 1});
}

/// OrderedDict() or, from Python 2, OrderedDict([[key, value], ...]).
ValueId rebuild_dict(Pickle& pickle, const std::vector<ValueId>& arguments) {
  Value dict{.kind = ValueKind::dict};
  if (!arguments.empty()) {
    pickle.copied_items += pickle[arguments[0]].items.size();
    if (pickle.copied_items > kMaxValues) throw_bad_pickle("one list copied again and again");
    for (const ValueId item : pickle[arguments[0]].items) {
      const Value& pair = pickle[item];
      const bool is_pair = pair.kind == ValueKind::list || pair.kind == ValueKind::tuple;
      if (!is_pair || pair.items.size() != 2) throw_bad_pickle("a dict made of no pairs");
      dict.items.insert(dict.items.end(), pair.items.begin(), pair.items.end());
    }
  }
  return add_value(pickle, std::move(dict));
}

const KnownGlobal& known_global(const Pickle& pickle, const Value& value, std::string_view what) {
  if (value.kind != ValueKind::global) {
    throw_bad_pickle(fmt::format("{} is {}", what, describe(value)));
  }
  return *pickle.globals[static_cast<std::size_t>(value.number)];
}

}  // namespace

ValueId add_value(Pickle& pickle, Value value) {
  if (pickle.values.size() >= kMaxValues) {
    throw Error{ErrorKind::bad_input,
                {.what = "the weight file holds too many values beside its tensors",
                 .expected = fmt::format("at most {}", kMaxValues),
                 .fix = "save the state dict alone"}};
  }
  pickle.values.push_back(std::move(value));
  return static_cast<ValueId>(pickle.values.size() - 1);
}

std::string_view add_text(Pickle& pickle, std::string text) {
  return pickle.texts.emplace_back(std::move(text));
}

ValueId add_global(Pickle& pickle, std::string_view module, std::string_view name) {
  const KnownGlobal* known = find_known_global(module, name);
  if (known == nullptr) throw_unknown_class(module, name);
  pickle.globals.push_back(known);
  return add_value(pickle, {.kind = ValueKind::global,
                            .number = static_cast<std::int64_t>(pickle.globals.size()) - 1});
}

ValueId rebuild(Pickle& pickle, ValueId callable, ValueId arguments) {
  const KnownGlobal* function = &known_global(pickle, pickle[callable], "what is called");
  if (function->role == GlobalRole::opaque) {
    return add_value(pickle, {.kind = ValueKind::opaque, .text = function->name});
  }
  std::vector<ValueId> items = short_tuple(pickle, arguments, "the arguments of a call");
  if (function->role == GlobalRole::rebuild_from_type && items.size() >= 3) {
    // (function, class, its arguments, attributes)
    const GlobalRole type = known_global(pickle, pickle[items[1]], "the class of a tensor").role;
    if (type != GlobalRole::tensor_class) throw_bad_pickle("a tensor of a class that is none");
    function = &known_global(pickle, pickle[items[0]], "what makes a tensor");
    items = short_tuple(pickle, items[2], "the arguments of a tensor");
  }
  switch (function->role) {
    case GlobalRole::ordered_dict: return rebuild_dict(pickle, items);
    case GlobalRole::rebuild_tensor: return rebuild_tensor(pickle, items);
    case GlobalRole::rebuild_parameter:
      if (!items.empty() && pickle[items[0]].kind == ValueKind::tensor) return items[0];
      throw_bad_pickle("a parameter without a tensor");
    case GlobalRole::tuple_class:
      if (items.size() == 1 && pickle[items[0]].kind == ValueKind::tuple) return items[0];
      throw_bad_pickle("a torch.Size of no tuple");
    default: break;
  }
  throw_bad_pickle(fmt::format("a call of {} that torch.save never writes", function->name));
}

ValueId add_storage(Pickle& pickle, ValueId persistent_id) {
  const std::vector<ValueId> items = short_tuple(pickle, persistent_id, "a persistent id");
  const auto text_at = [&](std::size_t index, std::string_view what) {
    const Value& value = pickle[items[index]];
    const bool is_text = value.kind == ValueKind::text || value.kind == ValueKind::bytes;
    if (!is_text || value.text.empty()) throw_bad_pickle(fmt::format("a storage without {}", what));
    return value.text;
  };
  if (items.empty()) throw_bad_pickle("an empty persistent id");
  const std::string_view kind = text_at(0, "a kind");
  if (kind == "module") {
    throw Error{ErrorKind::bad_input,
                {.what = "the weight file holds a whole pickled module",
                 .expected = "a state dict",
                 .fix = "in Python, with the program that defines the module: "
                        "torch.save(torch.load(FILE).state_dict(), 'weights.pth')"}};
  }
  if (kind != "storage" || items.size() < 5) {
    throw_bad_pickle(fmt::format("a persistent id of kind '{}'", printable(kind)));
  }
  const KnownGlobal& type = known_global(pickle, pickle[items[1]], "the class of a storage");
  if (type.role != GlobalRole::storage) throw_bad_pickle("a storage of a class that is none");
  PickledStorage storage{.type = type.type,
                         .key = text_at(2, "a key"),
                         .count = natural_number(pickle[items[4]], "the size of a storage")};
  if (storage.count > kLargest / static_cast<std::int64_t>(size_of(storage.type))) {
    throw_bad_pickle(fmt::format("a storage of {} elements", storage.count));
  }
  if (items.size() > 5 && pickle[items[5]].kind != ValueKind::none) {
    const std::vector<ValueId> view = short_tuple(pickle, items[5], "a view of a storage");
    if (view.size() != 3) throw_bad_pickle("a view of a storage that is no tuple of 3");
    const Value& view_key = pickle[view[0]];
    if (view_key.text.empty()) throw_bad_pickle("a view of a storage without a key");
    storage.view_key = view_key.text;
    storage.view_offset = natural_number(pickle[view[1]], "the offset of a view");
    storage.view_count = natural_number(pickle[view[2]], "the size of a view");
    if (storage.view_count > storage.count ||
        storage.view_offset > storage.count - storage.view_count) {
      throw_bad_pickle("a view that does not lie within its storage");
    }
  }
  pickle.storages.push_back(storage);
  return add_value(pickle, {.kind = ValueKind::storage,
                            .number = static_cast<std::int64_t>(pickle.storages.size()) - 1});
}

}  // namespace mbench::checkpoint

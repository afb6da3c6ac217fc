#pragma once
#include <string>
#include <string_view>

#include "baselines/checkpoint/pickle.hpp"

namespace mbench::checkpoint {

/// Adds a value. Throws bad_input when the pickle holds more than kMaxValues.
[[nodiscard]] ValueId add_value(Pickle& pickle, Value value);
/// Keeps the text as long as the pickle.
[[nodiscard]] std::string_view add_text(Pickle& pickle, std::string text);

/// The value that stands for a name. Throws bad_input, naming it, unless the name is known.
[[nodiscard]] ValueId add_global(Pickle& pickle, std::string_view module, std::string_view name);

/// What Python would get by calling the known name `callable` with the tuple `arguments`.
[[nodiscard]] ValueId rebuild(Pickle& pickle, ValueId callable, ValueId arguments);

/// The storage that a persistent id, ('storage', class, key, device, count[, view]), stands for.
[[nodiscard]] ValueId add_storage(Pickle& pickle, ValueId persistent_id);

}  // namespace mbench::checkpoint

#include "baselines/checkpoint/pickle.hpp"

#include <utility>

#include <fmt/core.h>

#include "core/error.hpp"
#include "core/utf8.hpp"

namespace mbench::checkpoint {

std::string describe(const Value& value) {
  switch (value.kind) {
    case ValueKind::none: return "None";
    case ValueKind::boolean: return value.number != 0 ? "True" : "False";
    case ValueKind::integer:
      return value.text.empty() ? fmt::format("integer {}", value.number) : "big integer";
    case ValueKind::real: return "number";
    case ValueKind::text: return "text";
    case ValueKind::bytes: return "bytes";
    case ValueKind::tuple: return fmt::format("tuple of {}", value.items.size());
    case ValueKind::list: return fmt::format("list of {}", value.items.size());
    case ValueKind::set: return "set";
    case ValueKind::dict: return fmt::format("dict of {}", value.items.size() / 2);
    case ValueKind::global: return "name of a class";
    case ValueKind::storage: return "storage";
    case ValueKind::tensor: return "tensor";
    case ValueKind::opaque: break;
  }
  return fmt::format("object of class {}", value.text);
}

std::string printable(std::string_view text) {
  constexpr std::size_t kLongest = 120;
  std::string result;
  while (!text.empty()) {
    if (result.size() >= kLongest) return result + "...";
    const std::size_t length = utf8_sequence_length(text);
    const auto first = static_cast<unsigned char>(text[0]);
    if (length == 0 || first < 0x20 || first == 0x7F) {
      result += fmt::format("\\x{:02x}", first);
      text.remove_prefix(1);
    } else {
      result += text.substr(0, length);
      text.remove_prefix(length);
    }
  }
  return result;
}

void throw_bad_pickle(std::string found) {
  throw Error{ErrorKind::bad_input,
              {.what = "the weight file is damaged, or no file that torch.save writes",
               .expected = "a pickle of dicts, tensors and plain values",
               .found = std::move(found),
               .fix = "fetch it again and compare its size with what its page says"}};
}

}  // namespace mbench::checkpoint

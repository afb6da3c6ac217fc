#include "baselines/onnx/onnx_graph.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>

#include "core/error.hpp"

namespace mbench::baselines {
namespace {

[[noreturn]] void throw_damaged(std::string found) {
  throw Error{ErrorKind::bad_input,
              {.what = "the ONNX file is damaged, or none at all",
               .expected = "a protocol buffer of type ModelProto with a graph",
               .found = std::move(found),
               .fix = "export or copy the file again"}};
}

/// One field of a message: its number, and its bytes if it has a length.
struct Field {
  std::uint64_t number{};
  std::uint64_t value{};  ///< of a whole number
  std::optional<std::string_view> bytes{};
};

/// Walks through the fields of a protocol buffer message (protobuf.dev, "Encoding").
class Message {
 public:
  explicit Message(std::string_view bytes) : rest_{bytes} {}

  [[nodiscard]] bool at_end() const { return rest_.empty(); }

  Field next() {
    const std::uint64_t tag = varint();
    Field field{.number = tag >> 3U};
    switch (tag & 7U) {
      case 0: field.value = varint(); break;
      case 1: (void)take(8); break;
      case 2: field.bytes = take(varint()); break;
      case 5: (void)take(4); break;
      default: throw_damaged("a field of unknown type");
    }
    return field;
  }

  /// The next number of a packed field.
  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const auto byte = static_cast<unsigned char>(take(1).front());
      value |= std::uint64_t{byte & 0x7FU} << shift;
      if (byte < 0x80) return value;
    }
    throw_damaged("a number of more than 64 bits");
  }

 private:
  std::string_view take(std::uint64_t count) {
    if (count > rest_.size()) throw_damaged("a field beyond the end of the file");
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
  }

  std::string_view rest_;
};

/// The number of elements of a tensor of floating-point type, 0 of any other.
std::int64_t count_floats(std::string_view tensor) {
  constexpr std::uint64_t kTensorDims = 1, kTensorType = 2;
  constexpr std::array<std::uint64_t, 4> kFloats{1, 10, 11, 16};  // of 32, 16, 64 bits; bfloat16
  constexpr std::int64_t kMost = std::int64_t{1} << 40;
  std::int64_t count = 1;
  const auto multiply = [&](std::uint64_t length) {
    const bool fits = length == 0 || count <= kMost / static_cast<std::int64_t>(
                                                          std::min<std::uint64_t>(length, kMost));
    if (length > static_cast<std::uint64_t>(kMost) || !fits) throw_damaged("a tensor's shape");
    count *= static_cast<std::int64_t>(length);
  };
  bool is_float = false;
  for (Message message{tensor}; !message.at_end();) {
    const Field field = message.next();
    if (field.number == kTensorType) {
      is_float = std::ranges::find(kFloats, field.value) != kFloats.end();
    }
    if (field.number != kTensorDims) continue;
    if (!field.bytes) {
      multiply(field.value);
      continue;
    }
    for (Message packed{*field.bytes}; !packed.at_end();) multiply(packed.varint());
  }
  return is_float ? count : 0;
}

/// The text of the field `number` of a message, the last one if there are several.
std::string text_of(std::string_view bytes, std::uint64_t number) {
  std::string text;
  for (Message message{bytes}; !message.at_end();) {
    const Field field = message.next();
    if (field.number == number && field.bytes) text = *field.bytes;
  }
  return text;
}

/// The names of a batch normalisation's running mean and variance; none for other nodes.
std::set<std::string> statistics_of(std::string_view node) {
  constexpr std::uint64_t kNodeInput = 1, kNodeOperator = 4;
  if (text_of(node, kNodeOperator) != "BatchNormalization") return {};
  std::vector<std::string> inputs;  // X, scale, B, mean, var
  for (Message message{node}; !message.at_end();) {
    const Field field = message.next();
    if (field.number == kNodeInput && field.bytes) inputs.emplace_back(*field.bytes);
  }
  inputs.erase(inputs.begin(), inputs.begin() + std::min<std::ptrdiff_t>(3, std::ssize(inputs)));
  return {inputs.begin(), inputs.end()};
}

/// Weights in another file would be read from wherever it lies, and be no part of the checksum.
void require_own_data(std::string_view tensor) {
  constexpr std::uint64_t kTensorExternalData = 13, kTensorDataLocation = 14, kExternal = 1;
  for (Message message{tensor}; !message.at_end();) {
    const Field field = message.next();
    const bool elsewhere = field.number == kTensorDataLocation && field.value == kExternal;
    if (!elsewhere && !(field.number == kTensorExternalData && field.bytes)) continue;
    throw Error{ErrorKind::bad_input,
                {.what = "the network's weights lie in another file",
                 .expected = "an ONNX file that holds its weights",
                 .found = "a tensor with external data",
                 .fix = "save as one file: onnx.save(onnx.load(\"net.onnx\"), \"one.onnx\")"}};
  }
}

/// The same of the tensors that a node has for attributes, as Constant does.
void require_own_attributes(std::string_view node) {
  constexpr std::uint64_t kNodeAttribute = 5, kAttributeTensor = 5;
  for (Message message{node}; !message.at_end();) {
    const Field attribute = message.next();
    if (attribute.number != kNodeAttribute || !attribute.bytes) continue;
    for (Message parts{*attribute.bytes}; !parts.at_end();) {
      const Field part = parts.next();
      if (part.number == kAttributeTensor && part.bytes) require_own_data(*part.bytes);
    }
  }
}

}  // namespace

OnnxGraph read_onnx_graph(std::string_view bytes) {
  // Numbers of fields from onnx.proto.
  constexpr std::uint64_t kModelGraph = 7, kGraphNode = 1, kGraphInitializer = 5, kGraphInput = 11,
                          kGraphOutput = 12, kNodeOperator = 4, kTensorName = 8, kValueName = 1;
  std::optional<std::string_view> graph_bytes;
  for (Message model{bytes}; !model.at_end();) {
    const Field field = model.next();
    if (field.number == kModelGraph && field.bytes) graph_bytes = field.bytes;
  }
  if (!graph_bytes) throw_damaged("no graph");
  OnnxGraph graph;
  std::set<std::string> operators, statistics;
  std::map<std::string, std::int64_t> weights;
  for (Message message{*graph_bytes}; !message.at_end();) {
    const Field field = message.next();
    if (!field.bytes) continue;
    switch (field.number) {
      case kGraphNode:
        operators.insert(text_of(*field.bytes, kNodeOperator));
        for (const std::string& name : statistics_of(*field.bytes)) statistics.insert(name);
        require_own_attributes(*field.bytes);
        break;
      case kGraphInitializer:
        weights[text_of(*field.bytes, kTensorName)] = count_floats(*field.bytes);
        require_own_data(*field.bytes);
        break;
      case kGraphInput: graph.inputs.push_back(text_of(*field.bytes, kValueName)); break;
      case kGraphOutput: graph.outputs.push_back(text_of(*field.bytes, kValueName)); break;
      default: break;
    }
  }
  std::erase_if(graph.inputs, [&](const std::string& name) { return weights.contains(name); });
  for (const auto& [name, count] : weights) {
    if (!statistics.contains(name)) graph.parameters += count;
  }
  graph.operators.assign(operators.begin(), operators.end());
  if (graph.inputs.empty() || graph.outputs.empty()) throw_damaged("a graph without in- or output");
  return graph;
}

}  // namespace mbench::baselines

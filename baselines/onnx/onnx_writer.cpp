#include "baselines/onnx/onnx_writer.hpp"

#include <bit>
#include <string_view>

namespace mbench::baselines {
namespace {

// Numbers of fields and values of enumerations are those of onnx.proto.
constexpr std::int64_t kIrVersion = 7, kOperatorSet = 11, kFloat = 1, kIntsAttribute = 7;

/// Builds one message of a protocol buffer.
class Message {
 public:
  Message& integer(std::uint64_t field, std::int64_t value) {
    varint(field << 3U);
    varint(static_cast<std::uint64_t>(value));
    return *this;
  }
  Message& bytes(std::uint64_t field, std::string_view value) {
    varint(field << 3U | 2U);
    varint(value.size());
    text_ += value;
    return *this;
  }
  Message& message(std::uint64_t field, const Message& value) { return bytes(field, value.text_); }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  void varint(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7U) text_ += static_cast<char>(0x80U | (value & 0x7FU));
    text_ += static_cast<char>(value);
  }

  std::string text_{};
};

Message node_message(const OnnxNode& node) {
  Message message;
  for (const std::string& input : node.inputs) message.bytes(1, input);
  for (const std::string& output : node.outputs) message.bytes(2, output);
  message.bytes(3, node.outputs.front()).bytes(4, node.op);
  for (const auto& [name, values] : node.attributes) {
    Message attribute;
    attribute.bytes(1, name);
    for (const std::int64_t value : values) attribute.integer(8, value);
    message.message(5, attribute.integer(20, kIntsAttribute));
  }
  return message;
}

Message weights_message(const OnnxWeights& weights) {
  Message message;
  for (const std::int64_t length : weights.shape) message.integer(1, length);
  std::string raw;
  for (const float value : weights.values) {  // little-endian whatever the machine is
    const auto bits = std::bit_cast<std::uint32_t>(value);
    for (unsigned shift = 0; shift < 32; shift += 8)
      raw += static_cast<char>(bits >> shift & 0xFFU);
  }
  return message.integer(2, kFloat).bytes(8, weights.name).bytes(9, raw);
}

Message value_message(const OnnxValue& value) {
  Message shape;
  for (const std::int64_t length : value.shape) {
    Message dimension;
    if (length < 0) {
      dimension.bytes(2, "any");
    } else {
      dimension.integer(1, length);
    }
    shape.message(1, dimension);
  }
  const Message tensor = Message{}.integer(1, kFloat).message(2, shape);
  return Message{}.bytes(1, value.name).message(2, Message{}.message(1, tensor));
}

}  // namespace

std::string write_onnx(const OnnxModel& model) {
  Message graph;
  for (const OnnxNode& node : model.nodes) graph.message(1, node_message(node));
  graph.bytes(2, "mbench");
  for (const OnnxWeights& weights : model.weights) graph.message(5, weights_message(weights));
  for (const OnnxValue& input : model.inputs) graph.message(11, value_message(input));
  for (const OnnxValue& output : model.outputs) graph.message(12, value_message(output));
  return Message{}
      .integer(1, kIrVersion)
      .bytes(2, "mbench")
      .message(7, graph)
      .message(8, Message{}.bytes(1, "").integer(2, kOperatorSet))
      .text();
}

}  // namespace mbench::baselines

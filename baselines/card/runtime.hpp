#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "baselines/deep/network.hpp"
#include "core/device.hpp"

namespace mbench::baselines {

/// An array with the name that the network gives it, or "".
struct NamedArray {
  std::string name{};
  Array array{};
};

/// Runs an exported network. run() may be called from several threads at once.
class CardRuntime {
 public:
  virtual ~CardRuntime() = default;
  /// Forward pass of tensors in the order of the card. Throws method if the network fails.
  [[nodiscard]] virtual std::vector<NamedArray> run(std::span<const NamedArray> inputs) const = 0;
  /// How many numbers were learned, where the file tells.
  [[nodiscard]] virtual std::optional<std::int64_t> parameters() const { return std::nullopt; }
};

/// Opens an ONNX file. Throws unavailable without OpenCV's dnn in this build, bad_input if the file
/// cannot be read, unavailable naming the operator if OpenCV does not know one.
[[nodiscard]] std::unique_ptr<CardRuntime> open_onnx(const std::filesystem::path& file);

/// Opens a TorchScript file. Throws unavailable without LibTorch in this build, bad_input if the
/// file cannot be read.
[[nodiscard]] std::unique_ptr<CardRuntime> open_torchscript(const std::filesystem::path& file,
                                                            const Device& device,
                                                            Precision precision);

}  // namespace mbench::baselines

#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "baselines/deep/network.hpp"
#include "baselines/method.hpp"
#include "core/device.hpp"

namespace mbench::baselines {

/// An array with the name that the network gives it, or "".
struct NamedArray {
  std::string name{};
  Array array{};
};

/// What a network gives, and where the time of that went.
struct CardAnswer {
  std::vector<NamedArray> outputs{};
  EstimateTimes times{};
};

/// Runs an exported network. run() may be called from several threads at once.
class CardRuntime {
 public:
  virtual ~CardRuntime() = default;
  /// Forward pass of tensors in the order of the card. Throws method if the network fails.
  [[nodiscard]] virtual CardAnswer run(std::span<const NamedArray> inputs) const = 0;
  /// Throws bad_input unless the network takes as many inputs, of these names ("" for any), where
  /// the file tells.
  virtual void require_inputs(std::span<const std::string> names) const { (void)names; }
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

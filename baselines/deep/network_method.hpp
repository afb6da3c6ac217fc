#pragma once
#include <cstdint>
#include <string>

#include "baselines/deep/inference.hpp"
#include "baselines/deep/state_dict.hpp"
#include "baselines/deep/torch.hpp"
#include "baselines/method.hpp"

namespace mbench::deep {

/// The size for which records state a method's multiply-accumulates.
inline constexpr Size kMacsSize{800, 800};

/// A method made of networks: keeps what all of them put on record, and where they compute.
class NetworkMethod : public baselines::Method {
 public:
  /// Of all weights, in the order in which they were loaded.
  [[nodiscard]] std::string content_sha256(std::span<const std::string> sample_ids) const final;
  [[nodiscard]] baselines::MethodFacts facts() const final;

 protected:
  /// Throws unavailable if this machine has no such device.
  explicit NetworkMethod(const baselines::MethodSettings& settings);

  /// Fills a network with its weights and brings it to the device; once for each network of the
  /// method. `macs`: of one forward pass at kMacsSize, as Network::cost() counts them (counting
  /// itself takes seconds). Throws as load_weights() does.
  void load(torch::nn::Module& network, const NetworkFile& file,
            const baselines::WeightsChoice& weights, std::int64_t macs);

  /// One forward pass; see Inference.
  template <typename Forward>
  Tensor infer(EstimateClock& clock, const Tensor& input, Forward&& forward) const {
    return inference_(clock, input, std::forward<Forward>(forward));
  }

  [[nodiscard]] const Inference& inference() const { return inference_; }

 private:
  Inference inference_;
  LoadedWeights weights_{};
  std::int64_t parameters_{};
  std::int64_t macs_{};
};

}  // namespace mbench::deep

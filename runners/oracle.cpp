#include "runners/oracle.hpp"

#include <filesystem>
#include <map>
#include <string>

#include "imaging/io.hpp"

namespace mbench::runners {
namespace {

class Oracle final : public baselines::Method {
 public:
  explicit Oracle(const datasets::Dataset& dataset) {
    for (const SampleFiles& sample : dataset.samples) truths_.emplace(sample.id, sample.truth);
  }

  [[nodiscard]] baselines::Estimate estimate(const baselines::MattingInput& input) const override {
    const auto found = truths_.find(input.sample_id);
    if (found == truths_.end() || found->second.empty()) {
      throw Error{
          ErrorKind::bad_input,
          {.what = "the oracle needs a ground truth", .where = std::string{input.sample_id}}};
    }
    return {.alpha = imaging::read_matte(found->second)};
  }

 private:
  std::map<std::string, std::filesystem::path, std::less<>> truths_{};
};

}  // namespace

std::unique_ptr<baselines::Method> make_oracle(const datasets::Dataset& dataset) {
  return std::make_unique<Oracle>(dataset);
}

}  // namespace mbench::runners

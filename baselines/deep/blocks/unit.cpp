#include "baselines/deep/blocks/unit.hpp"

namespace mbench::deep {
namespace {

thread_local StageLog* current_log = nullptr;

}  // namespace

Tensor Unit::operator()(const Tensor& input) {
  Tensor output = forward(input);
  trace(*this, output);
  return output;
}

Sequence::Sequence(std::vector<UnitPointer> units) : units_{std::move(units)} {
  for (std::size_t i = 0; i < units_.size(); ++i) register_module(std::to_string(i), units_[i]);
}

Tensor Sequence::forward(const Tensor& input) {
  Tensor value = input;
  for (const UnitPointer& unit : units_) value = (*unit)(value);
  return value;
}

std::shared_ptr<Sequence> sequence(std::vector<UnitPointer> units) {
  return std::make_shared<Sequence>(std::move(units));
}

StageLog::StageLog(const torch::nn::Module& root) : outer_{current_log} {
  // A module with several names is known by the last, as in the stored references.
  for (const auto& item : root.named_modules()) {
    names_.emplace_back(item.value().get(), item.key());
  }
  current_log = this;
}

StageLog::~StageLog() { current_log = outer_; }

void trace(const torch::nn::Module& module, const Tensor& output) {
  if (current_log == nullptr) return;
  const std::string* name = nullptr;
  for (const auto& [known, its_name] : current_log->names_) {
    if (known == &module) name = &its_name;
  }
  // A copy: what follows may change the tensor in place.
  if (name != nullptr) current_log->entries_.push_back({*name, output.detach().clone()});
}

}  // namespace mbench::deep

#pragma once
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "baselines/deep/torch.hpp"

namespace mbench::deep {

/// A part of a network with one input and one output. Calling it, rather than its forward(), tells
/// the StageLog of the thread what came out.
class Unit : public torch::nn::Module {
 public:
  Tensor operator()(const Tensor& input);

 protected:
  virtual Tensor forward(const Tensor& input) = 0;

  /// Makes a sub-module and registers it under its name in the published state dict. The order of
  /// these calls is the order of the state dict.
  template <typename T, typename... Arguments>
  std::shared_ptr<T> add(std::string name, Arguments&&... arguments) {
    return register_module(std::move(name),
                           std::make_shared<T>(std::forward<Arguments>(arguments)...));
  }
};

using UnitPointer = std::shared_ptr<Unit>;  // shared: LibTorch's modules own each other so

/// Units one after the other, named 0, 1, 2 ... as in Python's nn.Sequential.
class Sequence : public Unit {
 public:
  explicit Sequence(std::vector<UnitPointer> units);
  [[nodiscard]] std::size_t size() const { return units_.size(); }
  [[nodiscard]] const UnitPointer& operator[](std::size_t i) const { return units_[i]; }

 protected:
  Tensor forward(const Tensor& input) override;

 private:
  std::vector<UnitPointer> units_;
};

/// Makes one unit of a Sequence.
template <typename T, typename... Arguments>
UnitPointer unit(Arguments&&... arguments) {
  return std::make_shared<T>(std::forward<Arguments>(arguments)...);
}

std::shared_ptr<Sequence> sequence(std::vector<UnitPointer> units);

/// What sub-modules gave during one forward pass, by the names they have in `root`. While it lives
/// it receives what units called by this thread give.
class StageLog {
 public:
  explicit StageLog(const torch::nn::Module& root);
  ~StageLog();
  StageLog(const StageLog&) = delete;
  StageLog& operator=(const StageLog&) = delete;

  struct Entry {
    std::string name;
    Tensor output;
  };
  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }

 private:
  friend void trace(const torch::nn::Module& module, const Tensor& output);

  std::vector<std::pair<const torch::nn::Module*, std::string>> names_;
  std::vector<Entry> entries_{};
  StageLog* outer_;
};

/// Tells the thread's log, if there is one, what a module gave. For modules that are no Unit.
void trace(const torch::nn::Module& module, const Tensor& output);

}  // namespace mbench::deep

#include "baselines/checkpoint/matching.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include <fmt/core.h>

#include "baselines/checkpoint/nearest_names.hpp"
#include "baselines/checkpoint/pickle.hpp"
#include "core/error.hpp"

namespace mbench::checkpoint {
namespace {

bool is_counter(std::string_view name) {
  constexpr std::string_view kCounter = "num_batches_tracked";
  return name == kCounter ||
         (name.ends_with(kCounter) && name[name.size() - kCounter.size() - 1] == '.');
}

bool has_shape(const StoredTensor& tensor, const Shape& shape) {
  return tensor.shape == shape || (shape.empty() && tensor.shape == Shape{1});
}

class Matcher {
 public:
  Matcher(const WantedTensors& wanted, const Checkpoint& checkpoint)
      : wanted_{wanted}, checkpoint_{checkpoint} {}

  std::vector<const StoredTensor*> run() {
    std::unordered_map<std::string_view, const StoredTensor*> stored;
    for (const StoredTensor& tensor : checkpoint_.tensors) stored.emplace(tensor.name, &tensor);
    std::vector<const StoredTensor*> matches;
    for (const WantedTensor& want : wanted_.tensors) {
      const StoredTensor* match = nullptr;
      for (const std::string& name : want.names) {
        known_.insert(name);
        const auto found = stored.find(name);
        if (found != stored.end()) match = found->second;
      }
      matches.push_back(match);
      if (match == nullptr) {
        if (!is_counter(want.names.back())) missing_.push_back(&want);
      } else if (!has_shape(*match, want.shape)) {
        wrong_ += fmt::format("\n  wrong shape: {} {}, in the file {}", printable(match->name),
                              to_string(want.shape), to_string(match->shape));
        ++wrong_count_;
      }
    }
    collect_unexpected();
    if (!missing_.empty() || !unexpected_.empty() || wrong_count_ > 0) fail();
    return matches;
  }

 private:
  void collect_unexpected() {
    for (const StoredTensor& tensor : checkpoint_.tensors) {
      const bool is_expected =
          known_.contains(tensor.name) || is_counter(tensor.name) ||
          std::ranges::any_of(wanted_.ignored_prefixes, [&](const std::string& prefix) {
            return tensor.name.starts_with(prefix);
          });
      if (!is_expected) unexpected_.push_back(&tensor);
    }
  }

  [[noreturn]] void fail() const {
    std::string found = fmt::format("{} missing, {} unexpected, {} of wrong shape", missing_.size(),
                                    unexpected_.size(), wrong_count_);
    NearestNames nearest{unexpected_};
    for (const WantedTensor* want : missing_) {
      const std::string& name = want->names.back();
      found += fmt::format("\n  missing:     {} {}", name, to_string(want->shape));
      if (const StoredTensor* near = nearest.find(name, want->shape)) {
        found += fmt::format("  (nearest: {})", printable(near->name));
      }
    }
    found += wrong_;
    for (const StoredTensor* tensor : unexpected_) {
      found +=
          fmt::format("\n  unexpected:  {} {}", printable(tensor->name), to_string(tensor->shape));
    }
    throw Error{ErrorKind::bad_input,
                {.what = fmt::format("the weights are not those of network '{}'", wanted_.network),
                 .expected = fmt::format("{} named tensors", wanted_.tensors.size()),
                 .found = found,
                 .fix = "give the file that was published for this network and variant; "
                        "`mbench list methods` names it"}};
  }

  const WantedTensors& wanted_;
  const Checkpoint& checkpoint_;
  std::unordered_set<std::string_view> known_;
  std::vector<const WantedTensor*> missing_;
  std::vector<const StoredTensor*> unexpected_;
  std::string wrong_;
  std::size_t wrong_count_{0};
};

}  // namespace

std::vector<const StoredTensor*> match(const WantedTensors& wanted, const Checkpoint& checkpoint) {
  return Matcher{wanted, checkpoint}.run();
}

}  // namespace mbench::checkpoint

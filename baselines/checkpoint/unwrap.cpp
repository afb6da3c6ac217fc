#include "baselines/checkpoint/unwrap.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <unordered_map>

#include <fmt/core.h>
#include <fmt/format.h>

#include "core/error.hpp"
#include "core/utf8.hpp"

namespace mbench::checkpoint {
namespace {

/// Names under which training programs put the weights, the likeliest first.
constexpr std::array<std::string_view, 11> kWrappers{
    "state_dict", "model_state_dict", "model_state", "model",     "module",    "net",
    "network",    "params",           "weights",     "generator", "params_ema"};

constexpr int kDeepest = 8;
constexpr std::size_t kMostListed = 1000;

class Finder {
 public:
  explicit Finder(const Pickle& pickle) : pickle_{pickle} {}

  StateDict find() {
    ValueId dict = pickle_.root;
    if (pickle_[dict].kind != ValueKind::dict) throw_no_weights(dict);
    for (int depth = 0; depth < kDeepest; ++depth) {
      const std::optional<std::size_t> inner = wrapper(dict);
      if (!inner) break;
      const std::vector<ValueId>& items = pickle_[dict].items;
      list_others(dict, *inner);
      result_.path = name_of(items[*inner]);
      dict = items[*inner + 1];
    }
    if (!has_tensors(dict)) throw_no_weights(dict);
    take(dict);
    return std::move(result_);
  }

 private:
  /// Index of the key below which the weights lie, if not in the dict itself.
  std::optional<std::size_t> wrapper(ValueId dict) {
    const std::vector<ValueId>& items = pickle_[dict].items;
    std::optional<std::size_t> best;
    std::size_t best_rank = 2 * kWrappers.size();
    std::vector<std::size_t> unnamed;
    for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
      const Value& key = pickle_[items[i]];
      if (pickle_[items[i + 1]].kind != ValueKind::dict) continue;
      const bool is_full = has_tensors(items[i + 1]);
      if (is_full) unnamed.push_back(i);
      const auto* const known = std::ranges::find(kWrappers, key.text);
      if (key.kind != ValueKind::text || known == kWrappers.end()) continue;
      if (!is_full && !leads_to_tensors(items[i + 1])) continue;
      // A dict of tensors before one that only leads to some.
      const std::size_t rank =
          static_cast<std::size_t>(known - kWrappers.begin()) + (is_full ? 0 : kWrappers.size());
      if (rank > best_rank) continue;
      best = i;
      best_rank = rank;
    }
    if (best && best_rank < kWrappers.size()) return best;
    if (has_tensors(dict)) return std::nullopt;
    if (best || unnamed.empty()) return best;
    if (unnamed.size() == 1) return unnamed.front();
    throw_several(dict, unnamed);
  }

  /// Does a dict in the dict hold tensors?
  bool leads_to_tensors(ValueId dict) {
    const auto [known, is_new] = leads_to_tensors_.emplace(dict, false);
    if (!is_new) return known->second;
    const std::vector<ValueId>& items = pickle_[dict].items;
    for (std::size_t i = 0; i + 1 < items.size() && !known->second; i += 2) {
      known->second = pickle_[items[i + 1]].kind == ValueKind::dict && has_tensors(items[i + 1]);
    }
    return known->second;
  }

  /// Does the dict itself hold a tensor under a name? Remembered: a hostile file may show one large
  /// dict in many places.
  bool has_tensors(ValueId dict) {
    const auto [known, is_new] = has_tensors_.emplace(dict, false);
    if (!is_new) return known->second;
    const std::vector<ValueId>& items = pickle_[dict].items;
    for (std::size_t i = 0; i + 1 < items.size() && !known->second; i += 2) {
      known->second = pickle_[items[i]].kind == ValueKind::text &&
                      pickle_[items[i + 1]].kind == ValueKind::tensor;
    }
    return known->second;
  }

  std::string name_of(ValueId key) const {
    const Value& value = pickle_[key];
    const std::string name =
        value.kind == ValueKind::text ? printable(value.text) : describe(value);
    return result_.path.empty() ? name : fmt::format("{}.{}", result_.path, name);
  }

  void ignore(ValueId key, ValueId value) {
    if (result_.ignored.size() < kMostListed) {
      result_.ignored.push_back(fmt::format("{} ({})", name_of(key), describe(pickle_[value])));
    } else if (result_.ignored.size() == kMostListed) {
      result_.ignored.emplace_back("and more");
    }
  }

  void list_others(ValueId dict, std::size_t taken) {
    const std::vector<ValueId>& items = pickle_[dict].items;
    for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
      if (i != taken) ignore(items[i], items[i + 1]);
    }
  }

  void take(ValueId dict) {
    const std::vector<ValueId>& items = pickle_[dict].items;
    std::unordered_map<std::string_view, std::size_t> known;
    for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
      const Value& key = pickle_[items[i]];
      const Value& value = pickle_[items[i + 1]];
      if (key.kind != ValueKind::text || value.kind != ValueKind::tensor) {
        ignore(items[i], items[i + 1]);
        continue;
      }
      if (!is_utf8(key.text)) {
        throw_bad_pickle(fmt::format("a tensor named '{}'", printable(key.text)));
      }
      const auto tensor = static_cast<std::size_t>(value.number);
      const auto [place, is_new] = known.emplace(key.text, result_.entries.size());
      if (is_new) {
        result_.entries.push_back({.name = std::string{key.text}, .tensor = tensor});
      } else {
        result_.entries[place->second].tensor = tensor;
      }
    }
  }

  [[noreturn]] void throw_no_weights(ValueId id) const {
    constexpr std::size_t kShown = 12;
    const Value& value = pickle_[id];
    std::string found = describe(value);
    for (std::size_t i = 0; value.kind == ValueKind::dict && i + 1 < value.items.size(); i += 2) {
      if (i / 2 == kShown) {
        found += ", ...";
        break;
      }
      found += fmt::format("{}{} ({})", i == 0 ? ": " : ", ", name_of(value.items[i]),
                           describe(pickle_[value.items[i + 1]]));
    }
    throw Error{ErrorKind::bad_input,
                {.what = "the weight file holds no state dict",
                 .expected = fmt::format("a dict of names and tensors, itself or under one of: {}",
                                         fmt::join(kWrappers, ", ")),
                 .found = found,
                 .fix = "in Python, save it with torch.save(model.state_dict(), 'weights.pth')"}};
  }

  [[noreturn]] void throw_several(ValueId dict, const std::vector<std::size_t>& keys) const {
    constexpr std::size_t kShown = 12;
    std::vector<std::string> names;
    for (const std::size_t i : keys) {
      if (names.size() < kShown) names.push_back(name_of(pickle_[dict].items[i]));
    }
    throw Error{ErrorKind::bad_input,
                {.what = "the weight file holds several dicts of tensors",
                 .expected = fmt::format("one dict of tensors, or one under one of: {}",
                                         fmt::join(kWrappers, ", ")),
                 .found = fmt::format("{}", fmt::join(names, ", ")),
                 .fix = fmt::format("in Python, save the one that is meant: "
                                    "torch.save(torch.load(FILE)['{}'], 'weights.pth')",
                                    names.front())}};
  }

  const Pickle& pickle_;
  StateDict result_;
  std::unordered_map<ValueId, bool> has_tensors_;
  std::unordered_map<ValueId, bool> leads_to_tensors_;
};

}  // namespace

StateDict find_state_dict(const Pickle& pickle) { return Finder{pickle}.find(); }

}  // namespace mbench::checkpoint

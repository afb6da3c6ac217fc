#include <array>

#include <fmt/core.h>

#include "baselines/deep/entries.hpp"
#include "baselines/method.hpp"
#include "baselines/published_only.hpp"
#include "core/error.hpp"
#include "core/registry.hpp"

namespace mbench::baselines {
#define MBENCH_METHOD(name) extern const MethodEntry name##_method;
#include "baselines/methods.inc"
#undef MBENCH_METHOD

namespace {

/// All methods; `mbench list methods` shows them in this order.
constexpr std::array kCatalog{
#define MBENCH_METHOD(name) &name##_method,
#include "baselines/methods.inc"
#undef MBENCH_METHOD
#define MBENCH_DEEP_METHOD(name) &name##_method,
#include "baselines/deep/methods.inc"
#undef MBENCH_DEEP_METHOD
};

void refuse(const MethodEntry& entry, std::string_view setting) {
  throw Error{ErrorKind::usage,
              {.what = fmt::format("method '{}' has no use for {}", entry.id, setting),
               .expected = fmt::format("{} only with methods that are networks", setting),
               .fix = "leave it out, or run this method in a command of its own"}};
}

}  // namespace

std::span<const MethodEntry* const> all_methods() { return kCatalog; }

const MethodEntry& find_method(std::string_view id) {
  refuse_published_only(id);
  return find_by_id(all_methods(), id, "method");
}

Needs needs_of(const MethodEntry& entry, const Options& options) {
  return entry.needs_of == nullptr ? entry.needs : entry.needs_of(options);
}

std::unique_ptr<Method> make_method(const MethodEntry& entry, const MethodSettings& settings) {
  if (!entry.deep && entry.needs_of == nullptr) {
    if (settings.weights.recipe || !settings.weights.file.empty()) refuse(entry, "weights");
    if (settings.device != Device{}) refuse(entry, "a GPU");
    if (settings.precision != Precision::fp32) refuse(entry, "another precision");
  }
  return entry.make(settings);
}

}  // namespace mbench::baselines

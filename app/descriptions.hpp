#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "baselines/method.hpp"
#include "core/options.hpp"
#include "metrics/protocol.hpp"

namespace mbench::app {

/// "prediction, truth, trimap".
[[nodiscard]] std::string_view needs_in_words(metrics::ProtocolNeeds needs);
/// "image, segmentation, weights".
[[nodiscard]] std::string needs_in_words(const baselines::Needs& needs);
/// The same of a method whose options are open: one that wraps another needs more, as do a card
/// and a command.
[[nodiscard]] std::string needs_in_words(const baselines::MethodEntry& method);

/// What status_in_words() would say of a method of baselines::published_only_methods().
inline constexpr std::string_view kPublishedOnlyStatus = "published numbers only";

/// "ready", or what is missing: the module for networks, published weights.
[[nodiscard]] std::string status_in_words(const baselines::MethodEntry& method);

/// The options of what bears a name: name, type, default, help and range or choices of each.
[[nodiscard]] nlohmann::ordered_json describe_options(std::span<const OptionSpec> options);
/// The description with a line that says which options were given, if any.
[[nodiscard]] nlohmann::ordered_json with_given(const nlohmann::ordered_json& description,
                                                const std::string& given);

/// A way of printing tables.
struct ReportFormat {
  std::string_view id, title;
};
[[nodiscard]] std::span<const ReportFormat> report_formats();

/// Everything about what bears this name: protocols, metrics, methods, data sets, rules and
/// report formats, one object each with "kind", "id" and "title" first. `name` may have its kind
/// before it: "protocol:aim"; a method, data set or rule its options behind it: "tta:of=gfm", which
/// gives the wrapped method as well. Throws usage if nothing bears the name, with the nearest one
/// that something does.
[[nodiscard]] std::vector<nlohmann::ordered_json> describe(std::string_view name);

}  // namespace mbench::app

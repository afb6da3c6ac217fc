#pragma once
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace mbench::app {

/// What describe() found, as text for the terminal.
[[nodiscard]] std::string text_of_description(const nlohmann::ordered_json& item);

/// The text broken into lines of at most 100 columns, each after the first indented by `indent`.
[[nodiscard]] std::string wrapped(std::string_view text, std::size_t indent);

}  // namespace mbench::app

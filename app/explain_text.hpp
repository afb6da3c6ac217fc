#pragma once
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

namespace mbench::app {

/// That several things bear the name that was asked for, and how to ask for each; "" for one thing.
[[nodiscard]] std::string text_of_namesakes(const std::vector<nlohmann::ordered_json>& items);

/// What describe() found, as text for the terminal.
[[nodiscard]] std::string text_of_description(const nlohmann::ordered_json& item);

/// The text broken into lines of at most 100 columns, each after the first indented by `indent`.
[[nodiscard]] std::string wrapped(std::string_view text, std::size_t indent);

}  // namespace mbench::app

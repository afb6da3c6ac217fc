#include "app/explain_text.hpp"

#include <algorithm>
#include <vector>

#include <fmt/core.h>
#include <fmt/format.h>

namespace mbench::app {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kColumns = 100;

std::string text(const Json& item, const char* key) { return item.at(key).get<std::string>(); }

/// The plain facts of an item, one a line: all of its keys that hold a text or a number.
std::string facts(const Json& item) {
  std::vector<std::pair<std::string, std::string>> lines;
  std::size_t width = 0;
  for (const auto& [key, value] : item.items()) {
    if (value.is_structured() || key == "kind" || key == "id" || key == "title") continue;
    std::string words = value.is_string() ? value.get<std::string>() : value.dump();
    if (words.empty()) continue;
    if (key == "cite") words += " (docs/references.bib)";
    width = std::max(width, key.size());
    lines.emplace_back(key, std::move(words));
  }
  std::string all;
  for (const auto& [key, words] : lines) {
    all += fmt::format("  {:<{}}  {}\n", key, width, wrapped(words, width + 4));
  }
  return all;
}

std::string column_text(const Json& column) {
  const std::string unit = text(column, "unit");
  std::string all = fmt::format("\n  {}: {}{}, {} is better\n    {}\n", text(column, "id"),
                                text(column, "title"), unit.empty() ? "" : " in units of " + unit,
                                text(column, "better"), wrapped(text(column, "formula"), 4));
  std::size_t name_width = 0;
  std::size_t value_width = 0;
  for (const Json& one : column.at("switches")) {
    name_width = std::max(name_width, text(one, "name").size());
    value_width = std::max(value_width, text(one, "value").size());
  }
  for (const Json& one : column.at("switches")) {
    all +=
        fmt::format("      {:<{}}  {:<{}}  {}\n", text(one, "name"), name_width, text(one, "value"),
                    value_width, wrapped(text(one, "meaning"), 10 + name_width + value_width));
  }
  for (const Json& one : column.at("undefined_where")) {
    all += fmt::format("    undefined where {}\n", wrapped(one.get<std::string>(), 4));
  }
  return all;
}

std::string option_text(const Json& option) {
  const std::string standard = text(option, "default");
  std::string range;
  if (option.contains("min")) {
    range = fmt::format("; {:g} to {:g}", option.at("min").get<double>(),
                        option.at("max").get<double>());
  }
  if (option.contains("choices")) range = "; " + text(option, "choices");
  return fmt::format("    {}={}\n      {}\n", text(option, "name"),
                     standard.empty() ? "..." : standard,
                     wrapped(fmt::format("{} ({}{}{})", text(option, "help"), text(option, "type"),
                                         range, standard.empty() ? "; no default" : ""),
                             6));
}

/// What is published about a data set in numbers: its parts and its groups.
std::string count_text(const Json& item) {
  std::string all = "\n  counts, as published\n";
  std::size_t width = 0;
  for (const Json& part : item.at("counts")) width = std::max(width, text(part, "part").size());
  for (const Json& part : item.at("counts")) {
    all += fmt::format("    {:<{}}  {}\n", text(part, "part"), width, text(part, "published"));
  }
  std::string groups;
  std::string last;
  for (const Json& group : item.at("groups")) {
    const std::string tag = text(group, "tag");
    groups += tag == last ? ", " : fmt::format("{}by {}: ", last.empty() ? "" : "; ", tag);
    groups += fmt::format("{} {}", text(group, "value"), group.at("images").get<int>());
    last = tag;
  }
  if (!groups.empty()) all += fmt::format("    {}\n", wrapped(groups, 4));
  return all;
}

}  // namespace

std::string wrapped(std::string_view text, std::size_t indent) {
  std::string all;
  std::size_t column = indent;
  while (!text.empty()) {
    const std::size_t length = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, length);
    text.remove_prefix(std::min(length + 1, text.size()));
    if (column > indent && column + 1 + word.size() > kColumns) {
      all += '\n';
      all += std::string(indent, ' ');
      column = indent;
    } else if (column > indent) {
      all += ' ';
      ++column;
    }
    all += word;
    column += word.size();
  }
  return all;
}

std::string text_of_namesakes(const std::vector<Json>& items) {
  const auto command = [](const Json& item) {
    return fmt::format("mbench explain {}:{}", text(item, "kind"), text(item, "id"));
  };
  std::size_t width = 0;
  std::size_t namesakes = 0;
  for (const Json& item : items) {
    if (text(item, "id") != text(items.front(), "id")) continue;
    ++namesakes;
    width = std::max(width, command(item).size());
  }
  if (namesakes < 2) return {};
  std::string all = fmt::format("{} things are called '{}'; all follow. One alone:\n", namesakes,
                                text(items.front(), "id"));
  for (const Json& item : items) {
    all += fmt::format("  {:<{}}  {}\n", command(item), width, text(item, "title"));
  }
  return all + '\n';
}

std::string text_of_description(const Json& item) {
  std::string all =
      fmt::format("{}:{}  {}\n", text(item, "kind"), text(item, "id"), text(item, "title"));
  all += facts(item);
  if (item.contains("counts") && !item.at("counts").empty()) all += count_text(item);
  if (item.contains("columns")) {
    for (const Json& column : item.at("columns")) all += column_text(column);
  }
  if (item.contains("protocols")) {
    all += "\n  columns of protocols\n";
    std::size_t width = 0;
    for (const Json& one : item.at("protocols")) {
      width = std::max(width, text(one, "protocol").size());
    }
    for (const Json& one : item.at("protocols")) {
      const auto columns = one.at("columns").get<std::vector<std::string>>();
      all +=
          fmt::format("    {:<{}}  {}\n", text(one, "protocol"), width, fmt::join(columns, ", "));
    }
  }
  if (item.contains("options") && !item.at("options").empty()) {
    all += fmt::format("\n  options, as in {}:name=value\n", text(item, "id"));
    for (const Json& option : item.at("options")) all += option_text(option);
  }
  if (item.contains("weights") && !item.at("weights").empty()) {
    all +=
        "\n  published weights, looked for in the folders of MBENCH_WEIGHTS_PATH and in\n"
        "  ~/.local/share/mbench/weights, or named by --weights\n";
    for (const Json& weights : item.at("weights")) {
      all += fmt::format("    {}\n", text(weights, "file"));
      for (const char* fact : {"page", "note", "found"}) {
        all += fmt::format("      {:<6} {}\n", fact, wrapped(text(weights, fact), 13));
      }
    }
  }
  if (item.contains("open_choices")) {
    all += "\n  what the source leaves open, and how it is settled here\n";
    for (const Json& choice : item.at("open_choices")) {
      all += fmt::format("    - {}\n", wrapped(choice.get<std::string>(), 6));
    }
  }
  if (item.contains("quirks") && !item.at("quirks").empty()) {
    all += "\n  quirks\n";
    for (const Json& quirk : item.at("quirks")) {
      all += fmt::format("    - {}\n", wrapped(quirk.get<std::string>(), 6));
    }
  }
  return all;
}

}  // namespace mbench::app

#include "app/config_file.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <istream>
#include <memory>
#include <string>
#include <vector>

#include <fmt/core.h>
#include <fmt/format.h>
#include <toml++/toml.h>
#include <CLI/CLI.hpp>

#include "app/descriptions.hpp"
#include "core/error.hpp"
#include "core/registry.hpp"

namespace mbench::app {
namespace {

std::string as_text(const toml::node& node, std::string_view key) {
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* integer = node.as_integer()) return std::to_string(integer->get());
  if (const auto* number = node.as_floating_point()) return fmt::format("{}", number->get());
  if (const auto* flag = node.as_boolean()) return flag->get() ? "true" : "false";
  throw Error{ErrorKind::usage,
              {.what = fmt::format("key '{}' of the configuration file has a wrong type", key),
               .expected = "text, a number, true or false, or an array of these"}};
}

bool has_option(const CLI::App& verb, const std::string& name) {
  return verb.get_option_no_throw("--" + name) != nullptr;
}

bool is_option_of_any(const CLI::App& app, const std::string& name) {
  return std::ranges::any_of(app.get_subcommands({}), [&](const CLI::App* verb) {
    return has_option(*verb, name) || is_option_of_any(*verb, name);
  });
}

[[noreturn]] void throw_unknown_key(const CLI::App& verb, const std::string& name) {
  std::vector<std::string_view> names;
  for (const CLI::Option* option : verb.get_options()) {
    for (const std::string& long_name : option->get_lnames()) names.push_back(long_name);
  }
  const std::string nearest = nearest_name(name, names);
  throw Error{ErrorKind::usage,
              {.what = fmt::format("the configuration file has an unknown key '{}'", name),
               .expected = fmt::format("long option names of a verb, here one of: {}",
                                       fmt::join(names, ", ")),
               .fix = nearest.empty() ? std::string{"remove it"}
                                      : fmt::format("did you mean '{}'?", nearest)}};
}

/// Lets `--config` stand behind the verb: what a verb does not know goes to the program.
void let_through(CLI::App& app) {
  for (CLI::App* verb : app.get_subcommands({})) {
    verb->fallthrough();
    let_through(*verb);
  }
}

/// Reads TOML by toml++ and hands every key to the verb that was asked for.
class TomlConfig final : public CLI::Config {
 public:
  explicit TomlConfig(const CLI::App& app) : app_{app} {}

  std::string to_config(const CLI::App* /*app*/, bool /*defaults*/, bool /*descriptions*/,
                        std::string /*prefix*/) const override {
    return {};  // mbench never writes configuration files
  }

  std::vector<CLI::ConfigItem> from_config(std::istream& stream) const override {
    toml::table table;
    try {
      table = toml::parse(stream);
    } catch (const toml::parse_error& error) {
      throw Error{ErrorKind::usage,
                  {.what = "the configuration file is not TOML",
                   .where = fmt::format("line {}", error.source().begin.line),
                   .found = std::string{error.description()}}};
    }
    // The verb that was asked for, with its own verb if it has one: `data check`.
    std::vector<std::string> path;
    const CLI::App* verb = &app_;
    while (!verb->get_subcommands().empty()) {
      verb = verb->get_subcommands().front();
      path.push_back(verb->get_name());
    }
    std::vector<CLI::ConfigItem> settings;
    for (const auto& [key, node] : table) {
      const std::string name{key.str()};
      if (!has_option(*verb, name)) {
        if (is_option_of_any(app_, name)) continue;  // one file may serve several verbs
        throw_unknown_key(*verb, name);
      }
      CLI::ConfigItem item;
      item.name = name;
      item.parents = path;
      if (const toml::array* array = node.as_array()) {
        for (const toml::node& entry : *array) item.inputs.push_back(as_text(entry, name));
      } else {
        item.inputs.push_back(as_text(node, name));
      }
      settings.push_back(std::move(item));
    }
    return settings;
  }

 private:
  const CLI::App& app_;
};

bool is_report_format(std::string_view name) {
  return std::ranges::find(report_formats(), name, &ReportFormat::id) != report_formats().end();
}

/// Does the option's own check let the value pass?
bool accepts(CLI::Option& option, const std::string& value) {
  std::string text = value;
  const CLI::Validator* check = option.get_validator(0);
  return check == nullptr || (*check)(text).empty();
}

}  // namespace

void set_up_config(CLI::App& app) {
  app.set_config("--config", "", "TOML file whose keys are long option names");
  app.config_formatter(std::make_shared<TomlConfig>(app));  // CLI11 keeps shared ownership
  app.allow_config_extras(CLI::config_extras_mode::error);
  let_through(app);
}

void bind_environment(CLI::App& verb, const std::set<std::string>& except) {
  for (CLI::Option* option : verb.get_options()) {
    if (option->get_lnames().empty()) continue;
    const std::string& long_name = option->get_lnames().front();
    if (long_name == "help" || except.contains(long_name)) continue;
    std::string name = "MBENCH_" + long_name;
    std::ranges::transform(name, name.begin(), [](unsigned char c) {
      return c == '-' ? '_' : static_cast<char>(std::toupper(c));
    });
    // Formats differ from verb to verb: one that this verb has not got is not meant for it.
    const char* value = std::getenv(name.c_str());
    const bool is_other_verbs = value != nullptr && long_name == "format" &&
                                is_report_format(value) && !accepts(*option, value);
    if (!is_other_verbs) option->envname(name);
  }
}

std::string environment_behind(const CLI::App& verb, std::string_view message,
                               const std::vector<std::string>& command_line) {
  for (const CLI::Option* option : verb.get_options()) {
    if (option->get_envname().empty() || option->get_lnames().empty()) continue;
    const std::string name = "--" + option->get_lnames().front();
    const bool is_meant = message.starts_with(name + ":") || message.starts_with(name + " ");
    const bool is_on_command_line = std::ranges::any_of(command_line, [&](std::string_view word) {
      return word == name || word.starts_with(name + "=");
    });
    if (is_meant && !is_on_command_line && std::getenv(option->get_envname().c_str()) != nullptr) {
      return option->get_envname();
    }
  }
  return {};
}

}  // namespace mbench::app

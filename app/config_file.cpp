#include "app/config_file.hpp"

#include <algorithm>
#include <cctype>
#include <istream>
#include <memory>
#include <string>
#include <vector>

#include <fmt/core.h>
#include <toml++/toml.h>
#include <CLI/CLI.hpp>

#include "core/error.hpp"

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
    std::vector<CLI::ConfigItem> settings;
    for (const auto& [key, node] : table) {
      CLI::ConfigItem item;
      item.name = std::string{key.str()};
      for (const CLI::App* verb : app_.get_subcommands()) item.parents.push_back(verb->get_name());
      if (const toml::array* array = node.as_array()) {
        for (const toml::node& entry : *array) item.inputs.push_back(as_text(entry, key.str()));
      } else {
        item.inputs.push_back(as_text(node, key.str()));
      }
      settings.push_back(std::move(item));
    }
    return settings;
  }

 private:
  const CLI::App& app_;
};

}  // namespace

void set_up_config(CLI::App& app) {
  app.set_config("--config", "", "TOML file whose keys are long option names");
  app.config_formatter(std::make_shared<TomlConfig>(app));  // CLI11 keeps shared ownership
  app.allow_config_extras(CLI::config_extras_mode::error);
  for (CLI::App* verb : app.get_subcommands({})) verb->fallthrough();
}

void bind_environment(CLI::App& verb) {
  for (CLI::Option* option : verb.get_options()) {
    if (option->get_lnames().empty() || option->get_lnames().front() == "help") continue;
    std::string name = "MBENCH_" + option->get_lnames().front();
    std::ranges::transform(name, name.begin(), [](unsigned char c) {
      return c == '-' ? '_' : static_cast<char>(std::toupper(c));
    });
    option->envname(name);
  }
}

}  // namespace mbench::app

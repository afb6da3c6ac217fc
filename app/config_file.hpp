#pragma once
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
}

namespace mbench::app {

/// Adds `--config FILE` to the program: a TOML file whose keys are the long names of the verb's
/// options. The command line beats it, it beats the environment (MBENCH_<OPTION>). Unknown keys are
/// wrong usage. To be called after all verbs were added.
void set_up_config(CLI::App& app);

/// Lets options of the verb be set by the environment variable MBENCH_<LONG NAME>, e.g.
/// MBENCH_THREADS or MBENCH_NO_MATTES; all but those in `except`, whose value suits one call alone.
/// MBENCH_FORMAT is ignored by a verb that has not got the format which it names. To be called when
/// the verb has all its options.
void bind_environment(CLI::App& verb, const std::set<std::string>& except);

/// The environment variable behind an option of which `message`, one of CLI11's, complains, or "".
[[nodiscard]] std::string environment_behind(const CLI::App& verb, std::string_view message,
                                             const std::vector<std::string>& command_line);

}  // namespace mbench::app

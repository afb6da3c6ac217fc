#pragma once
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace mbench::app {

// One function per verb: it binds the verb's options; the work is done in the verb's callback.
// `command_line` is what the program was called with, for records.
void add_run_command(CLI::App& app, const std::vector<std::string>& command_line);
void add_eval_command(CLI::App& app, const std::vector<std::string>& command_line);
void add_bench_command(CLI::App& app, const std::vector<std::string>& command_line);
void add_explain_command(CLI::App& app);
void add_list_command(CLI::App& app);
void add_data_command(CLI::App& app);
void add_compose_command(CLI::App& app);
void add_demo_command(CLI::App& app);
void add_trimap_command(CLI::App& app, const std::vector<std::string>& command_line);
void add_selftest_command(CLI::App& app);
void add_new_method_command(CLI::App& app);

}  // namespace mbench::app

#include <csignal>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include <fmt/core.h>
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "app/commands.hpp"
#include "app/config_file.hpp"
#include "app/exit_codes.hpp"
#include "core/error.hpp"
#include "core/heap.hpp"
#include "core/registry.hpp"
#include "core/version.hpp"
#include "runners/environment.hpp"

namespace mbench::app {
namespace {

std::string version_text() {
  const Version build = version();
  std::string text = fmt::format("mbench {} ({})\n{}, {}\n", build.version, build.commit,
                                 build.compiler, build.build_type);
  for (const auto& [name, library_version] : runners::environment(1).libraries) {
    text += fmt::format("{} {}\n", name, library_version);
  }
  text.pop_back();
  return text;
}

/// The exit code, unless what was printed did not reach its place: a table cut by a full disk is no
/// success.
ExitCode written_to_stdout(ExitCode code) {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return code;
  fmt::print(stderr, "mbench: error: cannot write to standard output\n");
  return ExitCode::not_available;
}

/// CLI11 only says that a verb is missing when one is misspelt.
void require_known_verbs(const CLI::App& app, const std::vector<std::string>& command_line) {
  const CLI::App* verb = &app;
  for (std::size_t i = 1; i < command_line.size(); ++i) {
    const std::string& word = command_line[i];
    const auto verbs = verb->get_subcommands({});
    if (verbs.empty() || word.starts_with('-')) return;
    std::vector<std::string_view> names;
    const CLI::App* named = nullptr;
    for (const CLI::App* candidate : verbs) {
      names.push_back(candidate->get_name());
      if (candidate->get_name() == word) named = candidate;
    }
    if (named == nullptr) {
      const std::string nearest = nearest_name(word, names);
      throw Error{ErrorKind::usage,
                  {.what = fmt::format("unknown verb '{}'", word),
                   .expected = fmt::format("one of: {}", fmt::join(names, ", ")),
                   .fix = nearest.empty() ? std::string{"see `mbench --help`"}
                                          : fmt::format("did you mean '{}'?", nearest)}};
    }
    verb = named;
  }
}

int run(int argc, char** argv) {
  keep_freed_memory();
  std::signal(SIGCHLD, SIG_DFL);  // one that was inherited as ignored would hide how programs end
  CLI::App app{"Benchmark and evaluation suite for image matting"};
  app.require_subcommand(1);
  app.set_version_flag("--version", version_text, "Print version, commit, compiler and libraries");
  app.footer("Example: mbench run --method closed-form --dataset demo");
  const std::vector<std::string> command_line{argv, argv + argc};
  add_run_command(app, command_line);
  add_eval_command(app, command_line);
  add_bench_command(app, command_line);
  add_list_command(app);
  add_explain_command(app);
  add_data_command(app);
  add_demo_command(app);
  add_compose_command(app);
  add_trimap_command(app, command_line);
  add_selftest_command(app);
  add_new_method_command(app);
  set_up_config(app);

  try {
    require_known_verbs(app, command_line);
    app.parse(argc, argv);
    return static_cast<int>(written_to_stdout(ExitCode::success));
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // --help, --version
    const bool has_verb = !app.get_subcommands().empty();
    const std::string variable =
        has_verb ? environment_behind(*app.get_subcommands().front(), error.what(), command_line)
                 : std::string{};
    fmt::print(stderr, "mbench: error: {}{}\n  fix:      see `mbench{} --help`\n", error.what(),
               variable.empty() ? "" : fmt::format(" (from the environment: {})", variable),
               has_verb ? " " + app.get_subcommands().front()->get_name() : "");
    return static_cast<int>(ExitCode::wrong_usage);
  } catch (const Exit& exit) {
    return static_cast<int>(written_to_stdout(exit.code));
  } catch (const Error& error) {
    fmt::print(stderr, "mbench: error: {}\n", error.what());
    return static_cast<int>(exit_code(error.kind()));
  } catch (const std::exception& error) {
    fmt::print(stderr, "mbench: internal error: {}\n", error.what());
    return static_cast<int>(ExitCode::not_available);
  }
}

}  // namespace
}  // namespace mbench::app

int main(int argc, char** argv) { return mbench::app::run(argc, argv); }

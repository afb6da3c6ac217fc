#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <system_error>

#include <fmt/core.h>
#include <CLI/CLI.hpp>

#include "app/commands.hpp"
#include "baselines/new_method.hpp"
#include "core/error.hpp"
#include "core/text_file.hpp"

namespace mbench::app {
namespace {
namespace fs = std::filesystem;

struct NewMethodCommand {
  std::string name;
  std::string kind{"card"};
  std::string out{"."};
};

/// A tree that has the method by halves would not build: what was written is taken back if the
/// rest cannot be.
void write_all_or_nothing(const fs::path& folder, const baselines::NewMethod& method) {
  std::size_t written = 0, changed = 0;
  try {
    for (; written < method.files.size(); ++written) {
      const baselines::NewFile& file = method.files[written];
      write_text_file_atomically(folder / file.path, file.text);
    }
    for (; changed < method.edits.size(); ++changed) {
      const baselines::TreeEdit& edit = method.edits[changed];
      write_text_file_atomically(folder / edit.path, edit.after);
    }
  } catch (...) {
    std::error_code ignored;
    for (std::size_t i = 0; i < written; ++i) fs::remove(folder / method.files[i].path, ignored);
    for (std::size_t i = 0; i < changed; ++i) {
      write_text_file_atomically(folder / method.edits[i].path, method.edits[i].before);
    }
    throw;
  }
}

void write(const NewMethodCommand& command) {
  using Kind = baselines::NewMethodKind;
  const std::map<std::string, Kind> kinds{
      {"card", Kind::card}, {"command", Kind::command}, {"cpp", Kind::cpp}};
  const Kind kind = kinds.at(command.kind);
  const fs::path folder = command.out;
  const baselines::NewMethod method = baselines::new_method(kind, command.name, folder);
  for (const baselines::NewFile& file : method.files) {
    if (!fs::exists(folder / file.path)) continue;
    throw Error{ErrorKind::usage,
                {.what = "a file of that name is there already",
                 .where = (folder / file.path).string(),
                 .fix = "choose another name or --out folder: nothing is overwritten"}};
  }
  write_all_or_nothing(folder, method);
  for (const baselines::NewFile& file : method.files) {
    fmt::print("written: {}\n", (folder / file.path).string());
  }
  for (const baselines::TreeEdit& edit : method.edits) {
    const std::size_t first = edit.added.find_first_not_of(' ');
    fmt::print("changed: {}, by the line\n             {}\n", (folder / edit.path).string(),
               edit.added.substr(first));
  }
  fmt::print("\n{}", method.next_steps);
}

}  // namespace

void add_new_method_command(CLI::App& app) {
  CLI::App* verb = app.add_subcommand(
      "new-method", "Write the beginnings of a method that works at once, to be made your own");
  auto command = std::make_shared<NewMethodCommand>();  // shared with the callback
  verb->add_option("name", command->name, "Its name: letters, digits, '-' and '_'")->required();
  verb->add_option(
          "--kind", command->kind,
          "card: for a network exported to ONNX or TorchScript; command: a program; cpp: a "
          "class with its test, entered in mbench's source tree")
      ->check(CLI::IsMember({"card", "command", "cpp"}))
      ->capture_default_str();
  verb->add_option("-o,--out,--folder", command->out,
                   "Folder for the files; for cpp the root of mbench's source tree")
      ->capture_default_str();
  verb->footer("Example: mbench new-method my-net && mbench run -m card:file=my-net.toml -d demo");
  verb->callback([command] { write(*command); });
}

}  // namespace mbench::app

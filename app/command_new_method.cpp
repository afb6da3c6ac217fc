#include <filesystem>
#include <map>
#include <memory>
#include <string>

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

void write(const NewMethodCommand& command) {
  using Kind = baselines::NewMethodKind;
  const std::map<std::string, Kind> kinds{
      {"card", Kind::card}, {"command", Kind::command}, {"cpp", Kind::cpp}};
  const Kind kind = kinds.at(command.kind);
  const fs::path folder = command.out;
  if (kind == Kind::cpp && !fs::exists(folder / "baselines/catalog.cpp")) {
    throw Error{
        ErrorKind::usage,
        {.what = "a method in C++ belongs into mbench's source tree",
         .where = folder.string(),
         .expected = "a folder with baselines/catalog.cpp",
         .fix = "name the source tree with --out, or bring the method as it is: --kind card "
                "or command"}};
  }
  const baselines::NewMethod method = baselines::new_method(kind, command.name, folder);
  for (const baselines::NewFile& file : method.files) {
    if (!fs::exists(folder / file.path)) continue;
    throw Error{ErrorKind::usage,
                {.what = "a file of that name is there already",
                 .where = (folder / file.path).string(),
                 .fix = "choose another name or --out folder: nothing is overwritten"}};
  }
  for (const baselines::NewFile& file : method.files) {
    write_text_file_atomically(folder / file.path, file.text);
    fmt::print("written: {}\n", (folder / file.path).string());
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
          "class with its test, in mbench's source tree")
      ->check(CLI::IsMember({"card", "command", "cpp"}))
      ->capture_default_str();
  verb->add_option("-o,--out", command->out, "Folder for the files")->capture_default_str();
  verb->footer("Example: mbench new-method my-net && mbench run -m card:file=my-net.toml -d demo");
  verb->callback([command] { write(*command); });
}

}  // namespace mbench::app

#include "baselines/command/command.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "baselines/command/command_line.hpp"
#include "baselines/command/program.hpp"
#include "baselines/segmentation_input.hpp"
#include "baselines/trimap_input.hpp"
#include "core/error.hpp"
#include "core/sha256.hpp"
#include "core/stopwatch.hpp"
#include "core/text_file.hpp"
#include "imaging/io.hpp"

namespace mbench::baselines {
namespace {
namespace fs = std::filesystem;

constexpr std::array<std::string_view, 6> kPlaceholders{"image", "trimap", "mask",
                                                        "out",   "id",     "list"};

constexpr std::array kOptions{
    OptionSpec{.name = "run",
               .help = "the program and its arguments, with {image}, {trimap}, {mask}, {id} and "
                       "{out}, or {list} to start it once for all samples; no shell reads it"},
    OptionSpec{
        .name = "timeout",
        .help = "seconds that one image may take; of a batch: that may pass without a new matte",
        .type = OptionType::number,
        .default_value = "600",
        .min = 0.001,
        .max = 1e6},
    OptionSpec{.name = "inputs",
               .help = "what {list} names beside the image",
               .type = OptionType::choice,
               .default_value = "image",
               .choices = "image|trimap|mask|trimap+mask"},
    OptionSpec{.name = "title", .help = "name of the method in tables"}};

/// A command line that has been read and checked.
struct Command {
  std::vector<std::string> words{};
  std::set<std::string> used{};  ///< placeholders
  bool trimap{}, mask{};         ///< what goes to the program beside the image

  [[nodiscard]] bool batch() const { return used.contains("list"); }
};

[[noreturn]] void refuse(std::string what, const std::string& run, std::string fix) {
  throw Error{ErrorKind::usage,
              {.what = std::move(what),
               .expected = "command:run=\"python infer.py --image {image} --out {out}\", or "
                           "command:run=\"python infer.py {list}\"",
               .found = run,
               .fix = std::move(fix)}};
}

Command read_command(const Options& options) {
  if (!options.has("run")) {
    refuse("method 'command' needs the option 'run'", "", "name the program that is to be run");
  }
  const std::string& run = options.text("run");
  Command command{.words = split_command(run)};
  for (const std::string& word : command.words) {
    for (std::string& name : placeholders(word, kPlaceholders)) {
      command.used.insert(std::move(name));
    }
  }
  const std::string& inputs = options.text("inputs");
  if (command.batch()) {
    if (command.used.size() > 1) {
      refuse("a command with {list} has no single image", run,
             "leave the other placeholders out: the list names the files");
    }
    command.trimap = inputs.starts_with("trimap");
    command.mask = inputs.ends_with("mask");
    return command;
  }
  if (!command.used.contains("out") || !command.used.contains("image")) {
    refuse("the command does not say where the image and the matte are", run,
           "write {image} and {out} where the program expects their files");
  }
  if (inputs != "image") {
    refuse("option 'inputs' of method 'command' goes with {list}", run,
           "write {trimap} or {mask} instead");
  }
  command.trimap = command.used.contains("trimap");
  command.mask = command.used.contains("mask");
  return command;
}

/// The files that the command names: the program, and what stands alone in a word or behind its
/// first equals sign (--weights=net.pth).
std::vector<fs::path> named_files(const Command& command, const fs::path& program) {
  std::vector<fs::path> files;
  const auto add = [&](const fs::path& file) {
    std::error_code error;
    const bool readable = ::access(file.c_str(), R_OK) == 0;  // a program need not be
    if (readable && fs::is_regular_file(file, error)) files.push_back(file);
  };
  add(program);
  for (const std::string& braced : std::span{command.words}.subspan(1)) {
    const std::string word = fill_in(braced, {});
    add(word);
    if (const std::size_t sign = word.find('='); sign != std::string::npos) {
      add(word.substr(sign + 1));
    }
  }
  return files;
}

/// The files of one sample.
struct Files {
  fs::path image, trimap, mask, out;
};

Files files_in(const fs::path& folder, std::string_view stem) {
  const auto file = [&](std::string_view role) {
    return folder / fmt::format("{}{}.png", stem, role);
  };
  return {
      .image = file("image"), .trimap = file("trimap"), .mask = file("mask"), .out = file("out")};
}

void write_inputs(const Command& command, const MattingInput& input, const Files& files) {
  if (input.image.depth() == Depth::f32) {
    throw Error{ErrorKind::bad_input,
                {.what = "method 'command' hands images over as PNG, which holds integers",
                 .where = std::string{input.sample_id},
                 .expected = "an image of 8 or 16 bits",
                 .found = "floats",
                 .fix = "store the image in 16 bits"}};
  }
  imaging::write_image(files.image, input.image);
  if (command.trimap) imaging::write_trimap(files.trimap, require_trimap(input, "command"));
  if (command.mask) {
    imaging::write_matte(files.mask, require_segmentation(input, "command").view(), Depth::u8);
  }
}

/// `failure`: what is known about the program if it failed.
Matte read_answer(const MattingInput& input, const Files& files, const std::string& failure) {
  if (!fs::exists(files.out)) {
    const bool ended_well = failure.empty();
    throw Error{ErrorKind::method,
                {.what = ended_well ? "the program wrote no matte" : "the program failed",
                 .where = std::string{input.sample_id},
                 .expected = ended_well ? "a file at the path that it was given as {out}"
                                        : "exit status 0 and a matte",
                 .found = ended_well ? "exit status 0 and no file" : failure,
                 .fix = "run it by hand on this image"}};
  }
  const auto known = [&](std::string found) {
    return failure.empty() ? found : fmt::format("{}; the program: {}", found, failure);
  };
  Matte matte = [&] {
    try {
      return imaging::read_matte(files.out);
    } catch (const Error& error) {  // its place is a folder that will be gone
      ErrorParts parts = error.parts();
      parts.where = std::string{input.sample_id};
      parts.found = known(parts.found.empty() ? "a damaged matte" : parts.found);
      throw Error{ErrorKind::method, std::move(parts)};
    }
  }();
  if (matte.size() != input.image.size()) {
    throw Error{ErrorKind::method,
                {.what = "the program's matte must have the size of the image",
                 .where = std::string{input.sample_id},
                 .expected = fmt::format("{} (image)", to_string(input.image.size())),
                 .found = known(fmt::format("{} (matte)", to_string(matte.size()))),
                 .fix = "resize it in the program: mbench never does"}};
  }
  return matte;
}

/// What a program has done for all samples of a run. Its time is shared out evenly.
class BatchAnswers final : public Method {
 public:
  /// Runs the program. Samples that cannot be read are left out of its list.
  BatchAnswers(const Command& command, const fs::path& program, double timeout_s,
               const PendingSamples& samples) {
    std::string list;
    Stopwatch watch;
    for (std::size_t i = 0; i < samples.ids.size(); ++i) {
      if (samples.interrupted != nullptr && samples.interrupted->load()) return;
      const Files files = files_in(folder_.path(), fmt::format("{:06}-", i));
      try {
        samples.visit(i, [&](const MattingInput& input) { write_inputs(command, input, files); });
      } catch (const Error& error) {
        errors_.emplace(samples.ids[i], error);  // for its row
        continue;
      }
      nlohmann::ordered_json line{{"id", samples.ids[i]}, {"image", files.image.string()}};
      if (command.trimap) line["trimap"] = files.trimap.string();
      if (command.mask) line["mask"] = files.mask.string();
      line["out"] = files.out.string();
      // The id tells people which sample it is: bytes that are no UTF-8 may be replaced in it.
      list += line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
      files_.emplace(samples.ids[i], files);
    }
    if (files_.empty()) return;
    const auto count = static_cast<double>(files_.size());
    share_.prepare_s = watch.lap() / count;
    const fs::path list_file = folder_ / "list.jsonl";
    write_text_file_atomically(list_file, list);
    const std::array values{std::pair<std::string_view, std::string>{"list", list_file.string()}};
    std::vector<std::string> words;
    for (const std::string& word : command.words) words.push_back(fill_in(word, values));
    const ProgramLimits limits{.timeout_s = timeout_s,
                               .interrupted = samples.interrupted,
                               .progress = [this] { return count_mattes(); }};
    const ProgramEnd end = run_program(program, words, limits);
    if (!end.success()) failure_ = describe(end, limits);
    share_.infer_s = watch.lap() / count;
  }

  [[nodiscard]] std::size_t count_mattes() const {
    return static_cast<std::size_t>(std::ranges::count_if(files_, [](const auto& id_and_files) {
      std::error_code error;
      return fs::exists(id_and_files.second.out, error);
    }));
  }

  [[nodiscard]] Estimate estimate(const MattingInput& input) const override {
    Stopwatch watch;
    if (const auto error = errors_.find(input.sample_id); error != errors_.end()) {
      throw error->second;
    }
    const auto files = files_.find(input.sample_id);
    if (files == files_.end()) {
      throw Error{ErrorKind::method,
                  {.what = "the program was not given this sample",
                   .where = std::string{input.sample_id},
                   .found = "the run was interrupted before"}};
    }
    EstimateTimes times = share_;
    Matte alpha = read_answer(input, files->second, failure_);
    times.finish_s = watch.lap();
    return {.alpha = std::move(alpha), .times = times};
  }

 private:
  ScratchFolder folder_{};
  std::map<std::string, Files, std::less<>> files_{};
  std::map<std::string, Error, std::less<>> errors_{};  ///< of samples that are in no list
  std::string failure_{};
  EstimateTimes share_{};
};

class CommandMethod final : public Method {
 public:
  explicit CommandMethod(const Options& options)
      : command_{read_command(options)},
        program_{find_program(command_.words.front())},
        timeout_s_{options.number("timeout")},
        title_{options.has("title") ? options.text("title") : std::string{}} {
    Sha256 hash;
    for (const fs::path& file : named_files(command_, program_)) hash.update(sha256_file(file));
    files_sha256_ = hash.hex_digest();
  }

  [[nodiscard]] Estimate estimate(const MattingInput& input) const override {
    if (command_.batch()) return answer_one(input);
    const ScratchFolder folder;
    const Files files = files_in(folder.path(), "");
    EstimateTimes times;
    Stopwatch watch;
    write_inputs(command_, input, files);
    times.prepare_s = watch.lap();

    const std::array values{
        std::pair<std::string_view, std::string>{"image", files.image.string()},
        std::pair<std::string_view, std::string>{"trimap", files.trimap.string()},
        std::pair<std::string_view, std::string>{"mask", files.mask.string()},
        std::pair<std::string_view, std::string>{"out", files.out.string()},
        std::pair<std::string_view, std::string>{"id", std::string{input.sample_id}}};
    std::vector<std::string> words;
    for (const std::string& word : command_.words) words.push_back(fill_in(word, values));
    const ProgramLimits limits{.timeout_s = timeout_s_};
    const ProgramEnd end = run_program(program_, words, limits);
    times.infer_s = watch.lap();

    // A program that failed has not answered, even if it has written something before.
    if (!end.success()) fs::remove(files.out);
    Matte alpha = read_answer(input, files, end.success() ? std::string{} : describe(end, limits));
    times.finish_s = watch.lap();
    return {.alpha = std::move(alpha), .times = times};
  }

  [[nodiscard]] std::unique_ptr<Method> answer_all(const PendingSamples& samples) const override {
    if (!command_.batch()) return nullptr;
    auto answers = std::make_unique<BatchAnswers>(command_, program_, timeout_s_, samples);
    const bool interrupted = samples.interrupted != nullptr && samples.interrupted->load();
    if (interrupted && answers->count_mattes() == 0) return nullptr;
    return answers;
  }

  [[nodiscard]] std::string content_sha256(std::span<const std::string>) const override {
    return files_sha256_;
  }

  [[nodiscard]] MethodFacts facts() const override {
    return {.title = title_, .precision = "unknown"};
  }

 private:
  /// A batch of one: for a method that wraps this one and asks about images of its own.
  [[nodiscard]] Estimate answer_one(const MattingInput& input) const {
    const std::array ids{std::string{input.sample_id}};
    const BatchAnswers answers{
        command_, program_, timeout_s_,
        PendingSamples{
            .ids = ids,
            .visit = [&](std::size_t, const std::function<void(const MattingInput&)>& use) {
              use(input);
            }}};
    return answers.estimate(input);
  }

  Command command_;
  fs::path program_;
  double timeout_s_;
  std::string title_;
  std::string files_sha256_{};  ///< of the program and the files that the command names
};

}  // namespace

constinit const MethodEntry command_method{
    .id = "command",
    .title = "Command",
    .cite = "",
    .summary = "Any program: it is given image files and writes a matte",
    .needs = {},
    .options = kOptions,
    .make = [](const MethodSettings& settings) -> std::unique_ptr<Method> {
      return std::make_unique<CommandMethod>(settings.options);
    },
    .needs_of =
        [](const Options& options) {
          const Command command = read_command(options);
          return Needs{.trimap = command.trimap, .segmentation = command.mask};
        }};

}  // namespace mbench::baselines

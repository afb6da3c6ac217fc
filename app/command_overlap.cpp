#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/core.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/commands.hpp"
#include "app/exit_codes.hpp"
#include "app/output.hpp"
#include "core/error.hpp"
#include "core/path_kind.hpp"
#include "core/text_file.hpp"
#include "datasets/overlap.hpp"

namespace mbench::app {
namespace {

struct OverlapCommand {
  std::string test, train;
  std::string save_hashes;
  int distance{datasets::kSamePicture};
  int threads{0};
  bool json{false};
};

void print_json(const std::vector<datasets::Overlap>& overlaps) {
  auto array = nlohmann::ordered_json::array();
  for (const datasets::Overlap& overlap : overlaps) {
    array.push_back({{"test", overlap.test},
                     {"train", overlap.train},
                     {"agreement", to_string(overlap.agreement)},
                     {"distance", overlap.distance},
                     {"mirrored", overlap.mirrored}});
  }
  fmt::print("{}\n", array.dump(2));
}

void print_text(const std::vector<datasets::Overlap>& overlaps, const datasets::Fingerprints& test,
                const datasets::Fingerprints& train) {
  std::string_view last;
  int contaminated = 0;
  for (const datasets::Overlap& overlap : overlaps) {
    const std::string how =
        overlap.agreement == datasets::Agreement::bytes
            ? std::string{"equal files"}
            : fmt::format("{}, distance {}{}", to_string(overlap.agreement), overlap.distance,
                          overlap.mirrored ? ", mirrored" : "");
    fmt::print("{}: {} ({})\n", overlap.test, overlap.train, how);
    if (overlap.test != last) ++contaminated;
    last = overlap.test;
  }
  fmt::print("{} of {} pictures of {} are among the {} of {}\n", contaminated, test.pictures.size(),
             test.name, train.pictures.size(), train.name);
}

/// Says of how many pictures only an equal file would be found.
void note_pictures_without_hash(const datasets::Fingerprints& set) {
  const auto without = std::ranges::count_if(
      set.pictures,
      [](const datasets::Fingerprint& picture) { return !picture.foreground && !picture.whole; });
  if (without == 0) return;
  fmt::print(stderr, "note: {} of {} pictures of {} have no hash: compared by bytes only\n",
             without, set.pictures.size(), set.name);
}

/// Hashing takes long: that the list could not be written is said before.
void require_place_of_list(const std::string& file) {
  const std::filesystem::path path = file;
  if (file.empty()) return;
  const bool names_folder = is_folder(path) || !path.has_filename();
  if (!names_folder && (!path.has_parent_path() || is_folder(path.parent_path()))) return;
  throw Error{
      ErrorKind::usage,
      {.what = names_folder ? "--save-hashes names a folder"
                            : "the folder for --save-hashes is not there",
       .where = names_folder ? file : path.parent_path().string(),
       .expected = "the name of a file in a folder that exists",
       .fix = names_folder ? fmt::format("e.g. --save-hashes {}", (path / "hashes.csv").string())
                           : "make the folder, or name another"}};
}

/// The fingerprints of a set, its problems printed; true if there is an error among these.
std::pair<datasets::Fingerprints, bool> read_set(const std::string& name, int threads) {
  datasets::Fingerprints set = datasets::fingerprints_of(name, threads);
  print_problems(set.problems);
  note_pictures_without_hash(set);
  const bool failed = std::ranges::any_of(set.problems, [](const datasets::Problem& problem) {
    return problem.severity == datasets::Severity::error;
  });
  return {std::move(set), failed};
}

void run(const OverlapCommand& command) {
  require_place_of_list(command.save_hashes);
  const auto [test, test_failed] = read_set(command.test, command.threads);
  if (command.train.empty()) {
    if (command.save_hashes.empty()) {
      throw Error{ErrorKind::usage,
                  {.what = "a test set is compared with a training set",
                   .found = "one name",
                   .fix = fmt::format("`mbench data overlap {} TRAIN`, or --save-hashes FILE",
                                      command.test)}};
    }
    write_text_file_atomically(command.save_hashes, datasets::to_csv(test.pictures));
    fmt::print("written: {} ({} pictures)\n", command.save_hashes, test.pictures.size());
    if (test_failed) throw Exit{ExitCode::bad_input};
    return;
  }
  const auto [train, train_failed] = read_set(command.train, command.threads);
  if (!command.save_hashes.empty()) {
    write_text_file_atomically(command.save_hashes, datasets::to_csv(train.pictures));
    fmt::print(stderr, "written: {} ({} pictures of {})\n", command.save_hashes,
               train.pictures.size(), train.name);
  }
  const std::vector<datasets::Overlap> overlaps =
      datasets::find_overlap(test.pictures, train.pictures, command.distance);
  if (command.json) {
    print_json(overlaps);
  } else {
    print_text(overlaps, test, train);
  }
  std::fflush(stdout);
  if (test_failed || train_failed) throw Exit{ExitCode::bad_input};
  if (!overlaps.empty()) throw Exit{ExitCode::check_failed};
}

}  // namespace

void add_overlap_command(CLI::App& data_verb) {
  auto command = std::make_shared<OverlapCommand>();  // shared with the callback
  CLI::App* verb = data_verb.add_subcommand(
      "overlap", "Find pictures of a test set in a training set; exit 1 if there are any");
  verb->add_option("TEST", command->test,
                   "Data set, folder of images or of fg/ and alpha/, or a list of hashes")
      ->required();
  verb->add_option("TRAIN", command->train, "The same; left out to save hashes alone");
  verb->add_option("--distance", command->distance,
                   "Bits of 64 in which the hashes of one picture may differ")
      ->check(CLI::Range(0, 32))
      ->capture_default_str();
  verb->add_option("--save-hashes", command->save_hashes,
                   "Write the hashes of TRAIN (else of TEST) to this file, which serves in the "
                   "place of the pictures");
  verb->add_option("-t,--threads", command->threads, "Files at a time (0: all cores)")
      ->check(not_negative())
      ->capture_default_str();
  verb->add_flag("--json", command->json, "As a JSON array");
  verb->footer("Example: mbench data overlap aim500 ../data/train --save-hashes train.csv");
  verb->callback([command] { run(*command); });
}

}  // namespace mbench::app

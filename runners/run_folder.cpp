#include "runners/run_folder.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "core/error.hpp"
#include "core/sha256.hpp"
#include "core/text_file.hpp"
#include "results/store.hpp"

namespace mbench::runners {
namespace {

namespace fs = std::filesystem;

fs::path log_file(const fs::path& folder) { return folder / "samples.jsonl"; }

struct AnswerPlace {
  std::string_view digest, folder;
};

/// In the order of Answer.
constexpr std::array kAnswers{AnswerPlace{"pred", "mattes"}, AnswerPlace{"pred_trimap", "trimaps"},
                              AnswerPlace{"pred_foreground", "foregrounds"},
                              AnswerPlace{"pred_background", "backgrounds"}};

const AnswerPlace& place_of(Answer answer) { return kAnswers[static_cast<std::size_t>(answer)]; }

void discard(const fs::path& folder) {
  fs::remove(record_file(folder));  // first: a record without rows must not be left behind
  fs::remove(log_file(folder));
  for (const AnswerPlace& place : kAnswers) fs::remove_all(folder / place.folder);
}

/// Leaves in the log only the rows that need not be run again, in one atomic step.
void rewrite_log(const fs::path& file, std::string_view identity,
                 const std::map<std::string, results::SampleResult>& kept) {
  std::string text = results::to_samples_header(identity) + "\n";
  for (const auto& [id, row] : kept) text += results::to_json_line(row) + "\n";
  write_text_file_atomically(file, text);
}

/// Are the row's matte and what came with it still as they were saved? True for rows that saved
/// nothing.
bool has_its_answers(const fs::path& folder, const results::SampleResult& row) {
  return std::ranges::all_of(row.sha256, [&](const auto& entry) {
    const auto place = std::ranges::find(kAnswers, entry.first, &AnswerPlace::digest);
    if (place == kAnswers.end()) return true;
    const auto answer = static_cast<Answer>(place - kAnswers.begin());
    const fs::path file = answer_file(folder, answer, row.id);
    return fs::is_regular_file(file) && sha256_file(file) == entry.second;
  });
}

/// Forgets the rows of samples that come after one without a row in their group.
void drop_dependent_rows(std::map<std::string, results::SampleResult>& finished,
                         std::span<const datasets::SampleGroup> groups) {
  for (const datasets::SampleGroup& group : groups) {
    const auto unfinished = std::ranges::find_if(
        group, [&](const SampleFiles* sample) { return !finished.contains(sample->id); });
    for (auto later = unfinished; later != group.end(); ++later) finished.erase((*later)->id);
  }
}

std::size_t count_samples(std::span<const datasets::SampleGroup> groups) {
  std::size_t count = 0;
  for (const datasets::SampleGroup& group : groups) count += group.size();
  return count;
}

/// Removes what a killed process left half-written.
void remove_temporary_files(const fs::path& folder) {
  std::vector<fs::path> leftovers;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator{folder}) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(".mbench-") && name.ends_with(".tmp")) leftovers.push_back(entry.path());
  }
  for (const fs::path& file : leftovers) fs::remove(file);
}

[[noreturn]] void throw_finished(const fs::path& folder) {
  throw Error{
      ErrorKind::usage,
      {.what = "this run is finished already",
       .where = record_file(folder).string(),
       .expected = "a new folder, or an unfinished run",
       .fix = "--fresh runs it again, --resume prints what is there, --out DIR keeps both"}};
}

[[noreturn]] void throw_other_identity(const fs::path& folder) {
  throw Error{ErrorKind::usage,
              {.what = "the folder holds results of another run",
               .where = folder.string(),
               .expected = "the same method with the same options, data, samples and protocols",
               .fix = "--out DIR keeps both; --fresh discards what is there"}};
}

}  // namespace

fs::path record_file(const fs::path& run_folder) { return run_folder / "record.json"; }

fs::path answer_file(const fs::path& run_folder, Answer answer, std::string_view sample_id) {
  return run_folder / place_of(answer).folder / (std::string{sample_id} + ".png");
}

std::string_view digest_name(Answer answer) { return place_of(answer).digest; }

fs::path matte_file(const fs::path& run_folder, std::string_view sample_id) {
  return answer_file(run_folder, Answer::matte, sample_id);
}

fs::path trimap_file(const fs::path& run_folder, std::string_view sample_id) {
  return answer_file(run_folder, Answer::trimap, sample_id);
}

void require_usable(const fs::path& folder, std::string_view identity, Existing existing) {
  if (existing == Existing::fresh) return;
  const bool has_record = fs::exists(record_file(folder));
  const std::string found =
      fs::exists(log_file(folder)) ? results::read_jsonl(log_file(folder)).identity : std::string{};
  // A record without the identity in its log belongs to a run that cannot be known.
  if (found != identity && (has_record || !found.empty())) throw_other_identity(folder);
  if (has_record && existing != Existing::resume) throw_finished(folder);
}

RunFolder open_run_folder(const fs::path& folder, std::string_view identity,
                          std::span<const datasets::SampleGroup> groups, Existing existing) {
  require_usable(folder, identity, existing);
  RunFolder opened{.lock = FolderLock{folder}};
  if (existing == Existing::fresh) discard(folder);
  remove_temporary_files(folder);

  const fs::path file = log_file(folder);
  if (!fs::exists(file)) {
    opened.log.emplace(results::JsonlWriter::create(file, identity));
    return opened;
  }
  results::SampleLog log = results::read_jsonl(file);
  for (const results::SampleResult& row : log.samples) {
    if (row.status == results::Status::ok && has_its_answers(folder, row)) {
      opened.finished.emplace(row.id, row);
    }
  }
  drop_dependent_rows(opened.finished, groups);
  if (fs::exists(record_file(folder))) {
    if (opened.finished.size() == count_samples(groups)) {
      opened.record = results::read_record(record_file(folder));
      return opened;
    }
    fs::remove(record_file(folder));  // it says what is about to be run again
  }
  if (opened.finished.size() < log.samples.size()) {
    rewrite_log(file, identity, opened.finished);
    log = results::read_jsonl(file);
  }
  opened.log.emplace(results::JsonlWriter::resume(file, log, identity));
  return opened;
}

}  // namespace mbench::runners

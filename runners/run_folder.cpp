#include "runners/run_folder.hpp"

#include <fmt/core.h>

#include "results/store.hpp"
#include "results/text_file.hpp"

namespace mbench::runners {
namespace {

namespace fs = std::filesystem;

fs::path log_file(const fs::path& folder) { return folder / "samples.jsonl"; }

void discard(const fs::path& folder) {
  fs::remove(record_file(folder));  // first: a record without rows must not be left behind
  fs::remove(log_file(folder));
  fs::remove_all(folder / "mattes");
}

/// Leaves in the log only the rows of samples that were finished, in one atomic step.
void drop_failed_rows(const fs::path& file, const results::SampleLog& log) {
  std::string text = results::to_samples_header(log.identity) + "\n";
  for (const results::SampleResult& row : log.samples) {
    if (row.status == results::Status::ok) text += results::to_json_line(row) + "\n";
  }
  results::write_text_file_atomically(file, text);
}

[[noreturn]] void throw_finished(const fs::path& folder) {
  throw Error{
      ErrorKind::usage,
      {.what = "this run is finished already",
       .where = record_file(folder).string(),
       .expected = "a new folder, or an unfinished run",
       .fix = "--fresh runs it again, --resume prints what is there, --out DIR keeps both"}};
}

[[noreturn]] void throw_other_identity(const fs::path& folder, bool finished) {
  throw Error{ErrorKind::usage,
              {.what = fmt::format("the folder holds {} results of another run",
                                   finished ? "finished" : "unfinished"),
               .where = folder.string(),
               .expected = "the same method with the same options, data, samples and protocols",
               .fix = "--out DIR keeps both; --fresh discards what is there"}};
}

}  // namespace

fs::path record_file(const fs::path& run_folder) { return run_folder / "record.json"; }

fs::path matte_file(const fs::path& run_folder, std::string_view sample_id) {
  return run_folder / "mattes" / (std::string{sample_id} + ".png");
}

RunFolder open_run_folder(const fs::path& folder, std::string_view identity, Existing existing) {
  if (existing == Existing::fresh) discard(folder);

  RunFolder opened;
  const fs::path file = log_file(folder);
  const bool has_record = fs::exists(record_file(folder));
  if (!fs::exists(file)) {
    if (has_record) throw_other_identity(folder, true);  // whose record it is cannot be known
    opened.log.emplace(results::JsonlWriter::create(file, identity));
    return opened;
  }

  results::SampleLog log = results::read_jsonl(file);
  if (!log.identity.empty() && log.identity != identity) throw_other_identity(folder, has_record);
  bool failures = false;
  for (results::SampleResult& row : log.samples) {
    if (row.status == results::Status::ok) {
      opened.finished.emplace(row.id, row);
    } else {
      failures = true;
    }
  }
  if (has_record) {
    if (existing != Existing::resume) throw_finished(folder);
    if (!failures) {
      opened.record = results::read_record(record_file(folder));
      return opened;
    }
  }
  if (failures) {
    drop_failed_rows(file, log);
    log = results::read_jsonl(file);
  }
  opened.log.emplace(results::JsonlWriter::resume(file, log, identity));
  return opened;
}

}  // namespace mbench::runners

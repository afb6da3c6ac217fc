#include "results/jsonl.hpp"

#include <algorithm>
#include <map>

#include <fmt/core.h>

#include "core/error.hpp"
#include "core/text_file.hpp"
#include "results/store.hpp"

namespace mbench::results {
namespace fs = std::filesystem;

namespace {

/// Could `text`, which has no line feed, be the beginning of a header?
bool begins_header(std::string_view text) {
  const std::string header = to_samples_header("");
  const std::string_view start = std::string_view{header}.substr(0, header.size() - 2);  // less "}
  const auto length = std::min(text.size(), start.size());
  return text.substr(0, length) == start.substr(0, length);
}

}  // namespace

SampleLog read_jsonl(const fs::path& file) {
  const std::string text = read_text_file(file);
  SampleLog log{.file_bytes = text.size()};
  std::map<std::string, int> line_of_id;
  std::string_view rest = text;
  for (int line_number = 1; !rest.empty(); ++line_number) {
    const auto end = rest.find('\n');
    const std::string where = fmt::format("{}, line {}", file.string(), line_number);
    const std::string_view line = rest.substr(0, end);
    if (end == std::string_view::npos) {
      if (line_number == 1 && !begins_header(line)) (void)parse_samples_header(line, where);
      log.unfinished_line = true;
      break;
    }
    if (line_number == 1) {
      log.identity = parse_samples_header(line, where);
    } else {
      log.samples.push_back(parse_json_line(line, where));
      const auto [entry, is_new] = line_of_id.emplace(log.samples.back().id, line_number);
      if (!is_new) {
        throw Error{ErrorKind::bad_input,
                    {.what = fmt::format("sample '{}' occurs twice", entry->first),
                     .where = where,
                     .expected = "every sample once",
                     .found = fmt::format("it stands in line {} too", entry->second),
                     .fix = "start the run anew with --fresh"}};
      }
    }
    rest.remove_prefix(end + 1);
    log.intact_bytes += end + 1;
  }
  return log;
}

JsonlWriter JsonlWriter::create(const fs::path& file, std::string_view identity) {
  JsonlWriter writer{LineLog{file}};
  writer.log_.cut_to(0);
  writer.log_.append(to_samples_header(identity));
  sync_folder(file.parent_path());
  return writer;
}

JsonlWriter JsonlWriter::resume(const fs::path& file, const SampleLog& log,
                                std::string_view identity) {
  if (log.intact_bytes == 0) return create(file, identity);
  if (log.identity != identity) {
    throw Error{ErrorKind::usage,
                {.what = "an unfinished run of something else lies here",
                 .where = file.string(),
                 .expected = fmt::format("identity {}", identity),
                 .found = fmt::format("identity {}", log.identity),
                 .fix = "start anew with --fresh, or choose another folder with --out"}};
  }
  JsonlWriter writer{LineLog{file}};
  if (const auto bytes = writer.log_.bytes(); bytes != log.file_bytes) {
    throw Error{ErrorKind::bad_input,
                {.what = "the file has changed while its run was being resumed",
                 .where = file.string(),
                 .expected = fmt::format("{} bytes", log.file_bytes),
                 .found = fmt::format("{} bytes", bytes),
                 .fix = "start again when no other mbench writes here"}};
  }
  writer.log_.cut_to(log.intact_bytes);
  return writer;
}

void JsonlWriter::append(const SampleResult& sample) { log_.append(to_json_line(sample)); }

}  // namespace mbench::results

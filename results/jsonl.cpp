#include "results/jsonl.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <map>
#include <system_error>

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

JsonlWriter JsonlWriter::open_locked(const fs::path& file) {
  if (file.has_parent_path()) {
    std::error_code code;
    fs::create_directories(file.parent_path(), code);
    if (code) {
      errno = code.value();
      throw_system_error("make folder", file.parent_path());
    }
  }
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (descriptor < 0) throw_system_error("open file", file);
  JsonlWriter writer{file, descriptor};
  // Any other failure means that this file system has no locks: then there is no protection, but
  // also no reason not to run.
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    throw Error{ErrorKind::bad_input,
                {.what = "another mbench is writing this file",
                 .where = file.string(),
                 .fix = "wait until it has ended, or choose another folder with --out"}};
  }
  return writer;
}

JsonlWriter JsonlWriter::create(const fs::path& file, std::string_view identity) {
  JsonlWriter writer = open_locked(file);
  writer.cut_to(0);
  writer.write_line(to_samples_header(identity));
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
  JsonlWriter writer = open_locked(file);
  if (const auto bytes = fs::file_size(file); bytes != log.file_bytes) {
    throw Error{ErrorKind::bad_input,
                {.what = "the file has changed while its run was being resumed",
                 .where = file.string(),
                 .expected = fmt::format("{} bytes", log.file_bytes),
                 .found = fmt::format("{} bytes", bytes),
                 .fix = "start again when no other mbench writes here"}};
  }
  writer.cut_to(log.intact_bytes);
  return writer;
}

JsonlWriter::JsonlWriter(JsonlWriter&& other) noexcept
    : file_{std::move(other.file_)},
      descriptor_{std::exchange(other.descriptor_, -1)},
      bytes_{other.bytes_} {}

JsonlWriter::~JsonlWriter() {
  if (descriptor_ >= 0) ::close(descriptor_);  // lets go of the lock too
}

void JsonlWriter::append(const SampleResult& sample) {
  const std::string line = to_json_line(sample);
  const std::lock_guard lock{mutex_};
  write_line(line);
}

void JsonlWriter::cut_to(std::uint64_t bytes) {
  if (::ftruncate(descriptor_, static_cast<off_t>(bytes)) != 0) {
    throw_system_error("shorten file", file_);
  }
  bytes_ = bytes;
}

void JsonlWriter::write_line(std::string_view line) {
  const std::uint64_t bytes_before = bytes_;
  try {
    write_all(descriptor_, std::string{line} + '\n', file_);
    if (::fdatasync(descriptor_) != 0) throw_system_error("flush file to disk", file_);
  } catch (const Error&) {
    // Half a line would spoil the next one. If this fails too, the error under way says enough.
    (void)!::ftruncate(descriptor_, static_cast<off_t>(bytes_before));
    throw;
  }
  bytes_ += line.size() + 1;
}

}  // namespace mbench::results

#include "baselines/checkpoint/zip_archive.hpp"

#include <zip.h>

#include <algorithm>
#include <exception>
#include <unordered_map>
#include <utility>

#include <fmt/core.h>

#include "baselines/checkpoint/pickle.hpp"
#include "core/error.hpp"

namespace mbench::checkpoint {
namespace {

/// Weights are stored or shrink by a few per cent; what unpacks to more is a bomb.
constexpr std::uint64_t kMostUnpacked = 16;
constexpr std::uint64_t kAlwaysUnpacked = std::uint64_t{1} << 24U;

[[noreturn]] void throw_bad_archive(std::string found) {
  throw Error{ErrorKind::bad_input,
              {.what = "the weight file is a damaged zip archive",
               .expected = "an archive that torch.save wrote",
               .found = std::move(found),
               .fix = "fetch it again and compare its size with what its page says"}};
}

/// libzip reads a ByteSource through this.
struct SourceState {
  const ByteSource* source;
  std::uint64_t position;
  zip_error_t error;
};

zip_int64_t read_source(SourceState& state, std::byte* data, zip_uint64_t length) {
  const std::uint64_t count = std::min(length, state.source->size() - state.position);
  try {
    state.source->read(state.position, {data, static_cast<std::size_t>(count)});
  } catch (const std::exception&) {  // must not pass through C
    zip_error_set(&state.error, ZIP_ER_READ, 0);
    return -1;
  }
  state.position += count;
  return static_cast<zip_int64_t>(count);
}

zip_int64_t seek_source(SourceState& state, void* data, zip_uint64_t length) {
  const zip_int64_t offset = zip_source_seek_compute_offset(state.position, state.source->size(),
                                                            data, length, &state.error);
  if (offset < 0) return -1;
  state.position = static_cast<std::uint64_t>(offset);
  return 0;
}

zip_int64_t source_callback(void* user, void* data, zip_uint64_t length, zip_source_cmd_t command) {
  SourceState& state = *static_cast<SourceState*>(user);
  switch (command) {
    case ZIP_SOURCE_OPEN: state.position = 0; return 0;
    case ZIP_SOURCE_READ: return read_source(state, static_cast<std::byte*>(data), length);
    case ZIP_SOURCE_CLOSE:
    case ZIP_SOURCE_FREE: return 0;  // State owns it
    case ZIP_SOURCE_STAT: {
      zip_stat_t* stat = static_cast<zip_stat_t*>(data);
      zip_stat_init(stat);
      stat->size = state.source->size();
      stat->valid = ZIP_STAT_SIZE;
      return sizeof *stat;
    }
    case ZIP_SOURCE_ERROR: return zip_error_to_data(&state.error, data, length);
    case ZIP_SOURCE_SEEK: return seek_source(state, data, length);
    case ZIP_SOURCE_TELL: return static_cast<zip_int64_t>(state.position);
    case ZIP_SOURCE_SUPPORTS:
      return zip_source_make_command_bitmap(
          ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR,
          ZIP_SOURCE_FREE, ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL, ZIP_SOURCE_SUPPORTS, -1);
    default: break;
  }
  zip_error_set(&state.error, ZIP_ER_OPNOTSUPP, 0);
  return -1;
}

}  // namespace

struct ZipArchive::State {
  SourceState source{};
  zip_t* archive{nullptr};
  std::vector<Entry> entries{};
  std::unordered_map<std::string, std::size_t> index{};
  std::uint64_t unpacked{0};

  State() { zip_error_init(&source.error); }
  ~State() {
    if (archive != nullptr) zip_discard(archive);
    zip_error_fini(&source.error);
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  void open() {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* input = zip_source_function_create(source_callback, &source, &error);
    if (input != nullptr) archive = zip_open_from_source(input, ZIP_RDONLY, &error);
    if (archive == nullptr) {
      std::string reason = zip_error_strerror(&error);
      zip_error_fini(&error);
      if (input != nullptr) zip_source_free(input);
      throw_bad_archive(std::move(reason));
    }
    zip_error_fini(&error);
  }

  void list() {
    const zip_int64_t count = zip_get_num_entries(archive, 0);
    for (zip_int64_t i = 0; i < count; ++i) {
      zip_stat_t stat;
      const auto number = static_cast<zip_uint64_t>(i);
      constexpr zip_uint64_t kNeeded = ZIP_STAT_NAME | ZIP_STAT_SIZE;
      if (zip_stat_index(archive, number, 0, &stat) != 0 || (stat.valid & kNeeded) != kNeeded) {
        throw_bad_archive(fmt::format("entry {} cannot be read", i));
      }
      if (!index.emplace(stat.name, entries.size()).second) {
        throw_bad_archive(fmt::format("two entries named '{}'", printable(stat.name)));
      }
      entries.push_back({.name = stat.name, .index = number, .size = stat.size});
    }
  }
};

ZipArchive::ZipArchive(const ByteSource& source) : state_{std::make_unique<State>()} {
  state_->source.source = &source;
  state_->open();
  state_->list();
}

ZipArchive::~ZipArchive() = default;
ZipArchive::ZipArchive(ZipArchive&&) noexcept = default;
ZipArchive& ZipArchive::operator=(ZipArchive&&) noexcept = default;

const std::vector<ZipArchive::Entry>& ZipArchive::entries() const { return state_->entries; }

const ZipArchive::Entry* ZipArchive::find(const std::string& name) const {
  const auto found = state_->index.find(name);
  return found == state_->index.end() ? nullptr : &state_->entries[found->second];
}

void ZipArchive::require_budget(const Entry& entry) const {
  const std::uint64_t size = state_->source.source->size();
  const std::uint64_t budget = kMostUnpacked * size + kAlwaysUnpacked;
  if (entry.size > budget || state_->unpacked > budget - entry.size) {
    throw Error{ErrorKind::bad_input,
                {.what = "the weight file claims to unpack to far more than its size",
                 .expected = fmt::format("at most {} bytes from a file of {}", budget, size),
                 .found = fmt::format("{} bytes and '{}' of {} more", state_->unpacked,
                                      printable(entry.name), entry.size),
                 .fix = "fetch it from where its authors published it"}};
  }
}

void ZipArchive::read(const Entry& entry, std::span<std::byte> out) {
  require_budget(entry);
  state_->unpacked += entry.size;
  const auto fail = [&](std::string_view reason) {
    throw_bad_archive(fmt::format("entry '{}': {}", printable(entry.name), reason));
  };
  zip_stat_t stat;
  if (zip_stat_index(state_->archive, entry.index, 0, &stat) != 0) fail("cannot be read");
  if (stat.comp_method != ZIP_CM_STORE && stat.comp_method != ZIP_CM_DEFLATE) {
    fail(fmt::format("packed by method {}", stat.comp_method));
  }
  const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file{
      zip_fopen_index(state_->archive, entry.index, 0), zip_fclose};
  if (file == nullptr) fail(zip_strerror(state_->archive));
  for (std::span<std::byte> rest = out; !rest.empty();) {
    const zip_int64_t count = zip_fread(file.get(), rest.data(), rest.size());
    if (count < 0) fail(zip_file_strerror(file.get()));
    if (count == 0) fail("shorter than it claims");
    rest = rest.subspan(static_cast<std::size_t>(count));
  }
  std::byte beyond{};  // the checksum is compared when the end is reached
  const zip_int64_t count = zip_fread(file.get(), &beyond, 1);
  if (count < 0) fail(zip_file_strerror(file.get()));
  if (count > 0) fail("longer than it claims");
}

}  // namespace mbench::checkpoint

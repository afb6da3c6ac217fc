#include <algorithm>
#include <memory>
#include <string>

#include <fmt/core.h>
#include <fmt/format.h>

#include "baselines/checkpoint/container.hpp"
#include "baselines/checkpoint/zip_archive.hpp"
#include "core/error.hpp"

namespace mbench::checkpoint {
namespace {

std::string first_names(const ZipArchive& archive) {
  constexpr std::size_t kShown = 8;
  std::vector<std::string> names;
  for (const ZipArchive::Entry& entry : archive.entries()) {
    if (names.size() == kShown) break;
    names.push_back(printable(entry.name));
  }
  const bool has_more = archive.entries().size() > kShown;
  return fmt::format("{}{}", fmt::join(names, ", "), has_more ? ", ..." : "");
}

/// The folder in which torch.save put everything: "NAME/", or "" for files at the top.
std::string archive_folder(const ZipArchive& archive) {
  constexpr std::string_view kPickle = "data.pkl";
  std::vector<std::string> folders;
  for (const ZipArchive::Entry& entry : archive.entries()) {
    if (!entry.name.ends_with(kPickle)) continue;
    const std::string folder = entry.name.substr(0, entry.name.size() - kPickle.size());
    const auto slash = folder.find('/');
    if (folder.empty() || slash == folder.size() - 1) folders.push_back(folder);
  }
  if (folders.size() == 1) return folders.front();
  throw Error{ErrorKind::bad_input,
              {.what = "the weight file is a zip archive, but not one that torch.save wrote",
               .expected = "one file data.pkl, at the top or in one folder",
               .found = archive.entries().empty() ? "no files" : first_names(archive),
               .fix = "if it holds the weight file, unpack it first"}};
}

void require_little_endian(ZipArchive& archive, const std::string& folder) {
  const ZipArchive::Entry* entry = archive.find(folder + "byteorder");
  if (entry == nullptr) return;  // before PyTorch 2.1
  std::string order(static_cast<std::size_t>(std::min<std::uint64_t>(entry->size, 16)), '\0');
  if (entry->size == order.size()) archive.read(*entry, std::as_writable_bytes(std::span{order}));
  if (order == "little") return;
  throw Error{ErrorKind::bad_input,
              {.what = "the weight file was written in another byte order",
               .expected = "little",
               .found = printable(order),
               .fix = "save it again on a little-endian machine"}};
}

Pickle read_object(ZipArchive& archive, const ZipArchive::Entry& entry) {
  archive.require_budget(entry);
  StorageBytes pickled{static_cast<std::size_t>(entry.size)};
  archive.read(entry, pickled.bytes());
  const auto memory = open_memory(pickled.bytes());
  PickleReader reader{*memory};
  return read_pickle(reader);
}

}  // namespace

PickledFile open_zip_container(const ByteSource& source) {
  const auto archive = std::make_shared<ZipArchive>(source);  // shared with `load`
  const std::string folder = archive_folder(*archive);
  if (archive->find(folder + "constants.pkl") != nullptr) {
    throw Error{ErrorKind::bad_input,
                {.what = "the weight file is a TorchScript program",
                 .expected = "a state dict",
                 .fix = "in Python: torch.save(torch.jit.load(FILE).state_dict(), "
                        "'weights.pth')"}};
  }
  require_little_endian(*archive, folder);
  PickledFile file;
  file.pickle = read_object(*archive, *archive->find(folder + "data.pkl"));
  file.load = [archive, folder](const PickledStorage& storage) {
    const std::string name = fmt::format("{}data/{}", folder, storage.key);
    const ZipArchive::Entry* entry = archive->find(name);
    const std::uint64_t claimed = byte_count(storage);
    if (entry == nullptr || entry->size != claimed) {
      throw_storage_size(storage, entry == nullptr ? 0 : entry->size);
    }
    archive->require_budget(*entry);
    auto bytes = std::make_shared<StorageBytes>(static_cast<std::size_t>(claimed));
    archive->read(*entry, bytes->bytes());
    return bytes;
  };
  return file;
}

}  // namespace mbench::checkpoint

#include "baselines/checkpoint/checkpoint.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "baselines/checkpoint/container.hpp"
#include "baselines/checkpoint/unwrap.hpp"
#include "core/error.hpp"

namespace mbench::checkpoint {
namespace {

/// The first bytes of a file, as far as it has them.
std::string head_of(const ByteSource& source, std::size_t count) {
  std::string head(static_cast<std::size_t>(std::min<std::uint64_t>(count, source.size())), '\0');
  source.read(0, std::as_writable_bytes(std::span{head}));
  return head;
}

[[noreturn]] void throw_no_weight_file(std::string_view found, std::string_view fix) {
  throw Error{ErrorKind::bad_input,
              {.what = "no weight file",
               .expected = "a file that torch.save wrote (.pth, .pt, .ckpt), or safetensors",
               .found = std::string{found},
               .fix = std::string{fix}}};
}

/// What people have instead of a weight file.
[[noreturn]] void throw_foreign(const ByteSource& source) {
  constexpr std::size_t kTarMark = 257;
  const std::string head = head_of(source, 512);
  const auto starts = [&](std::string_view text) { return head.starts_with(text); };
  if (head.empty()) throw_no_weight_file("an empty file", "fetch it again");
  if (starts("<!DOCTYPE") || starts("<!doctype") || starts("<html")) {
    throw_no_weight_file("a web page, such as a question before a large download",
                         "open the page in a browser and save the file that it offers");
  }
  if (starts("version https://git-lfs")) {
    throw_no_weight_file("a pointer of Git LFS", "fetch the file itself with `git lfs pull`");
  }
  if (starts("\x89HDF")) {
    throw_no_weight_file("an HDF5 file, as Keras writes them",
                         "only weights of PyTorch networks can be read");
  }
  if (starts("\x1f\x8b") || starts("7z\xbc\xaf") || starts("Rar!") || starts("BZh")) {
    throw_no_weight_file("a packed file", "unpack it first");
  }
  if (head.size() > kTarMark && std::string_view{head}.substr(kTarMark).starts_with("ustar")) {
    throw_no_weight_file("a tar archive",
                         "unpack it; one written by PyTorch before 0.1.10 must be saved again");
  }
  throw_no_weight_file("bytes of no format that is known", "check which file was given");
}

/// Throws for a tensor that repeats its storage, by strides of 0, to more than a file can hold.
void require_honest_size(const StoredTensor& tensor, std::uint64_t file_bytes) {
  const std::uint64_t held = tensor.storage->bytes().size() / size_of(tensor.type);
  const auto count = static_cast<std::uint64_t>(element_count(tensor.shape));
  if (count <= std::max(held, file_bytes)) return;
  throw Error{
      ErrorKind::bad_input,
      {.what = fmt::format("tensor '{}' repeats its elements too often", printable(tensor.name)),
       .expected = fmt::format("at most {} elements", std::max(held, file_bytes)),
       .found = to_string(tensor.shape),
       .fix = "in Python, save it as tensor.contiguous()"}};
}

Checkpoint load(const PickledFile& file, std::uint64_t file_bytes) {
  StateDict dict = find_state_dict(file.pickle);
  Checkpoint checkpoint{.entry = std::move(dict.path), .ignored = std::move(dict.ignored)};
  std::unordered_map<std::string_view, std::shared_ptr<const StorageBytes>> storages;
  for (StateDict::Entry& entry : dict.entries) {
    const PickledTensor& view = file.pickle.tensors[entry.tensor];
    const PickledStorage& pickled = file.pickle.storages[view.storage];
    std::shared_ptr<const StorageBytes>& storage = storages[pickled.key];
    if (storage == nullptr) storage = file.load(pickled);
    if (storage->bytes().size() != byte_count(pickled)) {
      throw_storage_size(pickled, storage->bytes().size());
    }
    checkpoint.tensors.push_back({.name = std::move(entry.name),
                                  .type = pickled.type,
                                  .shape = view.shape,
                                  .strides = view.strides,
                                  .offset = view.offset + pickled.view_offset,
                                  .storage = storage});
    require_honest_size(checkpoint.tensors.back(), file_bytes);
  }
  return checkpoint;
}

/// Removes the prefixes that wrappers of networks put before every name.
void strip_prefixes(Checkpoint& checkpoint) {
  static constexpr std::array<std::string_view, 2> kPrefixes{"module.", "_orig_mod."};
  constexpr int kMostWrappers = 4;
  if (checkpoint.tensors.empty()) return;
  for (int i = 0; i < kMostWrappers; ++i) {
    for (const std::string_view prefix : kPrefixes) {
      const bool is_common = std::ranges::all_of(checkpoint.tensors, [&](const StoredTensor& t) {
        return t.name.size() > prefix.size() && t.name.starts_with(prefix);
      });
      if (!is_common) continue;
      for (StoredTensor& tensor : checkpoint.tensors) tensor.name.erase(0, prefix.size());
      checkpoint.stripped_prefix += prefix;
    }
  }
}

Checkpoint read_container(const ByteSource& source) {
  const std::string head = head_of(source, 9);
  if (head.starts_with("PK\x03\x04") || head.starts_with("PK\x05\x06")) {
    Checkpoint checkpoint = load(open_zip_container(source), source.size());
    checkpoint.container = "zip";
    return checkpoint;
  }
  // Before the legacy container: the length of a header may begin with its mark. The upper bytes of
  // an honest length are 0.
  if (head.size() == 9 && head[8] == '{' &&
      std::string_view{head}.substr(4, 4) == std::string_view{"\0\0\0\0", 4}) {
    return read_safetensors(source);
  }
  if (head.starts_with("\x80")) {
    Checkpoint checkpoint = load(open_legacy_container(source), source.size());
    checkpoint.container = "legacy";
    return checkpoint;
  }
  throw_foreign(source);
}

Checkpoint read(const ByteSource& source) {
  Checkpoint checkpoint = read_container(source);
  strip_prefixes(checkpoint);
  checkpoint.file_bytes = source.size();
  checkpoint.sha256 = sha256_of(source);
  return checkpoint;
}

}  // namespace

std::string describe(const Checkpoint& checkpoint) {
  const std::size_t count = checkpoint.tensors.size();
  std::string text =
      fmt::format("{} container, {} tensor{}", checkpoint.container, count, count == 1 ? "" : "s");
  if (!checkpoint.entry.empty()) text += fmt::format(" in '{}'", checkpoint.entry);
  if (!checkpoint.stripped_prefix.empty()) {
    text += fmt::format(" without their prefix '{}'", checkpoint.stripped_prefix);
  }
  if (!checkpoint.ignored.empty()) {
    text += fmt::format("; passed over: {}", fmt::join(checkpoint.ignored, ", "));
  }
  return text;
}

Checkpoint read_checkpoint(const std::filesystem::path& file) {
  try {
    return read(*open_file(file));
  } catch (const Error& error) {
    throw error.at(file.string());
  }
}

Checkpoint parse_checkpoint(std::span<const std::byte> bytes) { return read(*open_memory(bytes)); }

}  // namespace mbench::checkpoint

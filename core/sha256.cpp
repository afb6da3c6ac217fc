#include "core/sha256.hpp"

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <vector>

#include <fmt/core.h>
#include <nettle/sha2.h>

#include "core/error.hpp"

namespace mbench {

struct Sha256::State {
  sha256_ctx context{};
};

Sha256::Sha256() : state_{std::make_unique<State>()} { sha256_init(&state_->context); }
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::update(std::span<const std::byte> bytes) {
  sha256_update(&state_->context, bytes.size(),
                reinterpret_cast<const std::uint8_t*>(bytes.data()));
}

void Sha256::update(std::string_view text) { update(std::as_bytes(std::span{text})); }

std::string Sha256::hex_digest() {
  std::array<std::uint8_t, SHA256_DIGEST_SIZE> digest{};
  sha256_digest(&state_->context, digest.size(), digest.data());
  std::string text;
  for (const std::uint8_t byte : digest) text += fmt::format("{:02x}", byte);
  return text;
}

std::string sha256_hex(std::string_view text) { return sha256_hex(std::as_bytes(std::span{text})); }

std::string sha256_hex(std::span<const std::byte> bytes) {
  Sha256 hash;
  hash.update(bytes);
  return hash.hex_digest();
}

std::string sha256_file(const std::filesystem::path& file) {
  std::ifstream stream{file, std::ios::binary};
  Sha256 hash;
  std::vector<char> buffer(std::size_t{1} << 16);
  while (stream) {
    stream.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    const auto count = static_cast<std::size_t>(stream.gcount());
    hash.update(std::as_bytes(std::span{buffer.data(), count}));
  }
  if (!stream.eof() || stream.bad()) {
    throw Error{ErrorKind::bad_input,
                {.what = "cannot read the file",
                 .where = file.string(),
                 .found = std::strerror(errno),
                 .fix = "check that it exists and may be read"}};
  }
  return hash.hex_digest();
}

}  // namespace mbench

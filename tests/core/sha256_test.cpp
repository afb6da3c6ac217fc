#include "core/sha256.hpp"

#include "core/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/files.hpp"

using namespace mbench;

TEST_CASE("SHA-256 equals the examples of FIPS 180-4", "[core][sha256]") {
  CHECK(sha256_hex(std::string_view{"abc"}) ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256_hex(std::string_view{}) ==
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  Sha256 pieces;
  pieces.update("abcdbcdecdefdefgefghfghighij");
  pieces.update("hijkijkljklmklmnlmnomnopnopq");
  CHECK(pieces.hex_digest() == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST_CASE("a file's hash is that of its bytes", "[core][sha256]") {
  const testing::TemporaryFolder folder;
  const std::string text(200000, 'x');  // several read buffers
  testing::write_text(folder / "a.bin", text);
  CHECK(sha256_file(folder / "a.bin") == sha256_hex(std::string_view{text}));
}

TEST_CASE("a file that cannot be read is named", "[core][sha256]") {
  CHECK_THROWS_WITH(sha256_file("/nowhere/a.png"), Catch::Contains("/nowhere/a.png"));
  const testing::TemporaryFolder folder;
  CHECK_THROWS_AS(sha256_file(folder.path()), Error);
}

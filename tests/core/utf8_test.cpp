#include "core/utf8.hpp"

#include "tests/support/catch.hpp"

using namespace mbench;

TEST_CASE("UTF-8 is told from other bytes", "[core][utf8]") {
  for (const char* good : {"", "plain", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80"}) {
    CHECK(is_utf8(good));
  }
  for (const char* bad : {"\xE9", "\xC0\xAF", "\xE2\x82", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                          "\xF0\x80\x80\x80", "\x80", "\xF8\x88\x80\x80\x80"}) {
    CHECK_FALSE(is_utf8(bad));
  }
}

TEST_CASE("the first UTF-8 sequence is measured whatever follows it", "[core][utf8]") {
  CHECK(utf8_sequence_length("a\xE9") == 1);
  CHECK(utf8_sequence_length("\xC3\xA9\xE9") == 2);
  CHECK(utf8_sequence_length("\xE2\x82\xAC\xE9") == 3);
  CHECK(utf8_sequence_length("\xF0\x9F\x98\x80\xE9") == 4);
  CHECK(utf8_sequence_length("\xE9z") == 0);
  CHECK(utf8_sequence_length("") == 0);
}

#include "results/json_writer.hpp"

#include <bit>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <random>

#include "core/error.hpp"
#include "tests/support/catch.hpp"

using namespace mbench;
using results::JsonWriter;
using results::shortest_number;
using results::valid_utf8;
using Layout = JsonWriter::Layout;

TEST_CASE("a number is written with the fewest digits that read back as the same double",
          "[results][json]") {
  CHECK(shortest_number(0.1) == "0.1");
  CHECK(shortest_number(1.0) == "1");
  CHECK(shortest_number(-2.5) == "-2.5");
  CHECK(shortest_number(0.0) == "0");
  CHECK(shortest_number(-0.0) == "-0.0");
  CHECK(shortest_number(1e-7) == "1e-07");
  CHECK(shortest_number(1e20) == "1e+20");
  CHECK(shortest_number(0.1 + 0.2) == "0.30000000000000004");
  CHECK(shortest_number(5e-324) == "5e-324");
  CHECK(shortest_number(std::numeric_limits<double>::max()) == "1.7976931348623157e+308");
}

TEST_CASE("every finite double survives its text, which has at most 17 significant digits",
          "[results][json][property]") {
  std::mt19937_64 random{7};
  int tried = 0;
  while (tried < 20000) {
    // Every third near 1e16, where the form of the text changes.
    const auto value = tried % 3 == 0 ? std::ldexp(static_cast<double>(random() >> 11), 1)
                                      : std::bit_cast<double>(random());
    if (!std::isfinite(value)) continue;
    ++tried;
    const std::string text = shortest_number(value);
    CAPTURE(text);
    REQUIRE(std::bit_cast<std::uint64_t>(std::strtod(text.c_str(), nullptr)) ==
            std::bit_cast<std::uint64_t>(value));
    const std::string mantissa = text.substr(0, text.find('e'));
    std::string digits;
    for (const char c : mantissa) {
      if (c >= '0' && c <= '9' && !(digits.empty() && c == '0')) digits += c;
    }
    REQUIRE(digits.size() <= 17);
  }
}

TEST_CASE("valid UTF-8 is kept, every other byte becomes \\xNN", "[results][json]") {
  CHECK(valid_utf8("plain") == "plain");
  CHECK(valid_utf8("é 草 🐕") == "é 草 🐕");
  CHECK(valid_utf8("caf\xE9.png") == "caf\\xE9.png");               // Latin-1
  CHECK(valid_utf8("\xC0\xAF") == "\\xC0\\xAF");                    // overlong
  CHECK(valid_utf8("\xED\xA0\x80") == "\\xED\\xA0\\x80");           // surrogate
  CHECK(valid_utf8("\xF4\x90\x80\x80") == "\\xF4\\x90\\x80\\x80");  // beyond U+10FFFF
  CHECK(valid_utf8("\xE8\x8D") == "\\xE8\\x8D");                    // cut off
  CHECK(valid_utf8("\x80z") == "\\x80z");
  CHECK(valid_utf8(valid_utf8("caf\xE9")) == valid_utf8("caf\xE9"));
}

TEST_CASE("strings are escaped as JSON asks", "[results][json]") {
  JsonWriter json;
  json.text(std::string_view{"a\"b\\c\n\t\r\x01\0/", 11});
  CHECK(json.take() == R"("a\"b\\c\n\t\r\u0001\u0000/")");
}

TEST_CASE("containers are written on one line or one member a line", "[results][json]") {
  JsonWriter json;
  json.begin_object(Layout::indented);
  json.key("empty").begin_array(Layout::indented);
  json.end_array();
  json.key("rows").begin_array(Layout::indented);
  for (int i = 0; i < 2; ++i) {
    json.begin_object();
    json.key("n").integer(i);
    json.key("inner").begin_object(Layout::indented);  // what encloses it is on one line
    json.key("x").null();
    json.end_object();
    json.end_object();
  }
  json.end_array();
  json.end_object();
  CHECK(json.take() ==
        "{\n  \"empty\": [],\n  \"rows\": [\n    {\"n\": 0, \"inner\": {\"x\": null}},\n"
        "    {\"n\": 1, \"inner\": {\"x\": null}}\n  ]\n}");
}

TEST_CASE("NaN and Infinity are refused with the name of the key", "[results][json][error]") {
  const double bad =
      GENERATE(std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(),
               -std::numeric_limits<double>::infinity());
  JsonWriter json;
  json.begin_object();
  json.key("samples").begin_array();
  json.integer(1);
  json.begin_object();
  json.key("sad");
  try {
    json.number(bad);
    FAIL("accepted");
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::internal);
    CHECK(error.parts().where == "samples[1].sad");
    CHECK(error.parts().expected == "a finite number");
  }
}

TEST_CASE("a key that its object has already is refused", "[results][json][error]") {
  JsonWriter json;
  json.begin_object();
  json.key("a").begin_object();
  json.key("b").null();
  json.end_object();
  json.key("b").null();  // another object's
  try {
    json.key("a");
    FAIL("accepted");
  } catch (const Error& error) {
    CHECK(error.parts().what == "a key occurs twice in one object of a JSON file");
    CHECK(error.parts().where == "a");
  }
}

#include "baselines/checkpoint/pickle.hpp"

#include <span>

#include "core/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/checkpoint_files.hpp"

using namespace mbench;
using namespace mbench::checkpoint;
using mbench::testing::little_endian;
using mbench::testing::PickleWriter;

namespace {

Pickle read(const std::string& bytes) {
  const auto memory = open_memory(std::as_bytes(std::span{bytes}));
  PickleReader reader{*memory};
  return read_pickle(reader);
}

Pickle read(const PickleWriter& writer) { return read(writer.done()); }

Value root_of(const PickleWriter& writer) {
  const Pickle pickle = read(writer);
  Value root = pickle[pickle.root];
  root.text = {};  // the text went with the pickle
  return root;
}

std::string text_of(const PickleWriter& writer) {
  const Pickle pickle = read(writer);
  return std::string{pickle[pickle.root].text};
}

PickleWriter raw(std::string_view bytes) { return PickleWriter{}.raw(bytes); }

}  // namespace

TEST_CASE("integers of every opcode are read", "[checkpoint][pickle]") {
  CHECK(root_of(raw("K\xFF")).number == 255);
  CHECK(root_of(raw("M\x01\x02")).number == 0x201);
  CHECK(root_of(raw("J\xFE\xFF\xFF\xFF")).number == -2);
  CHECK(root_of(raw(std::string_view{"\x8a\x00", 2})).number == 0);
  CHECK(root_of(raw("\x8a\x01\xFF")).number == -1);
  CHECK(root_of(raw(std::string_view{"\x8a\x02\xFF\x00", 4})).number == 255);
  CHECK(root_of(raw(std::string_view{"\x8b\x01\x00\x00\x00\x80", 6})).number == -128);
  CHECK(root_of(PickleWriter{}.integer(std::int64_t{1} << 62)).number == std::int64_t{1} << 62);
}

TEST_CASE("texts and bytes of every opcode are read", "[checkpoint][pickle]") {
  using namespace std::string_literals;
  CHECK(text_of(raw("X\x02\0\0\0ab"s)) == "ab");
  CHECK(text_of(raw("U\x02"
                    "ab")) == "ab");
  CHECK(text_of(raw("T\x02\0\0\0ab"s)) == "ab");
  CHECK(text_of(raw("\x8c\x02"
                    "ab")) == "ab");
  CHECK(text_of(raw("\x8d\x02\0\0\0\0\0\0\0ab"s)) == "ab");
  CHECK(text_of(raw("C\x02"
                    "ab")) == "ab");
  CHECK(text_of(raw("B\x02\0\0\0ab"s)) == "ab");
  CHECK(text_of(raw("\x8e\x02\0\0\0\0\0\0\0ab"s)) == "ab");
  CHECK(text_of(raw("\x96\x02\0\0\0\0\0\0\0ab"s)) == "ab");
}

TEST_CASE("containers are read under protocols 2 and 4", "[checkpoint][pickle]") {
  const auto size_of_root = [](std::string_view bytes) { return root_of(raw(bytes)).items.size(); };
  CHECK(size_of_root(")") == 0);
  CHECK(size_of_root("N\x85") == 1);
  CHECK(size_of_root("NN\x86") == 2);
  CHECK(size_of_root("NNN\x87") == 3);
  CHECK(size_of_root("(NNNNt") == 4);
  CHECK(size_of_root("]Na") == 1);
  CHECK(size_of_root("](NNNe") == 3);
  CHECK(size_of_root("}NNs") == 2);
  CHECK(size_of_root("}(NNNNu") == 4);
  CHECK(size_of_root("\x8f(NN\x90") == 2);
  CHECK(size_of_root("(NN\x91") == 2);
  CHECK(size_of_root("(NN1]") == 0);      // POP_MARK
  CHECK(size_of_root("(0NN0\x85") == 1);  // POP of a mark, of a value
  CHECK(size_of_root("N2\x86") == 2);     // DUP
}

TEST_CASE("the memo gives back what was put, by number or in order", "[checkpoint][pickle]") {
  using namespace std::string_literals;
  CHECK(root_of(raw("K\x05q\x07"
                    "0h\x07"))
            .number == 5);
  CHECK(root_of(raw("K\x05r\1\2\0\0"
                    "0j\1\2\0\0"s))
            .number == 5);
  CHECK(root_of(raw("K\x04\x94K\x05\x94"
                    "00h\x01"))
            .number == 5);
  CHECK_THROWS_WITH(read(raw("h\x01")), Catch::Contains("missing memo entry 1"));
}

TEST_CASE("protocol 4 names classes by texts, in frames", "[checkpoint][pickle]") {
  PickleWriter pickle{4};
  pickle.op(0x95).raw(little_endian(30, 8));
  pickle.raw("\x8c\x0b").raw("collections").raw("\x8c\x0bOrderedDict").op(0x93).op(')').op('R');
  CHECK(root_of(pickle).kind == ValueKind::dict);
}

TEST_CASE("an ordered dict of Python 2 is built of pairs", "[checkpoint][pickle]") {
  PickleWriter pickle;
  pickle.global("collections", "OrderedDict").op(']').op(']');
  pickle.op('(').text("a").integer(1).op('e');  // ["a", 1]
  pickle.op('a').op(0x85).op('R');
  const Pickle read_back = read(pickle);
  const Value& dict = read_back[read_back.root];
  REQUIRE(dict.kind == ValueKind::dict);
  REQUIRE(dict.items.size() == 2);
  CHECK(read_back[dict.items[0]].text == "a");
  CHECK(read_back[dict.items[1]].number == 1);
}

TEST_CASE("harmless objects are opaque, whatever they are filled with", "[checkpoint][pickle]") {
  PickleWriter pickle;
  pickle.global("argparse", "Namespace").op(')').op(0x81).op('}').text("lr").integer(1).op('s');
  pickle.op('b');
  CHECK(root_of(pickle).kind == ValueKind::opaque);
  PickleWriter config;
  config.global("easydict", "EasyDict").op(')').op(0x81).op('(').text("a").integer(1).op('u');
  CHECK(root_of(config).kind == ValueKind::opaque);
}

TEST_CASE("what torch.save never writes is refused", "[checkpoint][pickle]") {
  const std::string_view bytes = GENERATE(
      "I1\n", "V a\n", "P1\n", "i__main__\nNet\n", "\x97", "0", "t", "e", "u", "s", "b", "R", "NR",
      "NNR", "N)R", "]NNs", "}Na", "](Nu", "}(Nu", "Nb", "NNb", "NQ", ")Q", "K", "X", "\x95");
  CAPTURE(bytes);
  CHECK_THROWS_AS(read(raw(bytes)), Error);
}

TEST_CASE("a list that contains itself is a list", "[checkpoint][pickle]") {
  const Pickle pickle =
      read(raw("]q\x01h\x01"
               "a"));
  REQUIRE(pickle[pickle.root].items.size() == 1);
  CHECK(pickle[pickle.root].items[0] == pickle.root);
}

TEST_CASE("a million nested lists neither read nor let go by recursion", "[checkpoint][pickle]") {
  constexpr std::size_t kDepth = 1'000'000;
  CHECK(read(raw(std::string(kDepth, ']') + std::string(kDepth - 1, 'a'))).values.size() ==
        kDepth + 3);
}

TEST_CASE("more values than any checkpoint has are refused", "[checkpoint][pickle]") {
  CHECK_THROWS_WITH(read(raw("(" + std::string(kMaxValues + 1, ']') + "t")),
                    Catch::Contains("too many values"));
}

TEST_CASE("a pickle is read up to its end and no further", "[checkpoint][pickle]") {
  const std::string two = raw("K\x01").done() + raw("K\x02").done();
  const auto memory = open_memory(std::as_bytes(std::span{two}));
  PickleReader reader{*memory};
  static_cast<void>(read_pickle(reader));
  const Pickle second = read_pickle(reader);
  CHECK(second[second.root].number == 2);
  CHECK(reader.position() == two.size());
}

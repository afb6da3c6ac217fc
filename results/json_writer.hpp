#pragma once
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace mbench::results {

/// The text with every byte that is not part of valid UTF-8 replaced by the four characters `\xNN`
/// (NN: the byte in upper-case hexadecimal). File names need not be UTF-8, JSON must be. Different
/// names stay different, unlike with U+FFFD; valid text is returned unchanged.
[[nodiscard]] std::string valid_utf8(std::string_view text);

/// The shortest decimal text that reads back as the same double, never more than 17 significant
/// digits: "0.1", "1", "-0.0", "1e+20". The value must be finite.
[[nodiscard]] std::string shortest_number(double value);

/// Builds JSON text (RFC 8259, UTF-8) piece by piece, keys in the order of the calls:
///     JsonWriter json;
///     json.begin_object();
///     json.key("mean").number(0.5);
///     json.end_object();
///     json.take();  // {"mean": 0.5}
/// Containers begun as `one_line` are written on one line, others one member a line, indented by
/// two spaces; everything inside a one-line container is on that line too. Strings pass through
/// valid_utf8(). Throws internal, naming the key, for NaN, Infinity and a key that its object has
/// already.
class JsonWriter {
 public:
  enum class Layout { indented, one_line };

  void begin_object(Layout layout = Layout::one_line);
  void end_object();
  void begin_array(Layout layout = Layout::one_line);
  void end_array();
  JsonWriter& key(std::string_view name);
  void text(std::string_view value);
  void number(double value);
  void integer(std::int64_t value);
  void boolean(bool value);
  void null();

  /// The text; every container must be closed. The writer is empty afterwards.
  [[nodiscard]] std::string take();

 private:
  struct Level {
    bool is_object{};
    bool one_line{};
    std::size_t members{};
    std::set<std::string> keys{};  ///< of an object so far
    std::string last_key{};
  };

  void open(char bracket, Layout layout);
  void close(char bracket);
  void before_value();
  void separate();
  void append_quoted(std::string_view value);
  [[nodiscard]] std::string path() const;

  std::string out_{};
  std::vector<Level> levels_{};
};

}  // namespace mbench::results

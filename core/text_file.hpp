#pragma once
#include <filesystem>
#include <string>
#include <string_view>

namespace mbench {

/// The bytes of a file. Throws bad_input, naming the file and the system's reason.
[[nodiscard]] std::string read_text_file(const std::filesystem::path& file);

/// Writes a file so that no one ever sees half of it: a temporary file in the same folder is
/// written and flushed to disk, then renamed. Folders above the file are made; a file of that name
/// is replaced. Throws internal with the system's reason; the temporary file is then removed.
void write_text_file_atomically(const std::filesystem::path& file, std::string_view text);

/// write(2) until every byte is written. Throws internal; `file` stands in the message.
void write_all(int descriptor, std::string_view text, const std::filesystem::path& file);

/// Flushes what was written to a file to disk. Throws internal.
void sync_file(const std::filesystem::path& file);

/// Flushes the entry of a new or renamed file to disk. File systems that cannot do this for a
/// folder are left as they are.
void sync_folder(const std::filesystem::path& folder);

/// The error of a system call that just failed: "cannot <what>", the file, the text of errno.
[[noreturn]] void throw_system_error(std::string_view what, const std::filesystem::path& file);

}  // namespace mbench
